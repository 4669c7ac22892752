package io.hcp.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.usage.Activity;
import io.hcp.api.usage.ApiUsage;
import io.hcp.api.usage.FleetUsage;
import io.hcp.api.usage.Latency;
import io.hcp.api.usage.NodeUsage;
import io.hcp.api.usage.ProgramUsage;
import io.hcp.api.usage.TenantShare;
import io.hcp.api.usage.TenantUsage;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TenantMetricsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Deque<FleetUsage> measurements = new ArrayDeque<>();
    private int begun;

    private TenantMetrics metrics() {
        return new TenantMetrics(
                () -> {
                    begun++;
                    return this::next;
                },
                registry);
    }

    private FleetUsage next() {
        if (measurements.isEmpty()) {
            throw new HcpException(ErrorKind.IO, "no connection", "try again");
        }
        return measurements.remove();
    }

    private static TenantShare tenant(String name, OptionalDouble cpu, Optional<ApiUsage> api) {
        ProgramUsage program = new ProgramUsage(
                Component.ETCD,
                name + "-etcd-0",
                Optional.of("n1"),
                cpu,
                OptionalLong.of(2_000),
                OptionalDouble.of(0.1),
                OptionalLong.of(1_000));
        TenantUsage usage = new TenantUsage(name, Instant.EPOCH, MINUTE, List.of(program), api, List.of());
        return new TenantShare(usage, 1, 1, 0.5, Activity.IDLE, List.of());
    }

    private static Optional<ApiUsage> api() {
        Latency latency = new Latency(9, Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(30));
        return Optional.of(new ApiUsage(
                9, 8, 0.5, 0.25, Map.of("LIST", latency), Optional.of(latency), 3, 40, OptionalLong.of(5_000)));
    }

    private static FleetUsage fleet(TenantShare... tenants) {
        NodeUsage node = new NodeUsage(
                "n1",
                4,
                8_000,
                OptionalLong.of(110),
                OptionalDouble.of(1.5),
                OptionalLong.of(6_000),
                OptionalInt.of(12),
                1,
                1,
                0.1,
                1_000);
        return new FleetUsage(Instant.EPOCH, MINUTE, Arrays.asList(tenants), List.of(node), List.of());
    }

    private double value(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    @Test
    void measure_firstTime_takesTheFirstReadingAlone() {
        metrics().measure();
        assertThat(begun).isEqualTo(1);
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsExactlyInAnyOrder("hcp.usage.sample", "hcp.usage.failures");
    }

    @Test
    void measure_again_showsWhatWasMeasured() {
        measurements.add(fleet(tenant("acme", OptionalDouble.of(0.25), api())));
        TenantMetrics metrics = metrics();
        metrics.measure();
        metrics.measure();

        assertThat(value("hcp.tenant.cpu", "tenant", "acme", "component", "etcd"))
                .isEqualTo(0.25);
        assertThat(value("hcp.tenant.memory", "tenant", "acme", "component", "etcd"))
                .isEqualTo(2_000);
        assertThat(value("hcp.tenant.cpu.requested", "tenant", "acme")).isEqualTo(0.1);
        assertThat(value("hcp.tenant.api.client.request.rate", "tenant", "acme"))
                .isEqualTo(8);
        assertThat(value("hcp.tenant.api.latency", "tenant", "acme", "verb", "LIST", "quantile", "0.99"))
                .isEqualTo(0.03);
        assertThat(value("hcp.tenant.datastore.latency", "tenant", "acme", "quantile", "0.5"))
                .isEqualTo(0.01);
        assertThat(value("hcp.tenant.datastore.size", "tenant", "acme")).isEqualTo(5_000);
        assertThat(value("hcp.tenant.idle", "tenant", "acme")).isEqualTo(1);
        assertThat(value("hcp.fleet.tenants", "activity", "idle")).isEqualTo(1);
        assertThat(value("hcp.fleet.tenants", "activity", "noisy")).isZero();
        assertThat(value("hcp.node.cpu.allocatable", "node", "n1")).isEqualTo(4);
        assertThat(begun).isEqualTo(1);
    }

    @Test
    void measure_notMeasured_hasNoMeter() {
        measurements.add(fleet(tenant("acme", OptionalDouble.empty(), Optional.empty())));
        TenantMetrics metrics = metrics();
        metrics.measure();
        metrics.measure();
        assertThat(registry.find("hcp.tenant.cpu").gauge()).isNull();
        assertThat(registry.find("hcp.tenant.api.request.rate").gauge()).isNull();
        assertThat(registry.find("hcp.tenant.memory").gauge()).isNotNull();
    }

    @Test
    void measure_tenantGone_takesItsMeters() {
        measurements.add(
                fleet(tenant("acme", OptionalDouble.of(1), api()), tenant("gone", OptionalDouble.of(1), api())));
        measurements.add(fleet(tenant("acme", OptionalDouble.of(2), api())));
        TenantMetrics metrics = metrics();
        metrics.measure();
        metrics.measure();
        metrics.measure();
        assertThat(registry.find("hcp.tenant.cpu").gauges()).hasSize(1);
        assertThat(value("hcp.tenant.cpu", "tenant", "acme")).isEqualTo(2);
        assertThat(registry.getMeters())
                .noneMatch(meter -> "gone".equals(meter.getId().getTag("tenant")));
    }

    @Test
    void measure_failure_isCountedAndTheNextIsAnotherTry() {
        TenantMetrics metrics = metrics();
        metrics.measure();
        metrics.measure();
        assertThat(registry.get("hcp.usage.failures").counter().count()).isEqualTo(1);
        measurements.add(fleet(tenant("acme", OptionalDouble.of(0.25), api())));
        metrics.measure();
        assertThat(value("hcp.tenant.noise", "tenant", "acme")).isEqualTo(0.5);
    }

    @Test
    void close_gauges_areTakenAway() {
        measurements.add(fleet(tenant("acme", OptionalDouble.of(0.25), api())));
        TenantMetrics metrics = metrics();
        metrics.measure();
        metrics.measure();
        metrics.close();
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .allMatch(id -> id.getName().startsWith("hcp.usage."));
    }
}
