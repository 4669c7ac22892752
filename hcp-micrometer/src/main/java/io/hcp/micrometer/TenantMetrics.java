package io.hcp.micrometer;

import io.hcp.api.usage.UsageMeter;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.threads.Daemons;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives what all tenants use to a {@link MeterRegistry}. Tenants are measured once in a period, on a thread of its own;
 * reading a gauge asks for nothing. What could not be measured has no meter, and what is gone loses its own with the next
 * measurement. Thread-safe.
 *
 * <p>Gauges, all over the last period:
 *
 * <table>
 * <caption>Gauges</caption>
 * <tr><th>Name<th>Tags<th>Value
 * <tr><td>{@code hcp.tenant.cpu}<td>tenant, component<td>cores used
 * <tr><td>{@code hcp.tenant.memory}<td>tenant, component<td>bytes used
 * <tr><td>{@code hcp.tenant.cpu.requested}<td>tenant<td>cores reserved
 * <tr><td>{@code hcp.tenant.memory.requested}<td>tenant<td>bytes reserved
 * <tr><td>{@code hcp.tenant.api.request.rate}<td>tenant<td>requests answered per second
 * <tr><td>{@code hcp.tenant.api.client.request.rate}<td>tenant<td>of them those for objects, without Leases
 * <tr><td>{@code hcp.tenant.api.error.rate}<td>tenant<td>of them those answered with 500 or above
 * <tr><td>{@code hcp.tenant.api.rejection.rate}<td>tenant<td>of them those answered with 429
 * <tr><td>{@code hcp.tenant.api.latency}<td>tenant, verb, quantile<td>seconds
 * <tr><td>{@code hcp.tenant.api.inflight}<td>tenant<td>requests being worked on
 * <tr><td>{@code hcp.tenant.api.watches}<td>tenant<td>open watches
 * <tr><td>{@code hcp.tenant.datastore.size}<td>tenant<td>bytes
 * <tr><td>{@code hcp.tenant.datastore.latency}<td>tenant, quantile<td>seconds
 * <tr><td>{@code hcp.tenant.noise}<td>tenant<td>from 1 on the tenant is noisy
 * <tr><td>{@code hcp.tenant.idle}<td>tenant<td>1 if it is idle, else 0
 * <tr><td>{@code hcp.fleet.tenants}<td>activity<td>how many tenants are {@code idle}, {@code normal}, {@code noisy} or
 *     {@code unknown}
 * <tr><td>{@code hcp.node.cpu}, {@code hcp.node.memory}<td>node<td>cores and bytes used by all that runs there
 * <tr><td>{@code hcp.node.cpu.allocatable}, {@code hcp.node.memory.allocatable}<td>node<td>cores and bytes to be had
 * <tr><td>{@code hcp.node.cpu.requested}, {@code hcp.node.memory.requested}<td>node<td>cores and bytes reserved for tenants
 * <tr><td>{@code hcp.node.tenants}, {@code hcp.node.pods}<td>node<td>tenants, and pods of tenants, on the node
 * </table>
 *
 * <p>About measuring itself: timer {@code hcp.usage.sample}, and counter {@code hcp.usage.failures} of measurements that gave
 * nothing, after which the gauges stay as they were.
 */
public final class TenantMetrics implements AutoCloseable {
    /** How often tenants are measured unless told otherwise. */
    public static final Duration PERIOD = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(TenantMetrics.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final Supplier<UsageMeter> meters;
    private final FleetGauges gauges;
    private final Timer sampling;
    private final Counter failures;
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("hcp-usage-"));
    private @Nullable UsageMeter meter;

    /**
     * Makes metrics that are not measured yet.
     *
     * @param meters begins to measure
     * @param registry where the meters go
     */
    TenantMetrics(Supplier<UsageMeter> meters, MeterRegistry registry) {
        this.meters = meters;
        this.gauges = new FleetGauges(registry);
        this.sampling = Timer.builder("hcp.usage.sample")
                .description("How long it takes to measure all tenants")
                .register(registry);
        this.failures = Counter.builder("hcp.usage.failures")
                .description("Measurements that gave nothing")
                .register(registry);
    }

    /**
     * Begins to measure the tenants once a minute.
     *
     * @param hcp whose tenants; not closed here
     * @param registry where the meters go; not closed here
     * @return close it to end measuring and to take the gauges away
     */
    public static TenantMetrics bind(HostedControlPlanes hcp, MeterRegistry registry) {
        return bind(hcp, registry, PERIOD);
    }

    /**
     * Begins to measure the tenants. The first gauges are there after the first period.
     *
     * @param hcp whose tenants; not closed here
     * @param registry where the meters go; not closed here
     * @param period how often, at least every 20 seconds on the kubernetes backend, since kubelets measure every 10
     * @return close it to end measuring and to take the gauges away
     * @throws IllegalArgumentException if the period is zero or negative
     */
    public static TenantMetrics bind(HostedControlPlanes hcp, MeterRegistry registry, Duration period) {
        TenantMetrics metrics = new TenantMetrics(hcp::meter, registry);
        Future<?> unused =
                metrics.scheduler.scheduleAtFixedRate(metrics::measure, 0, period.toMillis(), TimeUnit.MILLISECONDS);
        return metrics;
    }

    /** Measures once: the first time takes the first reading alone. */
    void measure() {
        try {
            sampling.record(this::read);
        } catch (RuntimeException e) { // the next period is another try
            if (!scheduler.isShutdown()) {
                failures.increment();
                LOG.warn("tenants could not be measured: {}", e.toString());
            }
        }
    }

    private synchronized void read() {
        UsageMeter known = meter;
        if (known == null) {
            meter = meters.get();
            return;
        }
        gauges.show(known.read());
    }

    /** Ends measuring and takes the gauges away. Waits at most ten seconds for a measurement under way. */
    @Override
    public void close() {
        scheduler.shutdownNow();
        try {
            if (!scheduler.awaitTermination(CLOSE_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("tenants were still being measured {} after that was to stop", CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gauges.clear();
    }
}
