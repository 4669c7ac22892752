package io.hcp.core.internal.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.KeyAlgorithm;
import io.hcp.api.model.TenantControlPlane;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecChangeTest {
    private static final TenantControlPlane PLAIN = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.35.4")
            .build();
    private static final TenantControlPlane STORED =
            SpecDefaults.resolve(PLAIN.withTenantId("t12345678"), Optional.empty());

    @Test
    void checkChange_whatIsKeptForLife_isNamed() {
        assertProblems(
                PLAIN.withTenantId("t87654321")
                        .withNetworkProfile(n -> n.serviceCidrs("10.32.0.0/16")
                                .podCidrs("10.33.0.0/16")
                                .clusterDomain("acme.example"))
                        .withPki(p -> p.authorityValidity(Duration.ofDays(730))
                                .authorities(a -> a.cluster("a").frontProxy("b").etcd("c"))),
                immutable("spec.tenantId", "t87654321", "t12345678"),
                immutable("spec.networkProfile.serviceCidrs", "[10.32.0.0/16]", "[10.96.0.0/12]"),
                immutable("spec.networkProfile.podCidrs", "[10.33.0.0/16]", "[10.244.0.0/16]"),
                immutable("spec.networkProfile.clusterDomain", "acme.example", "cluster.local"),
                immutable("spec.pki.authorityValidity", "17520h0m0s", "87600h0m0s"),
                immutable("spec.pki.authorities.cluster.secretName", "a", "(unset)"),
                immutable("spec.pki.authorities.frontProxy.secretName", "b", "(unset)"),
                immutable("spec.pki.authorities.etcd.secretName", "c", "(unset)"));
    }

    @Test
    void checkChange_membersAndVolumes_areNamed() {
        TenantControlPlane stored = ClusterDefaults.resolve(PLAIN, Optional.empty());
        TenantControlPlane wanted = PLAIN.withDataStore(d ->
                d.etcd(e -> e.members(3).storage(s -> s.size("40Gi").storageClassName("fast"))));

        assertThatNoException().isThrownBy(() -> SpecValidator.checkChange(stored, PLAIN));
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> SpecValidator.checkChange(stored, wanted))
                .satisfies(invalid -> assertThat(invalid.problems())
                        .containsExactly(
                                immutable("spec.dataStore.etcd.members", "3", "1"),
                                immutable("spec.dataStore.etcd.storage.size", "40Gi", "8Gi"),
                                immutable("spec.dataStore.etcd.storage.storageClassName", "fast", "(unset)")));
    }

    @Test
    void checkChange_providedAuthorityTakenAway_isNamed() {
        TenantControlPlane provided = STORED.withPki(p -> p.authorities(a -> a.cluster("acme-ca")));

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> SpecValidator.checkChange(provided, PLAIN))
                .satisfies(invalid -> assertThat(invalid.problems())
                        .containsExactly(immutable("spec.pki.authorities.cluster.secretName", "(unset)", "acme-ca")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.35.3", "1.34.9", "0.35.4"})
    void checkChange_olderVersion_isNamed(String version) {
        assertProblems(
                PLAIN.withKubernetesVersion(version),
                new Problem(
                        "VersionDowngrade",
                        "spec.kubernetes.version",
                        version,
                        "use 1.35.4 or newer: stored objects cannot go back"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.37.0", "1.38.0", "2.0.0", "2.36.0"})
    void checkChange_minorLeftOut_isNamed(String version) {
        assertProblems(
                PLAIN.withKubernetesVersion(version),
                new Problem("VersionSkipsMinor", "spec.kubernetes.version", version, "use a release of 1.36 first"));
    }

    @Test
    void checkChange_whatMayChange_passes() {
        assertThatNoException().isThrownBy(() -> SpecValidator.checkChange(STORED, PLAIN));
        assertThatNoException()
                .isThrownBy(() -> SpecValidator.checkChange(PLAIN, STORED.withTenantId(Optional.empty())));
        assertThatNoException()
                .isThrownBy(() -> SpecValidator.checkChange(
                        STORED,
                        PLAIN.withKubernetesVersion("1.36.0")
                                .withControlPlane(c -> c.replicas(3))
                                .withNetworkProfile(n -> n.address("192.0.2.1")
                                        .port(6443)
                                        .dnsServiceIps("10.96.0.53")
                                        .addCertSan("api.example.com"))
                                .withPki(p ->
                                        p.keyAlgorithm(KeyAlgorithm.RSA_4096).leafValidity(Duration.ofDays(1)))));
    }

    private static Problem immutable(String path, String value, String before) {
        return new Problem(
                "Immutable",
                path,
                value,
                "use " + before + ", which is kept for the tenant's life, or make another tenant");
    }

    private static void assertProblems(TenantControlPlane wanted, Problem... expected) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> SpecValidator.checkChange(STORED, wanted))
                .satisfies(invalid -> assertThat(invalid.problems()).containsExactly(expected));
    }
}
