package io.hcp.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.InvalidSpecException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesVersionTest {
    @ParameterizedTest
    @ValueSource(strings = {"1.36.3", "v1.36.3", "1.036.3"})
    void parse_release_isRead(String text) {
        assertThat(KubernetesVersion.parse(text)).isEqualTo(new KubernetesVersion(1, 36, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.36",
                "latest",
                "1.36.x",
                "1.36.3-rc.0",
                "1.36.3+k3s1",
                "V1.36.3",
                " 1.36.3",
                "1.36.3\n",
                "1.36.3.4",
                "-1.36.3",
                "1.1000.3",
                "1.36.99999999999",
                "\u0661.36.3"
            })
    void parse_anythingElse_isRefused(String text) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> KubernetesVersion.parse(text))
                .withMessage("invalid: KubernetesVersionInvalid: the value is \"" + text
                        + "\"; write a released version as MAJOR.MINOR.PATCH, for example 1.36.3. Remedy: correct the"
                        + " named field and call again");
    }

    @Test
    void compareTo_severalVersions_isByAge() {
        List<KubernetesVersion> sorted = Stream.of("2.0.0", "1.36.10", "1.9.20", "1.36.9", "1.36.0")
                .map(KubernetesVersion::parse)
                .sorted()
                .toList();

        assertThat(sorted)
                .map(KubernetesVersion::toString)
                .containsExactly("1.9.20", "1.36.0", "1.36.9", "1.36.10", "2.0.0");
    }

    @Test
    void toString_leadingLetter_isLeftOut() {
        assertThat(KubernetesVersion.parse("v1.36.3")).hasToString("1.36.3");
        assertThat(KubernetesVersion.parse("v1.36.3").minorVersion()).isEqualTo("1.36");
    }
}
