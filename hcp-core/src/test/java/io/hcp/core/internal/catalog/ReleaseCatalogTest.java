package io.hcp.core.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hcp.api.model.Component;
import io.hcp.api.model.KubernetesVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseCatalogTest {
    private final List<String> asked = new ArrayList<>();
    private final ReleaseCatalog small = new ReleaseCatalog(List.of("1.8", "1.9", "1.10", "1.11"), this::small);

    /** Each minor has a gate and a flag of its own, one that stays, and one that goes with 1.10. */
    private String small(String minor) {
        asked.add(minor);
        String own = "In" + minor.replace(".", "");
        String going = List.of("1.8", "1.9").contains(minor) ? "Going" : "Gone";
        return ReleaseYamlTest.SMALL
                .replace("1.36.3", minor + ".0")
                .replace("OfEtcd", own)
                .replace("gates:", "gates:\n  " + going + ": {stage: GA, default: true, locked: true}")
                .replace("etcd: {name", "etcd: {" + own.toLowerCase(Locale.ROOT) + ": {type: value}, name");
    }

    @Test
    void find_minor_readsItAloneAndOnce() {
        assertThat(small.minors()).containsExactly("1.8", "1.9", "1.10", "1.11");
        assertThat(asked).isEmpty();

        Release release = small.find(version("1.10.7")).orElseThrow();

        assertThat(small.find(version("1.10.0"))).containsSame(release);
        assertThat(asked).containsExactly("1.10");
    }

    @Test
    void find_unknownMinor_isEmpty() {
        assertThat(small.find(version("1.7.0"))).isEmpty();
        assertThat(small.find(version("2.8.0"))).isEmpty();
    }

    @Test
    void find_dataOfAnotherMinor_isRefused() {
        ReleaseCatalog wrong = new ReleaseCatalog(List.of("1.37"), minor -> ReleaseYamlTest.SMALL);

        assertThatIllegalStateException()
                .isThrownBy(() -> wrong.find(version("1.37.0")))
                .withMessage("the data of Kubernetes 1.37 is damaged: it was taken from 1.36.3");
    }

    @Test
    void gateIntroducedIn_anyGate_isItsFirstMinor() {
        assertThat(small.gateIntroducedIn("Everywhere")).contains("1.8");
        assertThat(small.gateIntroducedIn("In110")).contains("1.10");
        assertThat(small.gateIntroducedIn("Nothing")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Going,1.9.0,",
        "Going,1.10.0,1.10",
        "Going,1.11.3,1.10",
        "In18,1.11.0,1.9",
        "In18,1.8.0,",
        "In111,1.10.0,",
        "Everywhere,1.11.0,",
        "Nothing,1.11.0,",
        "Going,1.12.0,"
    })
    void gateRemovedIn_versionAfterTheLast_isTheFirstWithoutIt(String gate, String version, String minor) {
        assertThat(small.gateRemovedIn(gate, version(version)).orElse(null)).isEqualTo(minor);
    }

    @Test
    void flag_ofOneMinor_comesAndGoes() {
        assertThat(small.flagIntroducedIn(Component.ETCD, "in19")).contains("1.9");
        assertThat(small.flagIntroducedIn(Component.KUBE_SCHEDULER, "in19")).isEmpty();
        assertThat(small.flagRemovedIn(Component.ETCD, "in19", version("1.11.0")))
                .contains("1.10");
        assertThat(small.flagRemovedIn(Component.ETCD, "name", version("1.11.0")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.34", "1.35", "1.36", "1.37"})
    void bundled_eachMinor_hasWhatEveryReleaseHas(String minor) {
        Release release = ReleaseCatalog.bundled().find(version(minor + ".0")).orElseThrow();

        assertThat(release.minor()).isEqualTo(minor);
        assertThat(release.etcdVersion()).isEqualTo(minor.equals("1.37") ? "3.7.3" : "3.6.16");
        assertThat(release.flag(Component.KUBE_APISERVER, "etcd-servers"))
                .contains(new Flag("etcd-servers", "strings", false));
        assertThat(release.flag(Component.KUBE_APISERVER, "admission-control")
                        .orElseThrow()
                        .deprecated())
                .isTrue();
        assertThat(release.flag(Component.ETCD, "client-cert-auth"))
                .contains(new Flag("client-cert-auth", "bool", false));
        assertThat(release.flags(Component.KUBE_CONTROLLER_MANAGER)).hasSizeGreaterThan(100);
        assertThat(release.flags(Component.KUBE_SCHEDULER)).hasSizeGreaterThan(50);
        assertThat(release.gates()).hasSizeGreaterThan(200);
        assertThat(release.gates().values()).anySatisfy(gate -> {
            assertThat(gate.stage()).isEqualTo(Stage.GA);
            assertThat(gate.locked()).isTrue();
        });
        assertThat(release.defaultAdmissionPlugins()).contains("PodSecurity").doesNotContain("NodeRestriction");
        assertThat(release.apiVersionsOf("ClusterConfiguration")).contains("kubeadm.k8s.io/v1beta4");
        assertThat(release.configuration().kubeletDefaults()).containsEntry("kind", "KubeletConfiguration");
    }

    @Test
    void bundled_minors_areInTheOrderOfTheirAge() {
        assertThat(ReleaseCatalog.bundled().minors()).containsExactly("1.34", "1.35", "1.36", "1.37");
    }

    private static KubernetesVersion version(String version) {
        return KubernetesVersion.parse(version);
    }
}
