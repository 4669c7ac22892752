package io.hcp.core.internal.usage;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * What one process of kube-apiserver says of itself, summed over resources. Counters count from its start.
 *
 * @param requests how many requests it has answered, by status code
 * @param clientRequests how many of them were for objects, other than Leases: by those, Kubernetes says that it is alive also
 *     while nobody uses it
 * @param latencies how long answers took, in seconds, by verb; without those that go on, as watches do
 * @param datastore how long the datastore took, in seconds
 * @param inFlight requests that are being worked on now
 * @param watches watches that are open now
 * @param datastoreBytes how large the datastore is, if it tells
 * @param cpuSeconds the processor time that the process has used
 * @param residentBytes the memory of the process
 * @param startSeconds when the process began, in seconds since 1970
 */
public record ApiMetrics(
        Map<String, Double> requests,
        double clientRequests,
        Map<String, Histogram> latencies,
        Histogram datastore,
        double inFlight,
        double watches,
        OptionalDouble datastoreBytes,
        double cpuSeconds,
        double residentBytes,
        double startSeconds) {
    /** What a process says that has done nothing. */
    static final ApiMetrics NONE =
            new ApiMetrics(Map.of(), 0, Map.of(), Histogram.EMPTY, 0, 0, OptionalDouble.empty(), 0, 0, 0);

    /** Copies the maps. */
    public ApiMetrics {
        requests = Map.copyOf(requests);
        latencies = Map.copyOf(latencies);
    }
}
