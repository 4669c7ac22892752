package io.hcp.core.internal.maintain;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often tenants are looked at, and how many at a time. Immutable.
 *
 * @param workers how many are worked with at a time, at least 1; those that only wait for what is late do not count
 * @param perSecond how many looks are begun in a second at most, above 0
 * @param every after which time, at least, a tenant is looked at that nothing was heard of; half as much again at most
 * @param spread over which time the first looks are spread
 * @param settle how long changes are collected before they are looked at
 */
public record Pace(int workers, double perSecond, Duration every, Duration spread, Duration settle) {
    /** Sixteen at a time, ten looks a second, passes of 8 to 12 hours. */
    public static final Pace DEFAULT =
            new Pace(16, 10, Duration.ofHours(8), Duration.ofMinutes(1), Duration.ofMillis(500));

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** At 1.5 s each in the mean, more than the 20 s after which nobody counts on a right any more. */
    private static final int SOON = 16;

    private static final int DOUBLINGS = 16;

    Duration spacing() {
        return Duration.ofNanos((long) (Duration.ofSeconds(1).toNanos() / perSecond));
    }

    /** When a tenant is looked at first, after a start or when another instance is gone. */
    Duration first(RandomGenerator random) {
        return part(spread, random.nextDouble());
    }

    /** After which time a tenant that is well is looked at again. */
    Duration pass(RandomGenerator random) {
        return every.plus(part(every, random.nextDouble() / 2));
    }

    /** After which time a tenant that something went wrong with is looked at again: up to twice as long each time. */
    Duration again(int times, RandomGenerator random) {
        Duration whole = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 1, DOUBLINGS));
        Duration bounded = whole.compareTo(LONGEST_PAUSE) < 0 ? whole : LONGEST_PAUSE;
        return part(bounded, 0.5 + random.nextDouble() / 2);
    }

    /**
     * After which time a tenant is looked at again that somebody else is at work with: soon, until it would be free if that
     * one has ended, then as after other failures.
     */
    Duration held(int times, RandomGenerator random) {
        return again(Math.min(times, Math.max(2, times - SOON)), random);
    }

    private static Duration part(Duration whole, double share) {
        return Duration.ofNanos((long) (whole.toNanos() * share));
    }
}
