package io.hcp.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BuildersTest {
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.36.3")
            .build();

    @Test
    void builder_consumerTwins_replaceTheGroup() {
        TenantControlPlane tenant = TenantControlPlane.builder()
                .name("acme")
                .kubernetesVersion("1.36.3")
                .controlPlane(c -> c.replicas(3))
                .controlPlane(c -> c.apiServer(a -> a.putExtraArg("v", "1"))
                        .controllerManager(a -> a.putExtraArg("v", "2"))
                        .scheduler(a -> a.putExtraArg("v", "3")))
                .build();

        assertThat(tenant.controlPlane().replicas()).isEmpty();
        assertThat(tenant.controlPlane().apiServer().extraArgs()).containsEntry("v", "1");
        assertThat(tenant.controlPlane().controllerManager().extraArgs()).containsEntry("v", "2");
        assertThat(tenant.controlPlane().scheduler().extraArgs()).containsEntry("v", "3");
    }

    @Test
    void with_consumerTwins_changeTheGroupAndKeepTheRest() {
        TenantControlPlane tenant = ACME.withControlPlane(c -> c.replicas(3))
                .withControlPlane(c -> c.apiServer(a -> a.putExtraArg("v", "1")))
                .withKubernetes(k -> k.putFeatureGate("A", true).encryptionAtRest(e -> e.addResource("secrets")))
                .withKubernetes(k -> k.putFeatureGate("B", false)
                        .auditPolicy(a -> a.addRule(r -> r.level(AuditLevel.NONE)))
                        .admissionPlugins(p -> p.addEnabled("C"))
                        .addJwtIssuer(i -> i.url("u")
                                .username(m -> m.claim("sub").prefix(""))
                                .groups(m -> m.expression("e"))))
                .withNetworkProfile(n -> n.port(6443))
                .withNetworkProfile(n -> n.address("192.0.2.1"))
                .withDataStore(d -> d.etcd(e -> e.quotaBackendBytes("8Gi")))
                .withPki(p -> p.leafValidity(Duration.ofDays(1)))
                .withPki(p -> p.authorities(a -> a.etcd("etcd-ca")));

        assertThat(tenant.controlPlane().replicas()).hasValue(3);
        assertThat(tenant.controlPlane().apiServer().extraArgs()).containsEntry("v", "1");
        assertThat(tenant.kubernetes().featureGates()).hasSize(2).containsEntry("A", true);
        assertThat(tenant.kubernetes().encryptionAtRest().orElseThrow().resources())
                .containsExactly("secrets");
        assertThat(tenant.kubernetes().auditPolicy().orElseThrow().rules())
                .extracting(AuditRule::level)
                .containsExactly(AuditLevel.NONE);
        assertThat(tenant.kubernetes().admissionPlugins().enabled()).containsExactly("C");
        assertThat(tenant.kubernetes().jwtIssuers().get(0).groups().flatMap(ClaimMapping::expression))
                .hasValue("e");
        assertThat(tenant.networkProfile().port()).hasValue(new Port(6443));
        assertThat(tenant.networkProfile().address()).hasValue(IpAddress.parse("192.0.2.1"));
        assertThat(tenant.dataStore().etcd().quotaBackendBytes()).hasValue(Quantity.parse("8Gi"));
        assertThat(tenant.pki().leafValidity()).hasValue(Duration.ofDays(1));
        assertThat(tenant.pki().authorities().etcd()).hasValue("etcd-ca");
        assertThat(tenant.withDataStore(DataStoreProfile.builder().build())
                        .withPki(PkiProfile.builder().build()))
                .isNotEqualTo(tenant);
        assertThat(ACME.controlPlane().replicas()).isEmpty();
    }

    @Test
    void with_groupInAGroup_changesWhatIsNamedAndKeepsTheRest() {
        TenantControlPlane tenant = ACME.withDataStore(d ->
                        d.etcd(e -> e.members(3).resources(r -> r.requests(a -> a.memory("1Gi")))))
                .withDataStore(d -> d.etcd(e ->
                        e.pods(p -> p.putNodeSelector("disk", "ssd")).resources(r -> r.requests(a -> a.cpu("500m")))));

        EtcdProfile etcd = tenant.dataStore().etcd();
        assertThat(etcd.members()).hasValue(3);
        assertThat(etcd.pods().nodeSelector()).containsEntry("disk", "ssd");
        assertThat(etcd.resources().requests().memory()).hasValue(Quantity.parse("1Gi"));
        assertThat(etcd.resources().requests().cpu()).isPresent();
    }

    @Test
    void builder_textSetters_readTheirValues() {
        NetworkProfile network = NetworkProfile.builder()
                .loadBalancerSourceRanges("203.0.113.0/24")
                .serviceCidrs("10.0.0.0/16")
                .serviceCidrs("10.96.0.0/12", "fd00:1::/112")
                .podCidrs("10.244.0.0/16")
                .dnsServiceIps("10.96.0.10")
                .build();

        assertThat(network.loadBalancerSourceRanges()).containsExactly(Cidr.parse("203.0.113.0/24"));
        assertThat(network.serviceCidrs()).containsExactly(Cidr.parse("10.96.0.0/12"), Cidr.parse("fd00:1::/112"));
        assertThat(network.podCidrs()).containsExactly(Cidr.parse("10.244.0.0/16"));
        assertThat(network.dnsServiceIps()).containsExactly(IpAddress.parse("10.96.0.10"));
    }

    @Test
    void builder_textThatIsNoValue_isNamedAtItsPath() {
        NetworkProfile.Builder network = NetworkProfile.builder();
        assertProblem(() -> network.address("here"), "AddressInvalid", "spec.networkProfile.address");
        assertProblem(() -> network.port(0), "PortOutOfRange", "spec.networkProfile.port");
        assertProblem(
                () -> network.loadBalancerSourceRanges("x"),
                "CidrInvalid",
                "spec.networkProfile.loadBalancerSourceRanges[0]");
        assertProblem(
                () -> network.serviceCidrs("10.96.0.0/12", "10.96.0.1/12"),
                "CidrHostBits",
                "spec.networkProfile.serviceCidrs[1]");
        assertProblem(() -> network.podCidrs("x"), "CidrInvalid", "spec.networkProfile.podCidrs[0]");
        assertProblem(() -> network.dnsServiceIps("x"), "AddressInvalid", "spec.networkProfile.dnsServiceIPs[0]");
        assertProblem(
                () -> EtcdProfile.builder().quotaBackendBytes("8GB"),
                "QuantityInvalid",
                "spec.dataStore.etcd.quotaBackendBytes");
        assertProblem(() -> ACME.withKubernetesVersion("1.36"), "KubernetesVersionInvalid", "spec.kubernetes.version");
    }

    @Test
    void builder_sameValueTwice_isKeptOnce() {
        assertThat(NetworkProfile.builder()
                        .addCertSans("a", "b", "a")
                        .addCertSan("b")
                        .build()
                        .certSans())
                .containsExactlyInAnyOrder("a", "b");
        assertThat(KubernetesProfile.builder()
                        .putFeatureGate("A", true)
                        .putFeatureGate("A", false)
                        .build()
                        .featureGates())
                .containsOnlyKeys("A")
                .containsEntry("A", false);
    }

    @Test
    void equals_setsAndMapsFilledInAnotherOrder_areEqual() {
        assertThat(NetworkProfile.builder().addCertSans("a", "b", "c").build())
                .isEqualTo(NetworkProfile.builder().addCertSans("c", "a", "b").build());
        assertThat(ComponentProfile.builder()
                        .putExtraArg("a", "1")
                        .putExtraArg("b", "2")
                        .build())
                .isEqualTo(ComponentProfile.builder()
                        .putExtraArg("b", "2")
                        .putExtraArg("a", "1")
                        .build());
    }

    private static void assertProblem(ThrowingCallable call, String code, String path) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(call)
                .satisfies(invalid -> assertThat(invalid.problems())
                        .extracting(Problem::code, Problem::path)
                        .containsExactly(tuple(code, path)));
    }
}
