package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.KeyAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KubernetesCertificatesTest {
    @Test
    void definitions_ofOneMachine_areThese() {
        String text = Fixtures.DEFINITIONS.stream()
                .map(leaf -> "%s %s CN=%s O=%s %s %s %s"
                        .formatted(
                                leaf.path(),
                                leaf.issuer(),
                                leaf.template().commonName(),
                                leaf.template().organizations(),
                                leaf.template().usages(),
                                leaf.template().dnsNames(),
                                leaf.template().ipAddresses()))
                .collect(Collectors.joining("\n", "", "\n"));

        assertThat(text).isEqualTo("""
                        apiserver CLUSTER CN=kube-apiserver O=[] [SERVER_AUTH] \
                        [kubernetes, kubernetes.default, kubernetes.default.svc, \
                        kubernetes.default.svc.cluster.local, acme.example.com] [127.0.0.1, 10.96.0.1, fd00::1]
                        apiserver-kubelet-client CLUSTER CN=kube-apiserver-kubelet-client O=[] [CLIENT_AUTH] [] []
                        apiserver-etcd-client ETCD CN=kube-apiserver-etcd-client O=[] [CLIENT_AUTH] [] []
                        front-proxy-client FRONT_PROXY CN=front-proxy-client O=[] [CLIENT_AUTH] [] []
                        etcd/server ETCD CN=etcd O=[] [SERVER_AUTH, CLIENT_AUTH] [localhost] \
                        [127.0.0.1, 10.96.0.1, fd00::1]
                        etcd/peer ETCD CN=etcd O=[] [SERVER_AUTH, CLIENT_AUTH] [localhost] \
                        [127.0.0.1, 10.96.0.1, fd00::1]
                        controller-manager CLUSTER CN=system:kube-controller-manager O=[] [CLIENT_AUTH] [] []
                        controller-manager-server CLUSTER CN=kube-controller-manager O=[] [SERVER_AUTH] [localhost] \
                        [127.0.0.1, 10.96.0.1, fd00::1]
                        scheduler CLUSTER CN=system:kube-scheduler O=[] [CLIENT_AUTH] [] []
                        scheduler-server CLUSTER CN=kube-scheduler O=[] [SERVER_AUTH] [localhost] \
                        [127.0.0.1, 10.96.0.1, fd00::1]
                        """);
        assertThat(Fixtures.DEFINITIONS)
                .allSatisfy(leaf -> assertThat(leaf.template().validity()).isEqualTo(PkiPolicy.LEAF_VALIDITY));
    }

    @Test
    void definitions_otherSettings_areSaidByTheLeaves() {
        PkiPolicy policy = new PkiPolicy(KeyAlgorithm.RSA_3072, Duration.ofDays(90), PkiPolicy.AUTHORITY_VALIDITY);

        List<LeafDefinition> definitions = KubernetesCertificates.definitions(
                new CertificateSettings(new ApiServerNames(List.of(), List.of()), "acme.internal", "tenant-1", policy));

        assertThat(definitions.get(0).template().dnsNames())
                .contains("kubernetes.default.svc.acme.internal")
                .doesNotContain("kubernetes.default.svc.cluster.local");
        assertThat(definitions.get(2).path()).isEqualTo("apiserver-etcd-client");
        assertThat(definitions.get(2).template().commonName()).isEqualTo("tenant-1");
        assertThat(definitions).allSatisfy(leaf -> {
            assertThat(leaf.algorithm()).isEqualTo(KeyAlgorithm.RSA_3072);
            assertThat(leaf.template().validity()).isEqualTo(Duration.ofDays(90));
        });
    }

    @Test
    void definitions_pods_eachMemberHasItsOwnAndNobodyElseTheAddresses() {
        List<LeafDefinition> definitions = KubernetesCertificates.definitions(
                CertificateSettings.of(new ApiServerNames(List.of("acme.tenants.svc"), List.of("192.0.2.7"))),
                List.of("acme-etcd-0.acme-etcd.tenants.svc", "acme-etcd-1.acme-etcd.tenants.svc"));

        assertThat(definitions)
                .extracting(LeafDefinition::path)
                .containsExactly(
                        "apiserver",
                        "apiserver-kubelet-client",
                        "apiserver-etcd-client",
                        "front-proxy-client",
                        "etcd/server-0",
                        "etcd/server-1",
                        "etcd/peer-0",
                        "etcd/peer-1",
                        "controller-manager",
                        "controller-manager-server",
                        "scheduler",
                        "scheduler-server");
        assertThat(definitions.get(0).template().dnsNames()).contains("acme.tenants.svc");
        assertThat(definitions.get(0).template().ipAddresses()).containsExactly("192.0.2.7");
        assertThat(definitions.get(7).template().dnsNames())
                .containsExactly("localhost", "acme-etcd-1.acme-etcd.tenants.svc");
        assertThat(definitions.subList(4, 12))
                .allSatisfy(leaf -> assertThat(leaf.template().ipAddresses()).doesNotContain("192.0.2.7"));
    }

    @Test
    void settings_malformed_areRefused() {
        ApiServerNames names = new ApiServerNames(List.of(), List.of());

        assertThatThrownBy(() -> new CertificateSettings(names, "no domain", "x", PkiPolicy.DEFAULT))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("DnsNameInvalid");
        assertThatThrownBy(() -> KubernetesCertificates.definitions(
                        new CertificateSettings(names, "cluster.local", " ", PkiPolicy.DEFAULT)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("certificate.commonName");
    }
}
