package io.hcp.core.internal.execute;

import io.hcp.api.progress.OperationReport;
import io.hcp.core.internal.progress.ListenerDispatch;
import io.hcp.core.internal.time.Time;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Where steps run and who hears of them.
 *
 * @param executor runs blocking steps. One that refuses them, because it is shut down, cancels the operation; one that
 *     drops what it took must give it back to be run: after a cancellation that only ends it
 * @param time measures steps and lets the pauses between attempts pass
 * @param retry tells which failures are worth another attempt
 * @param listener hears of each event
 * @param journal keeps the report, which it is given at the beginning, whenever a step begins or ends, and at the end;
 *     in order, one at a time. If it throws with kind {@code LOCKED}, the tenant is somebody else's and no further step
 *     begins; whatever else it throws is logged, since the next report makes good for it
 * @param onSuccess runs once all steps are done and the journal has it, before {@link Execution#completion} tells; what
 *     it throws fails the operation
 * @param onEnd runs however it ended, right before that is told; must not throw
 */
public record Environment(
        Executor executor,
        Time time,
        RetryPolicy retry,
        ListenerDispatch listener,
        Consumer<OperationReport> journal,
        Runnable onSuccess,
        Runnable onEnd) {}
