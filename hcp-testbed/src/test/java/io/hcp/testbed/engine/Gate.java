package io.hcp.testbed.engine;

import io.hcp.testbed.fake.Call;
import io.hcp.testbed.fake.Fault;
import io.hcp.testbed.fake.Faults;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds up the calls of a name until it is opened, so that an operation is under way for as long as a test wants. */
final class Gate implements Faults {
    private static final long LIMIT_MINUTES = 1;

    private final String name;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    Gate(String name) {
        this.name = name;
    }

    @Override
    public Fault decide(Call call) {
        if (call.name().equals(name)) {
            reached.countDown();
            try {
                await(opened);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Fault.none();
    }

    void awaitReached() throws InterruptedException {
        await(reached);
    }

    void open() {
        opened.countDown();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            throw new AssertionError("it took too long");
        }
    }
}
