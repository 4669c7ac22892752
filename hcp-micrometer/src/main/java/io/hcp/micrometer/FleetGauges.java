package io.hcp.micrometer;

import io.hcp.api.model.Component;
import io.hcp.api.usage.Activity;
import io.hcp.api.usage.ApiUsage;
import io.hcp.api.usage.FleetUsage;
import io.hcp.api.usage.Latency;
import io.hcp.api.usage.NodeUsage;
import io.hcp.api.usage.ProgramUsage;
import io.hcp.api.usage.TenantShare;
import io.hcp.api.usage.TenantUsage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Shows a measurement as gauges, in place of the one before. Not thread-safe. */
final class FleetGauges {
    private static final String TENANT = "tenant";
    private static final String CORES = "cores";
    private static final String BYTES = "bytes";
    private static final String SECONDS = "seconds";
    private static final String NO_UNIT = "";
    private static final double NANOS = 1e9;

    private final MeterRegistry registry;
    private final Map<String, MultiGauge> gauges = new HashMap<>();

    FleetGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    void show(FleetUsage fleet) {
        List<TenantUsage> tenants =
                fleet.tenants().stream().map(TenantShare::usage).toList();
        components("hcp.tenant.cpu", CORES, tenants, program -> program.cpu().isPresent(), TenantUsage::cpu);
        components(
                "hcp.tenant.memory",
                BYTES,
                tenants,
                program -> program.memoryBytes().isPresent(),
                (usage, component) -> usage.memoryBytes(component));
        tenants("hcp.tenant.cpu.requested", CORES, tenants, TenantUsage::requestedCpu);
        tenants("hcp.tenant.memory.requested", BYTES, tenants, TenantUsage::requestedMemoryBytes);
        api(tenants);
        put("hcp.tenant.noise", NO_UNIT, fleet.tenants(), share -> List.of(row(share.usage(), share.noise())));
        put(
                "hcp.tenant.idle",
                NO_UNIT,
                fleet.tenants(),
                share -> List.of(row(share.usage(), share.activity() == Activity.IDLE ? 1 : 0)));
        put(
                "hcp.fleet.tenants",
                "tenants",
                List.of(Activity.values()),
                activity -> List.of(Row.of(
                        Tags.of("activity", activity.name().toLowerCase(Locale.ROOT)),
                        fleet.tenants(activity).size())));
        nodes(fleet.nodes());
    }

    /** A component's value in a tenant. */
    private interface OfComponent {
        double value(TenantUsage usage, Component component);
    }

    private void components(
            String name, String unit, List<TenantUsage> tenants, Predicate<ProgramUsage> measured, OfComponent value) {
        put(
                name,
                unit,
                tenants,
                usage -> usage.programs().stream()
                        .filter(measured)
                        .map(ProgramUsage::component)
                        .distinct()
                        .<Row<?>>map(component -> Row.of(
                                Tags.of(TENANT, usage.tenant(), "component", component.binaryName()),
                                value.value(usage, component)))
                        .toList());
    }

    private void api(List<TenantUsage> tenants) {
        apis("hcp.tenant.api.request.rate", NO_UNIT, tenants, ApiUsage::requestsPerSecond);
        apis("hcp.tenant.api.client.request.rate", NO_UNIT, tenants, ApiUsage::clientRequestsPerSecond);
        apis("hcp.tenant.api.error.rate", NO_UNIT, tenants, ApiUsage::errorsPerSecond);
        apis("hcp.tenant.api.rejection.rate", NO_UNIT, tenants, ApiUsage::rejectedPerSecond);
        apis("hcp.tenant.api.inflight", "requests", tenants, ApiUsage::inFlight);
        apis("hcp.tenant.api.watches", "watches", tenants, ApiUsage::watches);
        put("hcp.tenant.api.latency", SECONDS, tenants, usage -> {
            List<Row<?>> rows = new ArrayList<>();
            usage.api()
                    .ifPresent(api -> api.latencies()
                            .forEach((verb, latency) ->
                                    rows.addAll(quantiles(Tags.of(TENANT, usage.tenant(), "verb", verb), latency))));
            return rows;
        });
        put(
                "hcp.tenant.datastore.latency",
                SECONDS,
                tenants,
                usage -> usage.api()
                        .flatMap(ApiUsage::datastore)
                        .map(latency -> quantiles(Tags.of(TENANT, usage.tenant()), latency))
                        .orElse(List.of()));
        put(
                "hcp.tenant.datastore.size",
                BYTES,
                tenants,
                usage -> usage.api().stream()
                        .flatMapToLong(api -> api.datastoreBytes().stream())
                        .<Row<?>>mapToObj(bytes -> row(usage, (double) bytes))
                        .toList());
    }

    private static List<Row<?>> quantiles(Tags tags, Latency latency) {
        return List.of(
                Row.of(tags.and("quantile", "0.5"), seconds(latency.p50())),
                Row.of(tags.and("quantile", "0.9"), seconds(latency.p90())),
                Row.of(tags.and("quantile", "0.99"), seconds(latency.p99())));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }

    private void nodes(List<NodeUsage> nodes) {
        put(
                "hcp.node.cpu",
                CORES,
                nodes,
                node -> node.cpu().stream()
                        .<Row<?>>mapToObj(cpu -> row(node, cpu))
                        .toList());
        put(
                "hcp.node.memory",
                BYTES,
                nodes,
                node -> node.memoryBytes().stream()
                        .<Row<?>>mapToObj(bytes -> row(node, (double) bytes))
                        .toList());
        node("hcp.node.cpu.allocatable", CORES, nodes, NodeUsage::allocatableCpu);
        node("hcp.node.memory.allocatable", BYTES, nodes, NodeUsage::allocatableMemoryBytes);
        node("hcp.node.cpu.requested", CORES, nodes, NodeUsage::requestedCpu);
        node("hcp.node.memory.requested", BYTES, nodes, NodeUsage::requestedMemoryBytes);
        node("hcp.node.tenants", "tenants", nodes, NodeUsage::tenants);
        node("hcp.node.pods", "pods", nodes, NodeUsage::tenantPods);
    }

    private void tenants(String name, String unit, List<TenantUsage> tenants, ToDoubleFunction<TenantUsage> value) {
        put(name, unit, tenants, usage -> List.of(row(usage, value.applyAsDouble(usage))));
    }

    private void apis(String name, String unit, List<TenantUsage> tenants, ToDoubleFunction<ApiUsage> value) {
        put(
                name,
                unit,
                tenants,
                usage -> usage.api().stream()
                        .<Row<?>>map(api -> row(usage, value.applyAsDouble(api)))
                        .toList());
    }

    private void node(String name, String unit, List<NodeUsage> nodes, ToDoubleFunction<NodeUsage> value) {
        put(name, unit, nodes, node -> List.of(row(node, value.applyAsDouble(node))));
    }

    private static Row<?> row(TenantUsage usage, double value) {
        return Row.of(Tags.of(TENANT, usage.tenant()), value);
    }

    private static Row<?> row(NodeUsage node, double value) {
        return Row.of(Tags.of("node", node.name()), value);
    }

    private <T> void put(String name, String unit, List<T> all, Function<T, List<Row<?>>> rows) {
        gauges.computeIfAbsent(
                        name, key -> MultiGauge.builder(key).baseUnit(unit).register(registry))
                .register(all.stream().flatMap(one -> rows.apply(one).stream()).toList(), true);
    }

    void clear() {
        gauges.values().forEach(gauge -> gauge.register(List.of(), true));
    }
}
