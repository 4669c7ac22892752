package io.hcp.core.internal.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hcp.api.model.Component;
import io.hcp.api.usage.FleetUsage;
import io.hcp.api.usage.NodeUsage;
import io.hcp.api.usage.ProgramUsage;
import io.hcp.api.usage.TenantUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class UsagesTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static Optional<Load> load(int second, double cpuSeconds, long bytes) {
        return Optional.of(new Load(BEGIN.plusSeconds(second), Seconds.duration(cpuSeconds), bytes));
    }

    private static ProgramSample program(Component component, String pod, Optional<Load> load) {
        return new ProgramSample(
                component, pod, Optional.of("node-1"), OptionalDouble.of(0.1), OptionalLong.of(1_000), load);
    }

    private static FleetSample sample(int second, ProgramSample... programs) {
        return new FleetSample(
                BEGIN.plusSeconds(second),
                List.of(new TenantSample("acme", List.of(programs), List.of(), List.of())),
                List.of(),
                List.of());
    }

    private static TenantUsage between(FleetSample before, FleetSample after) {
        return new Usages(before, after).tenants().get(0);
    }

    @Test
    void tenants_twoSamples_giveCoresOverTheirOwnSpan() {
        TenantUsage usage = between(
                sample(
                        0,
                        program(Component.ETCD, "acme-etcd-0", load(-4, 10, 1)),
                        program(Component.KUBE_APISERVER, "acme-1", load(-2, 5, 1))),
                sample(
                        30,
                        program(Component.ETCD, "acme-etcd-0", load(16, 14, 500)),
                        program(Component.KUBE_APISERVER, "acme-1", load(28, 20, 900))));
        assertThat(usage.window()).isEqualTo(Duration.ofSeconds(30));
        assertThat(usage.cpu(Component.ETCD)).isCloseTo(0.2, within(1e-9));
        assertThat(usage.cpu()).isCloseTo(0.7, within(1e-9));
        assertThat(usage.memoryBytes()).isEqualTo(1_400);
        assertThat(usage.memoryBytes(Component.KUBE_APISERVER)).isEqualTo(900);
        assertThat(usage.requestedCpu()).isCloseTo(0.2, within(1e-9));
        assertThat(usage.requestedMemoryBytes()).isEqualTo(2_000);
        assertThat(usage.missing()).isEmpty();
        assertThat(usage.api()).isEmpty();
    }

    @Test
    void tenants_processRestarted_countsFromZero() {
        TenantUsage usage = between(
                sample(0, program(Component.ETCD, "acme-etcd-0", load(0, 100, 1))),
                sample(10, program(Component.ETCD, "acme-etcd-0", load(10, 3, 1))));
        assertThat(usage.cpu()).isCloseTo(0.3, within(1e-9));
    }

    @Test
    void tenants_measuredOnceOnly_sayWhy() {
        TenantUsage usage = between(
                sample(0, program(Component.ETCD, "acme-etcd-0", load(0, 100, 1))),
                sample(
                        10,
                        program(Component.ETCD, "acme-etcd-0", load(0, 100, 1)),
                        program(Component.ETCD, "acme-etcd-1", load(10, 3, 1)),
                        program(Component.ETCD, "acme-etcd-2", Optional.empty())));
        assertThat(usage.programs()).extracting(ProgramUsage::cpu).containsOnly(OptionalDouble.empty());
        assertThat(usage.programs().get(2).memoryBytes()).isEmpty();
        assertThat(usage.missing())
                .containsExactly(
                        "CPU of etcd in acme-etcd-0: it was not measured anew in this span, take a longer one");
    }

    @Test
    void tenants_newTenant_hasNoRates() {
        FleetSample none = new FleetSample(BEGIN, List.of(), List.of(), List.of());
        TenantUsage usage = between(none, sample(10, program(Component.ETCD, "acme-etcd-0", load(10, 3, 7))));
        assertThat(usage.memoryBytes()).isEqualTo(7);
        assertThat(usage.missing()).containsExactly("rates: the tenant was made in the meantime");
    }

    @Test
    void tenants_apiServerNobodyMeasures_tellsItself() {
        ApiMetricsReader reader = new ApiMetricsReader();
        reader.line("apiserver_request_total{code=\"200\"} 1");
        reader.line("process_start_time_seconds 1");
        reader.line("process_resident_memory_bytes 3e+08");
        reader.line("process_cpu_seconds_total 4");
        ApiMetrics metrics = reader.read();
        ProgramSample program = program(Component.KUBE_APISERVER, "acme-1", Optional.empty());
        FleetSample before = withApi(BEGIN, program, metrics);
        FleetSample after = withApi(BEGIN.plusSeconds(10), program, metrics);
        TenantUsage usage = between(before, after);
        assertThat(usage.programs().get(0).cpu()).hasValue(0);
        assertThat(usage.memoryBytes()).isEqualTo(300_000_000);
    }

    private static FleetSample withApi(Instant at, ProgramSample program, ApiMetrics metrics) {
        return new FleetSample(
                at,
                List.of(new TenantSample(
                        "acme", List.of(program), List.of(new ApiSample("acme-1", at, metrics)), List.of())),
                List.of(),
                List.of());
    }

    @Test
    void fleet_nodes_haveWhatIsOnThem() {
        ProgramSample elsewhere = new ProgramSample(
                Component.ETCD,
                "acme-etcd-1",
                Optional.of("node-2"),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                Optional.empty());
        FleetUsage fleet = new Usages(nodes(0, 100), nodes(10, 115, elsewhere)).fleet();
        NodeUsage node = fleet.nodes().get(0);
        assertThat(node.name()).isEqualTo("node-1");
        assertThat(node.cpu().orElseThrow()).isCloseTo(1.5, within(1e-9));
        assertThat(node.memoryBytes()).hasValue(5_000);
        assertThat(node.tenantPods()).as("two containers of one pod").isEqualTo(1);
        assertThat(node.tenants()).isEqualTo(1);
        assertThat(node.requestedCpu()).isCloseTo(0.2, within(1e-9));
        assertThat(node.requestedMemoryBytes()).isEqualTo(2_000);
        assertThat(fleet.tenantsPerNode()).hasValue(1);
    }

    private static FleetSample nodes(int second, double cpuSeconds, ProgramSample... more) {
        List<ProgramSample> programs = new ArrayList<>(List.of(more));
        programs.add(program(Component.KUBE_APISERVER, "acme-1", Optional.empty()));
        programs.add(program(Component.KUBE_SCHEDULER, "acme-1", Optional.empty()));
        NodeSample node = new NodeSample(
                "node-1", 4, 8_000, OptionalLong.of(110), load(second, cpuSeconds, 5_000), OptionalInt.of(12));
        return new FleetSample(
                BEGIN.plusSeconds(second),
                List.of(new TenantSample("acme", programs, List.of(), List.of())),
                List.of(node),
                List.of());
    }
}
