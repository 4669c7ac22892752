package io.hcp.core.internal.cluster.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.core.internal.cluster.gateway.Nodes.Container;
import io.hcp.core.internal.cluster.gateway.Nodes.Summary;
import io.hcp.core.internal.usage.Load;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryFormTest {
    private static final Map<String, Object> MEMORY =
            Map.of("time", "2026-01-01T00:00:05Z", "usageBytes", 900, "workingSetBytes", 700);

    private static Map<String, Object> cpu(Object nanos) {
        return Map.of("time", "2026-01-01T01:00:05+01:00", "usageNanoCores", 5, "usageCoreNanoSeconds", nanos);
    }

    @Test
    void read_whole_hasNodeAndContainers() {
        Summary summary = SummaryForm.read(Map.of(
                "node",
                Map.of("nodeName", "n1", "cpu", cpu(70_000_000_000L), "memory", MEMORY),
                "pods",
                List.of(
                        Map.of(
                                "podRef",
                                Map.of("name", "acme-1", "namespace", "tenants", "uid", "u1"),
                                "containers",
                                List.of(Map.of("name", "etcd", "cpu", cpu(1_500_000_000), "memory", MEMORY))),
                        Map.of("podRef", Map.of("name", "other", "uid", "u2")))));
        Instant at = Instant.parse("2026-01-01T00:00:05Z");
        assertThat(summary.load()).contains(new Load(at, Duration.ofSeconds(70), 700));
        assertThat(summary.pods()).isEqualTo(2);
        assertThat(summary.containers())
                .isEqualTo(Map.of(new Container("u1", "etcd"), new Load(at, Duration.ofMillis(1_500), 700)));
    }

    @Test
    void read_notMeasuredYet_isLeftOut() {
        Summary summary = SummaryForm.read(Map.of(
                "node",
                Map.of("cpu", Map.of("time", "yesterday", "usageCoreNanoSeconds", 3), "memory", MEMORY),
                "pods",
                List.of(Map.of(
                        "podRef",
                        Map.of("uid", "u1"),
                        "containers",
                        List.of(
                                Map.of("name", "a", "memory", MEMORY),
                                Map.of("name", "b", "cpu", cpu(1)),
                                Map.of(
                                        "name",
                                        "c",
                                        "cpu",
                                        Map.of("time", "2026-01-01T00:00:05Z"),
                                        "memory",
                                        MEMORY))))));
        assertThat(summary).isEqualTo(new Summary(Optional.empty(), 1, Map.of()));
        assertThat(SummaryForm.read(Map.of())).isEqualTo(new Summary(Optional.empty(), 0, Map.of()));
    }
}
