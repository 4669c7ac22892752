package io.hcp.core.internal.component;

import java.time.Duration;

/**
 * How long the steps of finding a program may take.
 *
 * @param connect how long connecting to a download server may take
 * @param stall how long a download server may send nothing
 * @param backOff the wait before the second attempt of a download; it doubles with every further attempt
 * @param versionCommand how long a program may take to tell its version
 * @param build how long one build may take
 */
public record ResolverLimits(
        Duration connect, Duration stall, Duration backOff, Duration versionCommand, Duration build) {
    /** 10 s to connect, 30 s without data, 1 s back-off, 10 s for a version command, 1 h for a build. */
    public static final ResolverLimits DEFAULT = new ResolverLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofHours(1));
}
