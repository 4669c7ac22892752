package io.hcp.core.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hcp.api.model.Component;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseYamlTest {
    static final String SMALL = """
            versions: {kubernetes: "1.36.3", etcd: "3.6.16", coredns: "1.14.2", pause: "3.10"}
            apiVersions: {Policy: [audit.k8s.io/v1]}
            kubeletDefaults: {clusterDNS: [10.96.0.10], authentication: {x509: {}}}
            admissionPlugins: {AlwaysDeny: false, PodSecurity: true}
            ---
            gates:
              Everywhere: {stage: GA, default: true, locked: true}
              OfEtcd: {stage: ALPHA, default: false, locked: false, components: [etcd]}
              Differs: {stage: BETA, default: false, locked: false, exceptions: [kube-scheduler], requires: [OfEtcd, Everywhere]}
            ---
            flags:
              etcd: {name: {type: value}}
              kube-apiserver: {old: {type: hidden, deprecated: true}, vmodule: {type: "pattern=N,..."}}
              kube-controller-manager: {v: {type: Level}}
              kube-scheduler: {v: {type: Level}}
            """;

    @Test
    void read_smallFile_hasWhatItSays() {
        Release release = read(SMALL);

        assertThat(release.minor()).isEqualTo("1.36");
        assertThat(release.etcdVersion()).isEqualTo("3.6.16");
        assertThat(release.versions().pause()).isEqualTo("3.10");
        assertThat(release.defaultAdmissionPlugins()).containsExactly("PodSecurity");
        assertThat(release.apiVersionsOf("Policy")).containsExactly("audit.k8s.io/v1");
        assertThat(release.apiVersionsOf("Nothing")).isEmpty();
        assertThat(release.flag(Component.KUBE_APISERVER, "old")).contains(new Flag("old", "hidden", true));
        assertThat(release.flag(Component.KUBE_APISERVER, "name")).isEmpty();
        assertThat(release.flag(Component.ETCD, "name")).contains(new Flag("name", "value", false));
        assertThat(release.configuration().kubeletDefaults())
                .isEqualTo(Map.of("clusterDNS", List.of("10.96.0.10"), "authentication", Map.of("x509", Map.of())));
    }

    @Test
    void read_gateWithoutComponents_isKnownToTheProgramsOfKubernetes() {
        Release release = read(SMALL);

        assertThat(release.gate("Everywhere").orElseThrow().components())
                .containsExactly(Component.KUBE_APISERVER, Component.KUBE_CONTROLLER_MANAGER, Component.KUBE_SCHEDULER);
        assertThat(release.gate("OfEtcd").orElseThrow().components()).containsExactly(Component.ETCD);
        assertThat(release.gate("Nothing")).isEmpty();
    }

    @Test
    void read_gateWithException_hasTheOppositeDefaultThere() {
        Gate gate = read(SMALL).gate("Differs").orElseThrow();

        assertThat(gate.enabledByDefault(Component.KUBE_APISERVER)).isFalse();
        assertThat(gate.enabledByDefault(Component.KUBE_SCHEDULER)).isTrue();
    }

    @Test
    void read_gateThatRequiresOthers_hasThemSorted() {
        Release release = read(SMALL);

        assertThat(release.gate("Differs").orElseThrow().requires()).containsExactly("Everywhere", "OfEtcd");
        assertThat(release.gate("Everywhere").orElseThrow().requires()).isEmpty();
    }

    @Test
    void read_nestedDefaults_cannotBeChanged() {
        Map<?, ?> nested = (Map<?, ?>) Objects.requireNonNull(
                read(SMALL).configuration().kubeletDefaults().get("authentication"));

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> nested.remove("x509"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "1.36.3"                  | 1.36               | versions.kubernetes is no String
            "1.36.3"                  | "1.36"             | invalid: KubernetesVersionInvalid:
            etcd: "3.6.16", coredns   | coredns            | versions.etcd is missing
            stage: GA                 | stage: NEW         | gates.Everywhere.stage has "NEW", which is none of ALPHA, BETA, GA, DEPRECATED
            default: true             | default: 1         | gates.Everywhere.default is no Boolean
            , locked: true            |                    | gates.Everywhere.locked is missing
            components: [etcd]        | components: [kine] | gates.OfEtcd.components has "kine", which is none of etcd, kube-apiserver, kube-controller-manager, kube-scheduler
            [OfEtcd, Everywhere]      | OfEtcd             | gates.Differs.requires is no List
            PodSecurity: true         | PodSecurity: [x]   | admissionPlugins.PodSecurity is no Boolean
            kube-scheduler: {v        | kubelet: {v        | flags has "kubelet", which is none of etcd, kube-apiserver, kube-controller-manager, kube-scheduler
            kube-scheduler: {v: {type: Level}} | etcd2: {v: {type: Level}} | flags has "etcd2"
            {type: value}             | value              | flag name is no Map
            [audit.k8s.io/v1]         | audit.k8s.io/v1    | apiVersions.Policy is no List
            {x509: {}}                | {x509: }           | kubeletDefaults.authentication.x509 is empty
            versions:                 | 'versions: [     ' | while parsing a flow sequence
            """)
    void read_damagedFile_saysWhere(String sound, String damaged, String message) {
        String yaml = SMALL.replace(sound, damaged == null ? "" : damaged);

        assertThatIllegalStateException()
                .isThrownBy(() -> readAll(yaml))
                .withMessageStartingWith("the data of Kubernetes 1.36 is damaged: " + message);
    }

    @Test
    void read_programWithoutFlags_isNamed() {
        String yaml = SMALL.replace("  kube-scheduler: {v: {type: Level}}\n", "");

        assertThatIllegalStateException()
                .isThrownBy(() -> readAll(yaml))
                .withMessage("the data of Kubernetes 1.36 is damaged: flags.kube-scheduler is missing");
    }

    @Test
    void read_documentMissing_isRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> read(SMALL.replaceFirst("---\n", "")))
                .withMessage("the data of Kubernetes 1.36 is damaged: it has 2 documents instead of 3");
    }

    @Test
    void read_damagedGates_doNotMatterUntilTheyAreNeeded() {
        Release release = read(SMALL.replace("stage: GA", "stage: NEW"));

        assertThat(release.etcdVersion()).isEqualTo("3.6.16");
        assertThat(release.flag(Component.ETCD, "name")).isPresent();
        assertThatIllegalStateException()
                .isThrownBy(() -> release.gate("OfEtcd"))
                .withMessageStartingWith("the data of Kubernetes 1.36 is damaged: gates.Everywhere.stage");
    }

    private static Release read(String yaml) {
        return ReleaseYaml.read("1.36", yaml);
    }

    private static void readAll(String yaml) {
        Release release = read(yaml);
        assertThat(release.gates()).isNotNull();
        assertThat(release.flags(Component.ETCD)).isNotNull();
    }
}
