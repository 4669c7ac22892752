package io.hcp.core.internal.usage;

import java.time.Instant;

/**
 * What one API server said.
 *
 * @param replica the pod or process that it is
 * @param at when it said so
 * @param metrics what it said
 */
public record ApiSample(String replica, Instant at, ApiMetrics metrics) {
    Load load() {
        return new Load(at, Seconds.duration(metrics.cpuSeconds()), Math.round(metrics.residentBytes()));
    }
}
