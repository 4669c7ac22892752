package io.hcp.core.internal.execute;

import static io.hcp.core.internal.execute.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.internal.plan.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/** Executions whose steps begin, wait and fail as a test says. */
abstract class ExecutionFixture {
    static final Duration LONG = Duration.ofSeconds(20);
    static final List<Work> TWO = List.of(step("a"), step("b"));
    static final int ROUNDS = 200; // one in twenty is enough to see a race

    final ExecutorService executor = Executors.newCachedThreadPool();
    final List<String> begun = Collections.synchronizedList(new ArrayList<>());
    final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    final Map<String, RuntimeException> failures = new ConcurrentHashMap<>();
    final Map<String, CountDownLatch> beginnings = new ConcurrentHashMap<>();

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    final Execution execution(List<Work> works) {
        return execution(works, this::carryOut, ExecutionFixture::noRecovery);
    }

    final Execution execution(
            List<Work> works, Consumer<Work> doer, Function<HcpException, Optional<List<Work>>> recovery) {
        return execution(works, doer, recovery, HcpListener.NONE, () -> {});
    }

    final Execution execution(
            List<Work> works,
            Consumer<Work> doer,
            Function<HcpException, Optional<List<Work>>> recovery,
            HcpListener listener,
            Runnable onSuccess) {
        Execution.Environment environment = new Execution.Environment(executor, listener, onSuccess);
        return new Execution(Steps.plan(works), works, doer, recovery, environment);
    }

    static Optional<List<Work>> noRecovery(HcpException problem) {
        return Optional.empty();
    }

    final void carryOut(Work work) {
        begun.add(work.id());
        beginning(work.id()).countDown();
        CountDownLatch gate = gates.get(work.id());
        try {
            if (gate != null) {
                gate.await();
            }
        } catch (InterruptedException e) {
            throw Poll.cancelled();
        }
        RuntimeException failure = failures.get(work.id());
        if (failure != null) {
            throw failure;
        }
    }

    CountDownLatch beginning(String step) {
        return beginnings.computeIfAbsent(step, key -> new CountDownLatch(1));
    }

    final void hold(String step) {
        gates.put(step, new CountDownLatch(1));
    }

    final void release(String step) {
        Objects.requireNonNull(gates.get(step), step).countDown();
    }

    final void awaitBegun(String step) throws InterruptedException {
        assertThat(beginning(step).await(20, TimeUnit.SECONDS)).as(step).isTrue();
    }

    /** Spins, since threads that a latch wakes up come one after the other. */
    static void endTogether(AtomicInteger arrived) {
        arrived.incrementAndGet();
        while (arrived.get() < TWO.size()) {
            Thread.onSpinWait();
        }
    }

    final void awaitThreads() throws InterruptedException {
        executor.shutdown();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static HcpException problem(ErrorKind kind) {
        return new HcpException(kind, "it broke", "mend it");
    }
}
