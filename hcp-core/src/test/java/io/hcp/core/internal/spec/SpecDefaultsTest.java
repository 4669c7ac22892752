package io.hcp.core.internal.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.hcp.api.model.Cidr;
import io.hcp.api.model.EtcdProfile;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.KeyAlgorithm;
import io.hcp.api.model.NetworkProfile;
import io.hcp.api.model.StorageProfile;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.fixture.Seeds;
import io.hcp.core.fixture.Seeds.Seeded;
import io.hcp.core.fixture.SpecGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecDefaultsTest {
    private static final int CASES = 1_000;
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.36.3")
            .build();

    @Test
    void resolve_nothingSet_hasTheDefaults() {
        assertThat(resolve(ACME))
                .isEqualTo(ACME.withControlPlane(c -> c.replicas(1))
                        .withNetworkProfile(n -> n.serviceCidrs("10.96.0.0/12")
                                .podCidrs("10.244.0.0/16")
                                .clusterDomain("cluster.local")
                                .dnsServiceIps("10.96.0.10"))
                        .withPki(p -> p.keyAlgorithm(KeyAlgorithm.ECDSA_P256)
                                .leafValidity(Duration.ofDays(365))
                                .authorityValidity(Duration.ofDays(3650))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            172.20.0.0/16                | [10.244.0.0/16]                    | [172.20.0.10]
            fd00:1::/112                 | [fd00:10:244::/56]                 | [fd00:1::a]
            10.96.0.0/16,fd00:1::/112    | [10.244.0.0/16, fd00:10:244::/56]  | [10.96.0.10, fd00:1::a]
            fd00:1::/112,10.96.0.0/16    | [fd00:10:244::/56, 10.244.0.0/16]  | [fd00:1::a, 10.96.0.10]
            10.96.0.0/30                 | [10.244.0.0/16]                    | []
            """)
    void resolve_servicesSet_podsAndDnsFollowTheirFamilies(String services, String pods, String dns) {
        NetworkProfile network = resolve(ACME.withNetworkProfile(n -> n.serviceCidrs(services.split(","))))
                .networkProfile();

        assertThat(network.podCidrs()).hasToString(pods);
        assertThat(network.dnsServiceIps()).hasToString(dns);
    }

    @Test
    void resolve_tenantExists_keepsWhatItHas() {
        TenantControlPlane stored = resolve(ACME.withTenantId("t12345678")
                .withControlPlane(c -> c.replicas(3))
                .withNetworkProfile(n -> n.address("192.0.2.1")
                        .port(6443)
                        .serviceCidrs("10.32.0.0/16")
                        .podCidrs("10.33.0.0/16")
                        .clusterDomain("acme.example")
                        .dnsServiceIps("10.32.0.53"))
                .withPki(p -> p.keyAlgorithm(KeyAlgorithm.RSA_2048)
                        .leafValidity(Duration.ofDays(30))
                        .authorityValidity(Duration.ofDays(1000))));

        assertThat(SpecDefaults.resolve(ACME, Optional.of(stored)))
                .isEqualTo(stored.withNetworkProfile(n -> n.port(Optional.empty())));
        NetworkProfile changed = SpecDefaults.resolve(
                        ACME.withNetworkProfile(n -> n.serviceCidrs("10.40.0.0/16")), Optional.of(stored))
                .networkProfile();
        assertThat(changed.dnsServiceIps()).containsExactly(IpAddress.parse("10.40.0.10"));
        assertThat(changed.podCidrs()).containsExactly(Cidr.parse("10.33.0.0/16"));
    }

    @Test
    void resolve_anySpec_isCompleteAndIdempotentAndChangesNothingThatIsSet() {
        Seeded seed = Seeds.print(SpecDefaultsTest.class);
        SpecGenerator specs = new SpecGenerator(seed);
        for (int number = 0; number < CASES; number++) {
            TenantControlPlane wanted = specs.next();
            TenantControlPlane stored = resolve(specs.next());
            TenantControlPlane fresh = resolve(wanted);
            TenantControlPlane changed = SpecDefaults.resolve(wanted, Optional.of(stored));

            assertThat(resolve(fresh)).as("%s %s", seed, wanted).isEqualTo(fresh);
            assertThat(SpecDefaults.resolve(changed, Optional.of(stored)))
                    .as("%s %s", seed, wanted)
                    .isEqualTo(changed);
            for (TenantControlPlane completed : List.of(fresh, changed)) {
                assertThat(completed.kubernetes()).as(seed.toString()).isEqualTo(wanted.kubernetes());
                assertThat(withoutKept(completed)).as(seed.toString()).isEqualTo(withoutKept(wanted));
                assertThat(completed.networkProfile().port())
                        .as(seed.toString())
                        .isEqualTo(wanted.networkProfile().port());
                assertThat(completed.networkProfile().dnsServiceIps())
                        .as("%s %s", seed, wanted)
                        .isNotEmpty();
                assertThat(completed.networkProfile().podCidrs())
                        .as("%s %s", seed, wanted)
                        .isNotEmpty();
            }
            assertThatNoException()
                    .as("%s %s", seed, wanted)
                    .isThrownBy(() -> SpecValidator.checkChange(
                            stored,
                            TenantControlPlane.builder()
                                    .name(stored.name())
                                    .kubernetesVersion(stored.kubernetesVersion())
                                    .pki(p -> p.authorities(stored.pki().authorities()))
                                    .build()));
        }
    }

    /** The datastore but for what is kept for the tenant's life. */
    private static EtcdProfile withoutKept(TenantControlPlane tenant) {
        return tenant.dataStore()
                .etcd()
                .withMembers(OptionalInt.empty())
                .withStorage(StorageProfile.builder().build());
    }

    private static TenantControlPlane resolve(TenantControlPlane wanted) {
        return SpecDefaults.resolve(wanted, Optional.empty());
    }
}
