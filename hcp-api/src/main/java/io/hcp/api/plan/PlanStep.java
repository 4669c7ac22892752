package io.hcp.api.plan;

import java.util.Set;

/**
 * One named piece of work. Steps are idempotent: carried out twice, the second time changes nothing.
 *
 * @param id unique within its plan, for example {@code start kube-apiserver}
 * @param reason why the step is needed
 * @param after the ids of the steps that must be done before
 */
public record PlanStep(String id, String reason, Set<String> after) {
    /** Copies the set, keeping nothing of the caller's. */
    public PlanStep {
        after = Set.copyOf(after);
    }
}
