package io.hcp.core.internal.plan;

import io.hcp.api.model.Component;
import java.time.Duration;
import java.util.Optional;

/** What can be told of steps before they are done. */
public interface Estimates {
    /**
     * Tells how long a step will take.
     *
     * @param task what sort of step
     * @param component with which component, if with one
     * @return as measured before, or else from experience
     */
    Duration expected(Task task, Optional<Component> component);

    /**
     * Tells whether there is a way back.
     *
     * @param task what sort of step
     * @param component with which component, if with one
     * @return why there is none; empty if there is
     */
    Optional<String> irreversible(Task task, Optional<Component> component);
}
