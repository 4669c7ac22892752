package io.hcp.api.plan;

import io.hcp.api.model.Component;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One named piece of work. Steps are idempotent: carried out twice, the second time changes nothing.
 *
 * @param id unique within its plan, for example {@code start kube-apiserver}
 * @param reason why the step is needed
 * @param after the ids of the steps that must be done right before; those that these wait for are not repeated
 * @param component the component that the step starts or stops, if it does
 * @param expected how long it will take, from how long it took this tenant the last time or else from experience
 * @param irreversible why there is no way back from this step, if there is none
 */
public record PlanStep(
        String id,
        String reason,
        Set<String> after,
        Optional<Component> component,
        Duration expected,
        Optional<String> irreversible) {
    /** Copies the set, keeping nothing of the caller's. */
    public PlanStep {
        after = Set.copyOf(after);
    }
}
