package io.hcp.core.internal.execute;

import io.hcp.api.error.ErrorKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Tells whether a step that failed is tried again, and when: exponential back-off with full jitter, so that the engines
 * of many tenants do not come back to the same place at the same moment. Thread-safe.
 */
public final class RetryPolicy {
    static final int ATTEMPTS = 5;
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int FACTOR = 4;

    /** What may pass by itself. After other failures the same step would fail again, or the plan is no longer right. */
    private static final Set<ErrorKind> TRANSIENT = EnumSet.of(ErrorKind.IO, ErrorKind.TIMEOUT, ErrorKind.TENANT_API);

    private final RandomGenerator random;

    /**
     * Makes a policy.
     *
     * @param random spreads the pauses
     */
    public RetryPolicy(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Tells how long to wait before the next attempt.
     *
     * @param kind why the last attempt failed
     * @param attempts how many there were
     * @param elapsed the time since the first began
     * @return the pause, or empty if there is to be no further attempt
     */
    Optional<Duration> pause(ErrorKind kind, int attempts, Duration elapsed) {
        if (!TRANSIENT.contains(kind) || attempts >= ATTEMPTS) {
            return Optional.empty();
        }
        Duration pause = Duration.ofNanos(nextLong(longest(attempts).toNanos() + 1));
        return Optional.of(pause).filter(next -> elapsed.plus(next).compareTo(LIMIT) < 0);
    }

    /** Returns what the pause after so many attempts stays within. */
    static Duration longest(int attempts) {
        long growth = (long) Math.pow(FACTOR, attempts - 1);
        Duration longest = FIRST.multipliedBy(growth);
        return longest.compareTo(LONGEST) < 0 ? longest : LONGEST;
    }

    private synchronized long nextLong(long bound) {
        return random.nextLong(bound);
    }
}
