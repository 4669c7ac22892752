package io.hcp.core.internal.execute;

import io.hcp.api.Operation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.plan.Plan;
import io.hcp.api.progress.HcpListener;
import io.hcp.api.progress.OperationProgress;
import io.hcp.core.internal.plan.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries out the steps of one plan in parallel, each as soon as all those it waits for are done. Thread-safe. */
public final class Execution implements Operation {
    private final Plan plan;
    private final Consumer<Work> doer;
    private final Function<HcpException, Optional<List<Work>>> recovery;
    private final HcpListener listener;
    private final Executor executor;
    private final Runnable onSuccess;
    private final CompletableFuture<Void> completion = new CompletableFuture<>();

    private final List<Work> waiting;
    private final Set<String> running = new LinkedHashSet<>();
    private final Set<Thread> workers = new HashSet<>();
    private final Set<String> done = new LinkedHashSet<>();
    private @Nullable HcpException failure;

    /**
     * Prepares an execution; {@link #start} begins it.
     *
     * @param plan the plan as the user sees it
     * @param works its steps
     * @param doer does one of them, blocking
     * @param recovery asked after a failure, when no step is under way: work to do instead, or nothing
     * @param environment where to run and whom to tell
     */
    public Execution(
            Plan plan,
            List<Work> works,
            Consumer<Work> doer,
            Function<HcpException, Optional<List<Work>>> recovery,
            Environment environment) {
        this.plan = plan;
        this.waiting = new ArrayList<>(works);
        this.doer = doer;
        this.recovery = recovery;
        this.listener = environment.listener();
        this.executor = environment.executor();
        this.onSuccess = environment.onSuccess();
    }

    /**
     * Where steps run and who hears of them.
     *
     * @param executor runs blocking steps on threads of its own, as many at a time as there are
     * @param listener hears of each; throws nothing
     * @param onSuccess runs once all steps are done, before {@link #completion} tells
     */
    public record Environment(Executor executor, HcpListener listener, Runnable onSuccess) {}

    /**
     * Begins.
     *
     * @return this execution
     */
    public Execution start() {
        boolean finished;
        synchronized (this) {
            finished = beginReady();
        }
        if (finished) {
            finish();
        }
        return this;
    }

    /** Begins what can begin; tells whether nothing is under way any more. Called under the monitor. */
    private boolean beginReady() {
        if (failure == null) {
            for (Work work : List.copyOf(waiting)) {
                if (done.containsAll(work.step().after())) {
                    waiting.remove(work);
                    running.add(work.id());
                    executor.execute(() -> carryOut(work));
                }
            }
        }
        return running.isEmpty();
    }

    private void carryOut(Work work) {
        boolean begin;
        synchronized (this) {
            begin = failure == null;
            workers.add(Thread.currentThread());
        }
        HcpException problem = begin ? attempt(work) : null;
        boolean finished;
        synchronized (this) {
            workers.remove(Thread.currentThread());
            running.remove(work.id());
            if (!begin) {
                waiting.add(work);
            } else if (problem == null) {
                done.add(work.id());
            } else if (failure == null) {
                failure = problem;
            }
            // In the same breath as the removal above: of steps that end together, only the last finds none under way.
            finished = beginReady();
        }
        if (finished) {
            finish();
        }
    }

    private @Nullable HcpException attempt(Work work) {
        String tenant = plan.wanted().name();
        long begun = System.nanoTime();
        HcpException problem;
        try {
            listener.stepStarted(tenant, work.id());
            doer.accept(work);
            listener.stepFinished(tenant, work.id(), Duration.ofNanos(System.nanoTime() - begun));
            return null;
        } catch (HcpException e) {
            problem = e;
        } catch (RuntimeException | Error e) { // an error too: whoever awaits must hear of it
            String what = "step \"%s\" of tenant \"%s\" failed: %s".formatted(work.id(), tenant, e);
            problem = new HcpException(ErrorKind.IO, what, "see the cause, then make the same call again", e);
        }
        listener.stepFailed(tenant, work.id(), problem.during(tenant, work.id()));
        return problem;
    }

    private void finish() {
        HcpException problem;
        synchronized (this) {
            problem = failure;
        }
        try {
            if (problem == null) {
                onSuccess.run();
                completion.complete(null);
            } else {
                recoverOrFail(problem);
            }
        } catch (HcpException e) {
            completion.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            String what = "the end of the work on tenant \"%s\" failed: %s"
                    .formatted(plan.wanted().name(), e);
            completion.completeExceptionally(
                    new HcpException(ErrorKind.IO, what, "see the cause, then make the same call again", e));
        }
    }

    private void recoverOrFail(HcpException problem) {
        Optional<List<Work>> instead =
                problem.kind() == ErrorKind.CANCELLED ? Optional.empty() : recovery.apply(problem);
        HcpException last;
        boolean finished = false;
        synchronized (this) {
            last = failure; // another one than the problem if it was cancelled meanwhile
            if (last == problem && instead.isPresent()) {
                failure = null;
                last = null;
                done.clear();
                waiting.clear();
                waiting.addAll(instead.get());
                finished = beginReady();
            }
        }
        if (last != null) {
            completion.completeExceptionally(last);
        } else if (finished) {
            finish();
        }
    }

    @Override
    public String id() {
        return "";
    }

    @Override
    public io.hcp.api.progress.OperationReport report() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Plan plan() {
        return plan;
    }

    @Override
    public synchronized OperationProgress progress() {
        return new OperationProgress(
                List.copyOf(done),
                List.copyOf(running),
                waiting.stream().map(Work::id).toList());
    }

    @Override
    public void cancel() {
        synchronized (this) {
            if (!completion.isDone() && (failure == null || failure.kind() != ErrorKind.CANCELLED)) {
                HcpException earlier = failure;
                failure = Poll.cancelled();
                if (earlier != null) {
                    failure.addSuppressed(earlier);
                }
            }
            workers.forEach(Thread::interrupt);
        }
    }

    @Override
    public Execution await(Duration limit) {
        try {
            completion.get(Poll.nanos(limit), TimeUnit.NANOSECONDS);
            return this;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HcpException(
                    ErrorKind.CANCELLED,
                    "the wait for tenant \"" + plan.wanted().name() + "\" was interrupted; the work goes on",
                    "wait again, or cancel the operation",
                    e);
        } catch (ExecutionException e) {
            throw (HcpException) e.getCause();
        } catch (TimeoutException e) {
            throw new HcpException(
                    ErrorKind.TIMEOUT,
                    "tenant \"%s\" was not done within %s; under way: %s"
                            .formatted(plan.wanted().name(), limit, progress().running()),
                    "wait longer, or look at the logs of the named steps");
        }
    }

    @Override
    public CompletableFuture<Void> completion() {
        return completion.copy();
    }
}
