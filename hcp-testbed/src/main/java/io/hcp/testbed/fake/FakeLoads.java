package io.hcp.testbed.fake;

import io.hcp.core.internal.usage.ApiMetrics;
import io.hcp.core.internal.usage.ApiMetricsReader;
import io.hcp.core.internal.usage.Load;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How much imagined tenants do: always the same, so that a rate can be foretold. Thread-safe. */
public final class FakeLoads {
    /** What a program uses of whose tenant nothing else was said, in cores. */
    public static final double CORES = 0.05;

    /** What every program uses, in bytes. */
    public static final long MEMORY_BYTES = 100 << 20;

    private static final double NANOS = 1e9;

    private final Map<String, Use> uses = new ConcurrentHashMap<>();

    /** Makes loads of tenants that nobody uses. */
    public FakeLoads() {}

    private record Use(double cores, double requests) {}

    /**
     * Says what a tenant does from its beginning on.
     *
     * @param tenant whose
     * @param cores what each of its programs uses
     * @param requests what clients ask of each of its API servers, per second
     */
    public void use(String tenant, double cores, double requests) {
        uses.put(tenant, new Use(cores, requests));
    }

    private Use of(String tenant) {
        return uses.getOrDefault(tenant, new Use(CORES, 0));
    }

    /** What a program says that began at a moment. */
    Load program(String tenant, Instant begun, Instant now) {
        long nanos = Duration.between(begun, now).toNanos();
        return new Load(now, Duration.ofNanos(Math.round(nanos * of(tenant).cores())), MEMORY_BYTES);
    }

    /** What an API server says that began at a moment: all answers took 10 milliseconds. */
    ApiMetrics api(String tenant, Instant begun, Instant now) {
        double seconds = Duration.between(begun, now).toNanos() / NANOS;
        double requests = of(tenant).requests() * seconds;
        ApiMetricsReader reader = new ApiMetricsReader();
        reader.line("process_start_time_seconds " + begun.toEpochMilli() / 1e3);
        reader.line("process_cpu_seconds_total " + of(tenant).cores() * seconds);
        reader.line("process_resident_memory_bytes " + MEMORY_BYTES);
        reader.line("apiserver_request_total{code=\"200\",resource=\"pods\",verb=\"GET\"} " + requests);
        reader.line("apiserver_request_total{code=\"200\",resource=\"leases\",verb=\"PUT\"} " + seconds);
        reader.line("apiserver_request_duration_seconds_bucket{verb=\"GET\",le=\"0.01\"} " + requests);
        reader.line("apiserver_request_duration_seconds_bucket{verb=\"GET\",le=\"+Inf\"} " + requests);
        reader.line("apiserver_longrunning_requests{verb=\"WATCH\"} 40");
        reader.line("apiserver_storage_size_bytes 1000000");
        return reader.read();
    }
}
