package io.hcp.core.internal.execute;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.progress.OperationProgress;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.plan.Work;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an operation: how its steps stand, why it fails, and whom a cancellation interrupts. Every change is
 * in the journal when the method that makes it returns. Thread-safe; the monitor is not held while the journal is called.
 */
final class Ledger {
    private final String id;
    private final Time time;
    private final Instant begun;
    private final ReportWriter reports;

    private final Set<Thread> interruptible = new HashSet<>();
    private StepTable steps;
    private int active;
    private @Nullable HcpException failure;
    private OperationState state = OperationState.RUNNING;
    private Optional<Instant> ended = Optional.empty();

    Ledger(String id, PlannedWork planned, Time time, Consumer<OperationReport> journal) {
        this.id = id;
        this.time = time;
        this.begun = time.instant();
        this.reports = new ReportWriter(journal);
        this.steps = new StepTable(planned);
    }

    /**
     * What follows the end of an activity.
     *
     * @param planned the plan
     * @param ready its steps that can begin now, each an activity
     * @param last true if there is no activity any more
     */
    record Next(PlannedWork planned, List<Work> ready, boolean last) {}

    /** Begins the first activity: that of whoever starts the operation, until the first steps are under way. */
    void start() {
        synchronized (this) {
            active = 1;
            reports.add(report());
        }
        writeReports();
    }

    /** Ends an activity. Of activities that end together, only the last is told so. */
    synchronized Next next() {
        List<Work> ready = failure == null ? steps.takeReady() : List.of();
        active += ready.size() - 1;
        return new Next(steps.planned(), ready, active == 0);
    }

    /** Begins a step that the calling thread is about to do; tells whether it may. */
    boolean begin(Work work) {
        synchronized (this) {
            if (failure != null) {
                return false;
            }
            steps.begin(work.id());
            reports.add(report());
        }
        writeReports();
        synchronized (this) {
            if (failure != null) {
                steps.revert(work.id());
                return false;
            }
            interruptible.add(Thread.currentThread());
            return true;
        }
    }

    /** Tells whether there may be another attempt; not if another step has failed, since then this one cannot help. */
    synchronized boolean beginAgain(Work work) {
        if (failure == null) {
            steps.begin(work.id());
        }
        return failure == null;
    }

    void done(Work work, Duration took, String evidence) {
        synchronized (this) {
            endInterruptible();
            steps.done(work.id(), took, evidence);
            reports.add(report());
        }
        writeReports();
    }

    void failed(Work work, Duration took, HcpException problem) {
        synchronized (this) {
            fail(problem);
            endInterruptible();
            steps.failed(work.id(), took, isCancelled() ? "cancelled" : String.valueOf(problem.getMessage()));
            reports.add(report());
        }
        writeReports();
    }

    /** Notes a failure; the first one counts. */
    synchronized void fail(HcpException problem) {
        if (failure == null) {
            failure = problem;
        }
    }

    /** Returns the failure that the calling thread may look for a way around, if there is one. */
    synchronized Optional<HcpException> beginRecovery() {
        if (failure == null || isCancelled()) {
            return Optional.empty();
        }
        interruptible.add(Thread.currentThread());
        return Optional.of(failure);
    }

    /** Forgets the failure, and begins an activity, if there is a way around it; tells whether that is so. */
    boolean endRecovery(Optional<PlannedWork> instead, HcpException otherwise) {
        synchronized (this) {
            if (!isCancelled()) {
                failure = otherwise;
            }
            endInterruptible();
            if (isCancelled() || instead.isEmpty()) {
                return false;
            }
            failure = null;
            steps = new StepTable(instead.get());
            active = 1;
            reports.add(report());
        }
        writeReports();
        return true;
    }

    /** Notes how the operation ends, from what is known; from then on it cannot be cancelled. */
    void conclude() {
        synchronized (this) {
            if (failure == null && !steps.isAllDone()) {
                failure = Execution.unexpected(
                        "the work on tenant \"%s\"".formatted(tenant()),
                        new IllegalStateException(
                                "steps wait for each other: " + progress().waiting()));
            }
            state = outcome();
            ended = Optional.of(time.instant());
            reports.add(report());
        }
        writeReports();
    }

    private OperationState outcome() {
        if (failure == null) {
            return OperationState.DONE;
        }
        return isCancelled() ? OperationState.CANCELLED : OperationState.FAILED;
    }

    synchronized void cancel() {
        if (state == OperationState.RUNNING && !isCancelled()) {
            HcpException earlier = failure;
            failure = Time.cancelled();
            if (earlier != null) {
                failure.addSuppressed(earlier);
            }
        }
        interruptible.forEach(Thread::interrupt);
    }

    /** What follows must not be interrupted by a cancellation that is noted already. Called under the monitor. */
    private void endInterruptible() {
        interruptible.remove(Thread.currentThread());
        if (isCancelled()) {
            boolean unused = Thread.interrupted();
        }
    }

    private void writeReports() {
        try {
            reports.write();
        } catch (HcpException e) {
            lose(e);
        }
    }

    /** Notes that the tenant is somebody else's: whatever else went wrong, that is why, or does not count any more. */
    private synchronized void lose(HcpException problem) {
        boolean known = failure != null && failure.kind() == ErrorKind.LOCKED;
        if (!known && !isCancelled()) {
            HcpException earlier = failure;
            failure = problem;
            if (earlier != null) {
                failure.addSuppressed(earlier);
            }
        }
    }

    private boolean isCancelled() {
        return failure != null && failure.kind() == ErrorKind.CANCELLED;
    }

    synchronized Optional<HcpException> failure() {
        return Optional.ofNullable(failure);
    }

    synchronized OperationState state() {
        return state;
    }

    String tenant() {
        return planned().plan().wanted().name();
    }

    synchronized PlannedWork planned() {
        return steps.planned();
    }

    synchronized OperationProgress progress() {
        return steps.progress();
    }

    synchronized OperationReport report() {
        return new OperationReport(
                id,
                planned().plan().kind(),
                planned().plan().digest(),
                state,
                begun,
                ended,
                steps.reports(),
                failure().filter(problem -> state != OperationState.RUNNING).map(HcpException::getMessage));
    }
}
