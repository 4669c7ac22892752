package io.hcp.core.internal.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The time of this machine. */
enum SystemTime implements Time {
    INSTANCE;

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void pause(Duration duration) {
        long end = System.nanoTime() + Time.nanos(duration);
        for (long left = Time.nanos(duration); left > 0; left = end - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                throw Time.cancelled();
            }
            LockSupport.parkNanos(left);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw Time.cancelled();
        }
    }
}
