package io.hcp.api.usage;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a tenant's API servers did, summed over the replicas that could be read twice.
 *
 * @param requestsPerSecond requests that were answered; a watch counts when it ends
 * @param clientRequestsPerSecond those of them that were for objects, Leases left out: without health checks, and without that
 *     by which Kubernetes says that it is alive also while nobody uses it
 * @param errorsPerSecond requests that were answered with a status of 500 or above
 * @param rejectedPerSecond requests that were answered with 429, since there were too many
 * @param latencies how long answers took, by verb as Kubernetes writes it, for example {@code LIST}; without watches, and
 *     without connections into pods and their logs; only verbs that were used in the span
 * @param datastore how long the datastore took for what the API servers asked of it; empty if they asked nothing
 * @param inFlight requests that were being worked on at the end of the span
 * @param watches watches that were open at the end of the span
 * @param datastoreBytes how large the datastore was at the end of the span, the largest that a replica told; etcd counts free
 *     pages in, and gives them back only when it is defragmented
 */
public record ApiUsage(
        double requestsPerSecond,
        double clientRequestsPerSecond,
        double errorsPerSecond,
        double rejectedPerSecond,
        Map<String, Latency> latencies,
        Optional<Latency> datastore,
        long inFlight,
        long watches,
        OptionalLong datastoreBytes) {
    /** Copies the map, sorted by verb. */
    public ApiUsage {
        latencies = Collections.unmodifiableSortedMap(new TreeMap<>(latencies));
    }
}
