package io.hcp.core.internal.cluster;

import io.hcp.core.internal.time.Time;
import java.time.Duration;

/**
 * What has changed and was not told yet, and how long that can wait: the first quick steps of an operation until they are
 * over, all else for a few seconds. Guarded by who has it.
 */
final class Untold {
    /** How old what was told may be while there is something newer. */
    static final Duration OLDEST = Duration.ofSeconds(5);

    /** After which steps that began are not over at once. */
    private static final Duration CALM = Duration.ofSeconds(2);

    private final Time time;
    private long changes;
    private long told;
    private boolean begun;
    private long first;
    private long last;

    Untold(Time time) {
        this.time = time;
    }

    /** Another operation begins. */
    void begins() {
        begun = false;
    }

    void changed() {
        last = time.nanoTime();
        if (!isPending()) {
            first = last;
        }
        changes++;
    }

    boolean isPending() {
        return changes > told;
    }

    /** Returns how many nanoseconds it can wait; none, or less, if it cannot. */
    long left() {
        long due = first + OLDEST.toNanos();
        return (begun ? due : Math.min(due, last + CALM.toNanos())) - time.nanoTime();
    }

    /** Returns up to which change something is told that is written now. */
    long mark() {
        return changes;
    }

    void told(long mark) {
        told = Math.max(told, mark);
        begun = true;
        first = time.nanoTime(); // what has changed since then waits as long as all others
    }

    /** Nobody is told any more. */
    void giveUp() {
        told = changes;
    }

    /** It could not be told, and is tried again later. */
    void again() {
        first = time.nanoTime();
        last = first;
    }
}
