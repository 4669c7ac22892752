package io.hcp.core.internal.usage;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the metrics of a kube-apiserver, which are megabytes, line by line. Keeps sums of a few families alone, so that what it
 * needs does not grow with what the API server has. The families are those of Kubernetes 1.34 to 1.37. Not thread-safe.
 */
public final class ApiMetricsReader {
    /** Answered over and over until the client goes: how long that took says nothing of the API server. */
    private static final Set<String> ENDLESS_VERBS = Set.of("WATCH", "WATCHLIST", "CONNECT");

    private static final Set<String> ENDLESS_SUBRESOURCES = Set.of("attach", "exec", "log", "portforward", "proxy");

    /** Health checks and the like have no resource. */
    private static final Set<String> NO_CLIENT = Set.of("", "leases");

    private final Map<String, Double> requests = new HashMap<>();
    private final Map<String, SortedMap<Double, Double>> latencies = new HashMap<>();
    private final SortedMap<Double, Double> datastore = new TreeMap<>();
    private final Map<String, Double> process = new HashMap<>();
    private double clientRequests;
    private double inFlight;
    private double watches;
    private OptionalDouble datastoreBytes = OptionalDouble.empty();

    /** Makes a reader that has read nothing. */
    public ApiMetricsReader() {}

    /**
     * Takes a line.
     *
     * @param line any line of the text, without its end
     * @throws IllegalArgumentException if it is one of those that are kept, and not of the format
     */
    public void line(String line) {
        String name = MetricLine.name(line);
        switch (name) {
            case "apiserver_request_total" -> request(MetricLine.after(name, line));
            case "apiserver_request_duration_seconds_bucket" -> latency(MetricLine.after(name, line));
            case "etcd_request_duration_seconds_bucket" -> bucket(datastore, MetricLine.after(name, line));
            case "apiserver_current_inflight_requests" ->
                inFlight += MetricLine.after(name, line).value();
            case "apiserver_longrunning_requests" -> watch(MetricLine.after(name, line));
            case "apiserver_storage_size_bytes" ->
                datastoreBytes = OptionalDouble.of(
                        datastoreBytes.orElse(0) + MetricLine.after(name, line).value());
            case "process_cpu_seconds_total", "process_resident_memory_bytes", "process_start_time_seconds" ->
                process.put(name, MetricLine.after(name, line).value());
            default -> {}
        }
    }

    private void request(MetricLine line) {
        requests.merge(label(line, "code"), line.value(), Double::sum);
        if (!NO_CLIENT.contains(label(line, "resource"))) {
            clientRequests += line.value();
        }
    }

    private void latency(MetricLine line) {
        String verb = label(line, "verb");
        if (!ENDLESS_VERBS.contains(verb) && !ENDLESS_SUBRESOURCES.contains(label(line, "subresource"))) {
            bucket(latencies.computeIfAbsent(verb, key -> new TreeMap<>()), line);
        }
    }

    private void watch(MetricLine line) {
        if (label(line, "verb").startsWith("WATCH")) {
            watches += line.value();
        }
    }

    private static void bucket(SortedMap<Double, Double> buckets, MetricLine line) {
        buckets.merge(MetricLine.number(label(line, "le")), line.value(), Double::sum);
    }

    private static String label(MetricLine line, String name) {
        return line.labels().getOrDefault(name, "");
    }

    /**
     * Ends reading.
     *
     * @return what was read
     * @throws IllegalArgumentException if the lines were not those of a kube-apiserver
     */
    public ApiMetrics read() {
        if (requests.isEmpty() || !process.containsKey("process_start_time_seconds")) {
            throw new IllegalArgumentException("these are no metrics of a kube-apiserver");
        }
        Map<String, Histogram> byVerb = new HashMap<>();
        latencies.forEach((verb, buckets) -> byVerb.put(verb, new Histogram(buckets)));
        return new ApiMetrics(
                requests,
                clientRequests,
                byVerb,
                new Histogram(datastore),
                inFlight,
                watches,
                datastoreBytes,
                process.getOrDefault("process_cpu_seconds_total", 0.0),
                process.getOrDefault("process_resident_memory_bytes", 0.0),
                process.getOrDefault("process_start_time_seconds", 0.0));
    }
}
