package io.hcp.core.internal.execute;

import io.hcp.api.error.HcpException;
import io.hcp.core.internal.plan.PlannedWork;
import java.util.Optional;

/** Knows failures that another plan gets around. */
@FunctionalInterface
public interface Recovery {
    /** Knows none. */
    Recovery NONE = failure -> Optional.empty();

    /**
     * Looks for a way around a failure; asked when no step is under way, and again if that way fails, so that whoever
     * answers has to bound it. Not asked after a cancellation.
     *
     * @param failure why a step failed
     * @return what to do instead of all that is left, or nothing: then the operation fails
     * @throws HcpException to fail with that instead
     */
    Optional<PlannedWork> instead(HcpException failure);
}
