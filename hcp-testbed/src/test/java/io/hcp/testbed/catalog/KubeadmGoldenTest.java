package io.hcp.testbed.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.KubernetesVersion;
import io.hcp.core.internal.catalog.Release;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Compares what this library makes with what the real kubeadm of each minor made of the same input. */
class KubeadmGoldenTest {
    /** A difference that is meant; {@code *} in the pattern stands for any text. */
    private record Meant(String pattern, Set<String> minors, String reason) {
        boolean isAbout(String minor) {
            return minors.isEmpty() || minors.contains(minor);
        }

        boolean covers(String difference) {
            return Pattern.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E", difference);
        }
    }

    static Set<String> minors() {
        return ReleaseCatalog.bundled().minors();
    }

    @ParameterizedTest
    @MethodSource("minors")
    void ownFacts_comparedWithKubeadm_differAsListed(String minor) {
        Release release = ReleaseCatalog.bundled()
                .find(KubernetesVersion.parse(minor + ".0"))
                .orElseThrow();
        String golden = resource("kubeadm-" + minor + ".txt");

        List<String> differences = FactSheet.parse(golden).differences(OwnFacts.of(release));

        assertThat(golden)
                .startsWith("# What kubeadm " + release.versions().kubernetes() + " makes of one control plane");
        List<Meant> meant =
                meant().stream().filter(entry -> entry.isAbout(minor)).toList();
        assertThat(differences)
                .as("differences from kubeadm %s that kubeadm-differences.yaml does not list", minor)
                .allMatch(difference -> meant.stream().anyMatch(entry -> entry.covers(difference)));
        assertThat(meant)
                .as("entries of kubeadm-differences.yaml that do not occur with kubeadm %s", minor)
                .allMatch(entry -> differences.stream().anyMatch(entry::covers));
    }

    @Test
    void differences_all_haveAReasonAndKnownMinors() {
        assertThat(meant()).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.reason()).isNotBlank();
            assertThat(minors()).containsAll(entry.minors());
        });
    }

    private static List<Meant> meant() {
        List<Meant> entries = new ArrayList<>();
        Object file = Objects.requireNonNull(
                new Load(LoadSettings.builder().build()).loadFromString(resource("kubeadm-differences.yaml")));
        for (Object item : (List<?>) file) {
            Map<?, ?> group = (Map<?, ?>) item;
            Set<String> minors = new TreeSet<>(strings(group.containsKey("minors") ? group.get("minors") : List.of()));
            String reason = Objects.requireNonNull((String) group.get("reason"));
            strings(Objects.requireNonNull(group.get("differences")))
                    .forEach(pattern -> entries.add(new Meant(pattern, minors, reason)));
        }
        return entries;
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(String.class::cast).toList();
    }

    private static String resource(String name) {
        try (InputStream in = KubeadmGoldenTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
