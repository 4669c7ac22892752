package io.hcp.api.progress;

import io.hcp.api.plan.PlanKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is or was done with a tenant, as it is stored: it can be read when whoever did it is gone.
 *
 * @param id tells operations apart
 * @param kind what it is for
 * @param digest the digest of its plan; of the last one if a failure led to another plan on the way
 * @param state how it stands
 * @param begun when it began
 * @param ended when it ended, empty while it is under way or if it was interrupted
 * @param steps its steps, in the order of the plan
 * @param problem why it failed or ended early, with the remedy; empty otherwise
 */
public record OperationReport(
        String id,
        PlanKind kind,
        String digest,
        OperationState state,
        Instant begun,
        Optional<Instant> ended,
        List<StepReport> steps,
        Optional<String> problem) {
    /** Copies the list, keeping nothing of the caller's. */
    public OperationReport {
        steps = List.copyOf(steps);
    }
}
