package io.hcp.core.internal.execute;

import io.hcp.api.Operation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.plan.Plan;
import io.hcp.api.progress.OperationProgress;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.plan.Work;
import io.hcp.core.internal.progress.ListenerDispatch;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Carries out the steps of one plan in parallel, each as soon as all those it waits for are done. Thread-safe. */
public final class Execution implements Operation {
    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(1);

    private final String id;
    private final String tenant;
    private final Doer doer;
    private final Recovery recovery;
    private final Environment environment;
    private final ListenerDispatch listener;
    private final Time time;
    private final Ledger ledger;
    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    private volatile boolean ended;

    /**
     * Prepares an execution; {@link #start} begins it.
     *
     * @param id tells operations apart
     * @param planned the plan
     * @param doer does its steps
     * @param recovery asked after a failure, when no step is under way
     * @param environment where to run and whom to tell
     */
    public Execution(String id, PlannedWork planned, Doer doer, Recovery recovery, Environment environment) {
        this.id = id;
        this.tenant = planned.plan().wanted().name();
        this.doer = doer;
        this.recovery = recovery;
        this.environment = environment;
        this.listener = environment.listener();
        this.time = environment.time();
        this.ledger = new Ledger(id, planned, time, environment.journal());
    }

    /**
     * Begins, and hands the first report to the journal. An operation without steps ends before this returns.
     *
     * @return this execution
     */
    public Execution start() {
        listener.operationStarted(tenant, id, plan());
        ledger.start();
        goOn();
        return this;
    }

    /** Ends an activity: begins the steps that now can begin or, after the last activity, ends the operation. */
    private void goOn() {
        Ledger.Next next = ledger.next();
        next.ready().forEach(work -> submit(work, next.planned()));
        if (next.last()) {
            recoverOrEnd();
        }
    }

    private void submit(Work work, PlannedWork planned) {
        try {
            environment.executor().execute(() -> carryOut(work, planned));
        } catch (RejectedExecutionException e) { // it is shut down, and so the work is to stop
            ledger.fail(Time.cancelled());
            goOn();
        } catch (RuntimeException | Error e) {
            ledger.fail(unexpected(work, e));
            goOn();
        }
    }

    private void carryOut(Work work, PlannedWork planned) {
        if (ledger.begin(work)) {
            listener.stepStarted(tenant, work.id());
            long start = time.nanoTime();
            try {
                String evidence = attempt(work, planned, start);
                finished(work, start, evidence);
            } catch (HcpException e) {
                failed(work, start, e);
            } catch (RuntimeException | Error e) { // an error too: whoever awaits must hear of it
                failed(work, start, unexpected(work, e));
            }
        }
        goOn();
    }

    private String attempt(Work work, PlannedWork planned, long start) {
        for (int attempt = 1; ; attempt++) {
            try {
                return doer.carryOut(work, planned);
            } catch (HcpException e) {
                Optional<Duration> pause = environment.retry().pause(e.kind(), attempt, since(start));
                if (pause.isEmpty() || ledger.failure().isPresent()) {
                    throw e;
                }
                listener.stepRetried(tenant, work.id(), e, attempt, pause.get());
                time.pause(pause.get());
                if (!ledger.beginAgain(work)) {
                    throw e;
                }
            }
        }
    }

    private void finished(Work work, long start, String evidence) {
        Duration took = since(start);
        listener.stepFinished(tenant, work.id(), took);
        ledger.done(work, took, evidence);
    }

    private void failed(Work work, long start, HcpException problem) {
        listener.stepFailed(tenant, work.id(), problem.during(tenant, work.id()));
        ledger.failed(work, since(start), problem);
    }

    private void recoverOrEnd() {
        Optional<HcpException> problem = ledger.beginRecovery();
        if (problem.isPresent() && recover(problem.get())) {
            goOn();
        } else {
            end();
        }
    }

    private boolean recover(HcpException problem) {
        Optional<PlannedWork> instead = Optional.empty();
        HcpException otherwise = problem;
        try {
            instead = recovery.instead(problem);
        } catch (HcpException e) {
            otherwise = e;
        } catch (RuntimeException | Error e) {
            otherwise = unexpected("the recovery of tenant \"%s\"".formatted(tenant), e);
        }
        return ledger.endRecovery(instead, otherwise);
    }

    private void end() {
        ledger.conclude();
        if (ledger.failure().isEmpty()) {
            try {
                environment.onSuccess().run();
            } catch (HcpException e) {
                ledger.fail(e);
            } catch (RuntimeException | Error e) {
                ledger.fail(unexpected("the end of the work on tenant \"%s\"".formatted(tenant), e));
            }
        }
        if (ledger.state() == OperationState.DONE && ledger.failure().isPresent()) {
            ledger.conclude(); // again: the tenant was lost with the last report, or what follows a success failed
        }
        environment.onEnd().run();
        ended = true; // before a listener hears of it, who may begin the next one
        listener.operationEnded(tenant, id, ledger.state());
        listener.flush(FLUSH_LIMIT);
        ledger.failure().ifPresentOrElse(completion::completeExceptionally, () -> completion.complete(null));
    }

    private Duration since(long start) {
        return Duration.ofNanos(time.nanoTime() - start);
    }

    private HcpException unexpected(Work work, Throwable cause) {
        return unexpected("step \"%s\" of tenant \"%s\"".formatted(work.id(), tenant), cause);
    }

    static HcpException unexpected(String what, Throwable cause) {
        return new HcpException(
                ErrorKind.IO, what + " failed: " + cause, "see the cause, then make the same call again", cause);
    }

    @Override
    public String id() {
        return id;
    }

    /** Returns the plan; after a recovery the one that replaced it. */
    @Override
    public Plan plan() {
        return ledger.planned().plan();
    }

    @Override
    public OperationReport report() {
        return ledger.report();
    }

    @Override
    public OperationProgress progress() {
        return ledger.progress();
    }

    @Override
    public void cancel() {
        ledger.cancel();
    }

    @Override
    public Execution await(Duration limit) {
        try {
            completion.get(Time.nanos(limit), TimeUnit.NANOSECONDS);
            return this;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HcpException(
                    ErrorKind.CANCELLED,
                    "the wait for tenant \"" + tenant + "\" was interrupted; the work goes on",
                    "wait again, or cancel the operation",
                    e);
        } catch (ExecutionException e) {
            throw (HcpException) e.getCause();
        } catch (TimeoutException e) {
            throw new HcpException(
                    ErrorKind.TIMEOUT,
                    "tenant \"%s\" was not done within %s; under way: %s"
                            .formatted(tenant, limit, progress().running()),
                    "wait longer, or look at the logs of the named steps");
        }
    }

    @Override
    public CompletableFuture<Void> completion() {
        CompletableFuture<Void> own = new CompletableFuture<>(); // a copy() would wrap the failure
        CompletableFuture<Boolean> unused = completion.handle(
                (none, failure) -> failure == null ? own.complete(null) : own.completeExceptionally(failure));
        return own;
    }

    /** {@return true once nothing of it is done any more and its last report is in the journal} */
    public boolean isEnded() {
        return ended;
    }
}
