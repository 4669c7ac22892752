package io.hcp.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TenantControlPlaneTest {
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.36.3")
            .build();

    @Test
    void build_nothingSet_namesAllThatIsRequired() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> TenantControlPlane.builder().build())
                .satisfies(invalid -> {
                    assertThat(invalid.kind()).isEqualTo(ErrorKind.INVALID_SPEC);
                    assertThat(invalid.problems())
                            .containsExactly(
                                    new Problem("Required", "name", "", "set name(...) before build()"),
                                    new Problem(
                                            "Required",
                                            "kubernetesVersion",
                                            "",
                                            "set kubernetesVersion(...) before build()"));
                });
    }

    @Test
    void build_oneMissing_namesIt() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> TenantControlPlane.builder().name("acme").build())
                .satisfies(invalid ->
                        assertThat(invalid.problems()).extracting(Problem::path).containsExactly("kubernetesVersion"));
    }

    @Test
    void build_invalidVersion_isRefusedAtOnce() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> TenantControlPlane.builder().kubernetesVersion("1.36"))
                .withMessageContaining("spec.kubernetes.version is \"1.36\"");
    }

    @Test
    void with_anotherValue_isAChangedCopy() {
        assertThat(ACME.withKubernetesVersion("v1.36.4").kubernetesVersion()).hasToString("1.36.4");
        assertThat(ACME.withNetworkProfile(n -> n.port(6443)).networkProfile().port())
                .hasValue(new Port(6443));
        assertThat(ACME.networkProfile().port()).isEmpty();
    }

    @Test
    void equals_sameValues_areEqual() {
        assertThat(ACME.withNetworkProfile(n -> n.port(6443)))
                .isEqualTo(TenantControlPlane.builder()
                        .networkProfile(n -> n.port(6443))
                        .kubernetesVersion("v1.36.3")
                        .name("acme")
                        .build())
                .isNotEqualTo(ACME);
    }

    @Test
    void kubeconfigRequest_nothingSet_hasDefaults() {
        KubeconfigRequest request = KubeconfigRequest.builder().build();

        assertThat(request.user()).isEqualTo("kubernetes-admin");
        assertThat(request.groups()).isEmpty();
        assertThat(request.validFor()).isEqualTo(Duration.ofHours(8));
    }
}
