package io.hcp.core.internal.component;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A wait that ends early only through interruption. */
final class Pause {
    private Pause() {}

    static void of(Duration duration) throws InterruptedException {
        boolean unused = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }
}
