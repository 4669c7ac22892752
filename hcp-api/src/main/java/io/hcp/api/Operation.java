package io.hcp.api;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.api.error.HcpException;
import io.hcp.api.plan.Plan;
import io.hcp.api.progress.OperationProgress;
import io.hcp.api.progress.OperationReport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Work under way on one tenant. Thread-safe. */
public interface Operation {
    /**
     * Returns what tells this operation from others, also in its stored report.
     *
     * @return the id
     */
    String id();

    /**
     * Returns what is being carried out.
     *
     * @return the plan
     */
    Plan plan();

    /**
     * Returns how far the work is.
     *
     * @return a snapshot
     */
    OperationProgress progress();

    /**
     * Returns what was done so far, with attempts, durations and evidence.
     *
     * @return a snapshot, as it is stored
     */
    OperationReport report();

    /**
     * Stops the work: steps under way are interrupted, the others do not begin. What was done stays; the same call
     * made again goes on from there. Returns at once; {@link #await} then fails with kind {@code CANCELLED}.
     */
    void cancel();

    /**
     * Waits until all steps are done.
     *
     * @param limit how long to wait at most
     * @return this operation
     * @throws HcpException if a step failed, or with kind {@code TIMEOUT} if the limit has passed (the work goes on), or
     *     with kind {@code CANCELLED} if it was cancelled or this thread was interrupted (its flag is set again, and the
     *     work goes on)
     */
    @CanIgnoreReturnValue
    Operation await(Duration limit);

    /**
     * Returns a future that completes with the work, exceptionally with the {@link HcpException} of the step that
     * failed. Completing or cancelling the future itself has no effect on the work.
     *
     * @return a future of its own for each call
     */
    CompletableFuture<Void> completion();
}
