package io.hcp.core.internal.execute;

import static io.hcp.core.internal.execute.Steps.plan;
import static io.hcp.core.internal.execute.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.progress.HcpListener;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.StepReport;
import io.hcp.core.fixture.VirtualTime;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.plan.Work;
import io.hcp.core.internal.progress.ListenerDispatch;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Executions whose steps begin, wait and fail as a test says. */
abstract class ExecutionFixture {
    static final Duration LONG = Duration.ofSeconds(20);
    static final PlannedWork TWO = plan(step("a"), step("b"));
    static final int ROUNDS = 200; // one in twenty is enough to see a race

    final ExecutorService threads = Executors.newCachedThreadPool();
    final List<String> begun = Collections.synchronizedList(new ArrayList<>());
    final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    final Map<String, RuntimeException> failures = new ConcurrentHashMap<>();
    final Map<String, CountDownLatch> beginnings = new ConcurrentHashMap<>();
    final List<OperationReport> journaled = Collections.synchronizedList(new ArrayList<>());

    /** What an execution gets; tests put other things in their place before they make one. */
    Executor executor = threads;

    VirtualTime time = new VirtualTime();
    HcpListener listener = HcpListener.NONE;
    Consumer<OperationReport> journal = journaled::add;
    Runnable onSuccess = () -> {};

    private @Nullable ListenerDispatch dispatch;

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
        if (dispatch != null) {
            dispatch.close();
        }
    }

    final Execution execution(Work... works) {
        return execution(plan(works), this::carryOut, Recovery.NONE);
    }

    final Execution execution(PlannedWork planned, Doer doer, Recovery recovery) {
        if (dispatch == null) {
            dispatch = new ListenerDispatch(listener);
        }
        return new Execution(
                "op-1",
                planned,
                doer,
                recovery,
                new Environment(
                        executor, time, new RetryPolicy(new Random(7)), dispatch, journal, onSuccess, () -> {}));
    }

    final String carryOut(Work work, PlannedWork planned) {
        begun.add(work.id());
        beginning(work.id()).countDown();
        CountDownLatch gate = gates.get(work.id());
        try {
            if (gate != null) {
                gate.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Time.cancelled();
        }
        RuntimeException failure = failures.get(work.id());
        if (failure != null) {
            throw failure;
        }
        return "did " + work.id();
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

    /** Waits for the end, which is to be a failure. */
    static HcpException awaitFailure(Execution execution) {
        return Objects.requireNonNull(catchThrowableOfType(HcpException.class, () -> execution.await(LONG)));
    }

    /** The journal, a line for each report: the state, then each step. */
    final List<String> journal() {
        return journaled.stream().map(ExecutionFixture::line).toList();
    }

    static String line(OperationReport report) {
        return report.state()
                + report.problem().map(problem -> " (" + problem + ")").orElse("") + ": "
                + String.join(
                        ", ",
                        report.steps().stream().map(ExecutionFixture::line).toList());
    }

    private static String line(StepReport step) {
        return "%s %s %d %s"
                .formatted(step.id(), step.state(), step.attempts(), step.evidence())
                .strip();
    }

    /** Spins, since threads that a latch wakes up come one after the other. */
    static String endTogether(AtomicInteger arrived) {
        arrived.incrementAndGet();
        while (arrived.get() < TWO.works().size()) {
            Thread.onSpinWait();
        }
        return "";
    }

    final void awaitThreads() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    static String meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
            return "";
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Optional<PlannedWork> instead(Work... works) {
        return Optional.of(plan(works));
    }

    static HcpException problem(ErrorKind kind) {
        return new HcpException(kind, "it broke", "mend it");
    }
}
