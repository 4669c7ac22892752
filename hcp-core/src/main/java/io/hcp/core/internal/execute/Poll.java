package io.hcp.core.internal.execute;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for things outside this process that tell nobody when they change. */
public final class Poll {
    private static final Duration INTERVAL = Duration.ofMillis(25);

    private Poll() {}

    /**
     * Asks again and again until the answer is yes.
     *
     * @param limit how long at most
     * @param condition the question; it may throw to give up
     * @return true if it became true, false if the limit passed
     * @throws HcpException with kind {@code CANCELLED} if this thread is interrupted; its flag stays set
     */
    public static boolean until(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + nanos(limit);
        while (true) {
            if (condition.getAsBoolean()) {
                return true;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(INTERVAL.toMillis())));
            if (Thread.currentThread().isInterrupted()) {
                throw cancelled();
            }
        }
    }

    /**
     * Converts a limit that may be as good as endless.
     *
     * @param limit how long
     * @return nanoseconds that can be added to {@link System#nanoTime} without overflow
     */
    public static long nanos(Duration limit) {
        return Math.min(TimeUnit.NANOSECONDS.convert(limit), Long.MAX_VALUE / 2);
    }

    /** {@return the exception for work that was told to stop} */
    public static HcpException cancelled() {
        return new HcpException(
                ErrorKind.CANCELLED,
                "the operation was cancelled",
                "make the same call again: it goes on where it stopped");
    }
}
