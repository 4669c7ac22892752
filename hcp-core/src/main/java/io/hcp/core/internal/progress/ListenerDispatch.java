package io.hcp.core.internal.progress;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.plan.Plan;
import io.hcp.api.progress.HcpListener;
import io.hcp.api.progress.OperationState;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands every event to a listener on a thread of its own, in order, so that a listener that throws, blocks or calls back
 * changes nothing for whoever reports. Telling never blocks and never throws. Thread-safe.
 */
public final class ListenerDispatch implements HcpListener, AutoCloseable {
    /** How many events are kept for a listener that is behind. */
    static final int CAPACITY = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(ListenerDispatch.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final HcpListener target;
    private final ThreadPoolExecutor executor;
    private final AtomicLong dropped = new AtomicLong();
    private volatile @Nullable Thread thread;
    private volatile boolean stuck;

    /**
     * Prepares the dispatch; the thread begins with the first event.
     *
     * @param target hears all that this is told
     */
    public ListenerDispatch(HcpListener target) {
        this.target = target;
        ThreadFactory threads = Executors.defaultThreadFactory();
        this.executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(CAPACITY), task -> {
            Thread made = threads.newThread(task);
            made.setName("hcp-listener");
            made.setDaemon(true);
            thread = made;
            return made;
        });
    }

    /**
     * Waits until everything that was told before is heard. Returns at once when called by the listener itself, and for
     * a listener that an earlier call did not outwait, until it moves again.
     *
     * @param limit how long at most
     * @return true if everything is heard
     */
    @CanIgnoreReturnValue
    public boolean flush(Duration limit) {
        return !isOwnThread() && !stuck && outwait(limit);
    }

    private boolean outwait(Duration limit) {
        CountDownLatch heard = new CountDownLatch(1);
        try {
            executor.execute(() -> deliver(heard::countDown));
            if (heard.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
        } catch (RejectedExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        stuck = true;
        if (heard.getCount() == 0) { // it moved just now, maybe before it was called stuck
            stuck = false;
        }
        return false;
    }

    /**
     * Ends the thread once what was told is heard. A listener that needs longer than a second is interrupted and hears no more.
     */
    @Override
    public void close() {
        if (isOwnThread() || outwait(CLOSE_LIMIT)) {
            executor.shutdown();
        } else {
            int unheard = executor.shutdownNow().size();
            if (unheard > 0) {
                LOG.warn("a listener is stuck: {} events were never heard", unheard);
            }
        }
    }

    private boolean isOwnThread() {
        return Thread.currentThread() == thread;
    }

    private void tell(Runnable event) {
        try {
            executor.execute(() -> deliver(event));
        } catch (RejectedExecutionException e) {
            if (!executor.isShutdown() && dropped.getAndIncrement() == 0) {
                LOG.warn("a listener is {} events behind: events are dropped until it catches up", CAPACITY);
            }
        }
    }

    private void deliver(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException | Error e) { // assertions too: a listener never changes what happens
            LOG.warn("a listener failed; the work goes on", e);
        }
        stuck = false;
        if (dropped.get() > 0 && executor.getQueue().isEmpty()) {
            LOG.warn("a listener was behind: {} events were dropped", dropped.getAndSet(0));
        }
    }

    @Override
    public void operationStarted(String tenant, String operation, Plan plan) {
        tell(() -> target.operationStarted(tenant, operation, plan));
    }

    @Override
    public void operationEnded(String tenant, String operation, OperationState state) {
        tell(() -> target.operationEnded(tenant, operation, state));
    }

    @Override
    public void stepStarted(String tenant, String step) {
        tell(() -> target.stepStarted(tenant, step));
    }

    @Override
    public void stepFinished(String tenant, String step, Duration took) {
        tell(() -> target.stepFinished(tenant, step, took));
    }

    @Override
    public void stepFailed(String tenant, String step, Throwable cause) {
        tell(() -> target.stepFailed(tenant, step, cause));
    }

    @Override
    public void stepRetried(String tenant, String step, HcpException cause, int attempt, Duration pause) {
        tell(() -> target.stepRetried(tenant, step, cause, attempt, pause));
    }

    @Override
    public void providing(String component, String activity) {
        tell(() -> target.providing(component, activity));
    }

    @Override
    public void componentRestarted(String tenant, Component component, String reason, int restarts) {
        tell(() -> target.componentRestarted(tenant, component, reason, restarts));
    }
}
