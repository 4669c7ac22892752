package io.hcp.core.internal.execute;

import io.hcp.api.error.HcpException;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.plan.Work;

/** Does the steps of plans. Several are under way at the same time, on threads of their own. */
@FunctionalInterface
public interface Doer {
    /**
     * Does one step. Blocks; ends early when its thread is interrupted. May be asked again for the same step.
     *
     * @param work the step
     * @param planned the plan that it is of
     * @return what shows that it is done, in words without secrets
     * @throws HcpException if it cannot be done; with kind {@code CANCELLED} if the thread was interrupted
     */
    String carryOut(Work work, PlannedWork planned);
}
