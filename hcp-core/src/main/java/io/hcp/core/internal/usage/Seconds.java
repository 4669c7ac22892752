package io.hcp.core.internal.usage;

import java.time.Duration;
import java.time.Instant;

/** Durations as numbers of seconds. */
final class Seconds {
    private static final double NANOS = 1e9;

    private Seconds() {}

    static double of(Duration duration) {
        return duration.getSeconds() + duration.getNano() / NANOS;
    }

    static double between(Instant from, Instant to) {
        return of(Duration.between(from, to));
    }

    static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * NANOS));
    }
}
