package io.hcp.testbed.fake;

import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time that passes only when somebody lets it: a pause is over at once, and the clock is later by it. Thread-safe; the
 * pauses of several threads add up.
 */
public final class VirtualTime implements Time {
    /** When time begins unless told otherwise. */
    public static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private final Instant beginning;
    private final AtomicLong passed = new AtomicLong();

    /** Begins at {@link #BEGINNING}. */
    public VirtualTime() {
        this(BEGINNING);
    }

    /**
     * Begins.
     *
     * @param beginning the first moment
     */
    public VirtualTime(Instant beginning) {
        this.beginning = beginning;
    }

    @Override
    public Instant instant() {
        return beginning.plusNanos(passed.get());
    }

    @Override
    public long nanoTime() {
        return passed.get();
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it, but whoever is waited for may need this processor
    public void pause(Duration duration) {
        if (Thread.currentThread().isInterrupted()) {
            throw Time.cancelled();
        }
        advance(duration);
        Thread.yield();
    }

    /**
     * Turns the clock on.
     *
     * @param duration by how much
     */
    public void advance(Duration duration) {
        passed.addAndGet(Math.max(0, Time.nanos(duration)));
    }
}
