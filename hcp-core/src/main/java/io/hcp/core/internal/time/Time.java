package io.hcp.core.internal.time;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Tells the time and lets it pass. Thread-safe. */
public interface Time extends InstantSource {
    /** {@return the time of this machine} */
    static Time system() {
        return SystemTime.INSTANCE;
    }

    /**
     * Tells the time for measuring, like {@link System#nanoTime}.
     *
     * @return nanoseconds since some moment
     */
    long nanoTime();

    /**
     * Lets time pass.
     *
     * @param duration how long
     * @throws HcpException with kind {@code CANCELLED} if this thread is interrupted; its flag stays set
     */
    void pause(Duration duration);

    /** {@return this time as the JDK's type, in UTC} */
    default Clock clock() {
        return withZone(ZoneOffset.UTC);
    }

    /**
     * Asks again and again, every 25 milliseconds, until the answer is yes. For things outside this process that tell
     * nobody when they change.
     *
     * @param limit how long at most
     * @param condition the question; it may throw to give up
     * @return true if it became true, false if the limit passed
     * @throws HcpException with kind {@code CANCELLED} if this thread is interrupted; its flag stays set
     */
    default boolean until(Duration limit, BooleanSupplier condition) {
        long deadline = nanoTime() + nanos(limit);
        while (true) {
            if (condition.getAsBoolean()) {
                return true;
            }
            long left = deadline - nanoTime();
            if (left <= 0) {
                return false;
            }
            pause(Duration.ofNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(25))));
        }
    }

    /** {@return the present moment} */
    @Override
    Instant instant();

    /**
     * Converts a limit that may be as good as endless.
     *
     * @param limit how long
     * @return nanoseconds that can be added to {@link System#nanoTime} without overflow
     */
    static long nanos(Duration limit) {
        return Math.min(TimeUnit.NANOSECONDS.convert(limit), Long.MAX_VALUE / 2);
    }

    /** {@return the exception for work that was told to stop} */
    static HcpException cancelled() {
        return new HcpException(
                ErrorKind.CANCELLED,
                "the operation was cancelled",
                "make the same call again: it goes on where it stopped");
    }
}
