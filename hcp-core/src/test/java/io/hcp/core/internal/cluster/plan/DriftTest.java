package io.hcp.core.internal.cluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {
    private static List<String> drift(Object wanted, Object live) {
        return Drift.between(Map.of("spec", wanted), Map.of("spec", live));
    }

    private static Map<String, Object> container(String name, Object... more) {
        return more.length == 0 ? Map.of("name", name) : Map.of("name", name, (String) more[0], more[1]);
    }

    @Test
    void between_foreignFields_areNoDrift() {
        assertThat(drift(Map.of("replicas", 2), Map.of("replicas", 2, "paused", true)))
                .isEmpty();
        assertThat(drift(
                        Map.of("containers", List.of(container("a"))),
                        Map.of("containers", List.of(container("injected"), container("a", "image", "x")))))
                .isEmpty();
    }

    @Test
    void between_foreignKeyOfASelector_isDrift() {
        assertThat(drift(Map.of("selector", Map.of("a", "b")), Map.of("selector", Map.of("a", "b", "canary", "v2"))))
                .containsExactly("spec.selector.canary");
        assertThat(drift(
                        Map.of("selector", Map.of("matchLabels", Map.of("a", "b"))),
                        Map.of("selector", Map.of("matchLabels", Map.of("a", "b"), "matchExpressions", List.of()))))
                .containsExactly("spec.selector.matchExpressions");
    }

    @Test
    void between_pausedByOthers_isDrift() {
        assertThat(drift(Map.of("paused", false), Map.of("paused", true))).containsExactly("spec.paused");
    }

    @Test
    void between_changedField_isNamedByPath() {
        assertThat(drift(Map.of("replicas", 2), Map.of("replicas", 0))).containsExactly("spec.replicas");
        assertThat(drift(
                        Map.of("containers", List.of(container("a", "image", "x"))),
                        Map.of("containers", List.of(container("a", "image", "y")))))
                .containsExactly("spec.containers[a].image");
    }

    @Test
    void between_missingField_isDrift() {
        assertThat(drift(Map.of("replicas", 2), Map.of())).containsExactly("spec.replicas");
        assertThat(drift(Map.of("containers", List.of(container("a"))), Map.of("containers", List.of())))
                .isNotEmpty();
    }

    @Test
    void between_missingItem_isDrift() {
        assertThat(drift(
                        Map.of("containers", List.of(container("a"), container("b"))),
                        Map.of("containers", List.of(container("b")))))
                .containsExactly("spec.containers[a].name");
    }

    @Test
    void between_itemsWithoutNames_areToldByWhatTellsThemApart() {
        Map<String, Object> files = Map.of("name", "v", "mountPath", "/files");
        Map<String, Object> data = Map.of("name", "v", "mountPath", "/data");
        assertThat(drift(Map.of("volumeMounts", List.of(files)), Map.of("volumeMounts", List.of(data, files))))
                .isEmpty();
    }

    @Test
    void between_listOfTexts_isTheWholeList() {
        assertThat(drift(Map.of("args", List.of("a", "b")), Map.of("args", List.of("b", "a"))))
                .isNotEmpty();
        assertThat(drift(Map.of("args", List.of("a")), Map.of("args", List.of("a", "b"))))
                .containsExactly("spec.args");
    }

    @Test
    void between_whatSaysNothing_mayBeLeftOut() {
        assertThat(drift(Map.of("a", false, "b", 0, "c", "", "d", List.of(), "e", Map.of("f", false)), Map.of()))
                .isEmpty();
    }

    @Test
    void between_numbers_areComparedAsNumbers() {
        assertThat(drift(Map.of("port", 6443), Map.of("port", 6443L))).isEmpty();
        assertThat(drift(Map.of("port", 6443), Map.of("port", "6443"))).containsExactly("spec.port");
    }

    @ParameterizedTest
    @CsvSource({"1000m, 1, true", "0.5, 500m, true", "1Gi, 1024Mi, true", "1G, 1Gi, false", "1, 2, false", "x, y, false"
    })
    void between_quantities_areComparedByAmount(String wanted, String live, boolean same) {
        assertThat(drift(
                                Map.of("resources", Map.of("requests", Map.of("cpu", wanted))),
                                Map.of("resources", Map.of("requests", Map.of("cpu", live))))
                        .isEmpty())
                .isEqualTo(same);
    }

    @Test
    void between_textsElsewhere_areNoQuantities() {
        assertThat(drift(Map.of("value", "1000m"), Map.of("value", "1"))).containsExactly("spec.value");
    }

    @Test
    void between_secrets_areNotQuoted() {
        assertThat(Drift.between(Map.of("data", Map.of("key", "c2VjcmV0")), Map.of("data", Map.of("key", "b3RoZXI="))))
                .containsExactly("data.key");
    }

    @Test
    void between_fieldAppliedOnceAndNotAnyMore_differs() {
        Map<String, Object> wanted = Map.of("spec", Map.of("ports", List.of(Map.of("port", 1))));
        Map<String, Object> owned = Map.of(
                "f:spec", Map.of("f:loadBalancerClass", Map.of(), "f:ports", Map.of("k:1", Map.of(), "k:2", Map.of())));

        assertThat(Drift.between(wanted, managed(wanted, "hcp", owned)))
                .containsExactlyInAnyOrder("spec.loadBalancerClass", "spec.ports");
        assertThat(Drift.between(wanted, managed(wanted, "somebody", owned))).isEmpty();
    }

    private static Map<String, Object> managed(Map<String, Object> object, String manager, Map<String, Object> owned) {
        Map<String, Object> entry = Map.of("manager", manager, "operation", "Apply", "fieldsV1", owned);
        Map<String, Object> live = new HashMap<>(object);
        live.put("metadata", Map.of("managedFields", List.of(entry)));
        return live;
    }
}
