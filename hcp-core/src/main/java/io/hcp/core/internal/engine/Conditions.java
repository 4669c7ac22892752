package io.hcp.core.internal.engine;

import io.hcp.api.Condition;
import io.hcp.api.Condition.Status;
import io.hcp.api.plan.Obstacle;
import io.hcp.api.plan.Plan;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import io.hcp.api.progress.StepState;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be said of a tenant as a whole. Pure. */
final class Conditions {
    private Conditions() {}

    static Condition ready(Health health) {
        if (health.deleting()) {
            return new Condition(Condition.READY, Status.FALSE, "Deleting", "its deletion has begun");
        }
        String threats =
                health.threats().stream().map(threat -> "; beware: " + threat).collect(Collectors.joining());
        return health.notReady().isEmpty()
                ? new Condition(
                        Condition.READY, Status.TRUE, "Serving", "the API answers and pods can be created" + threats)
                : new Condition(
                        Condition.READY,
                        Status.FALSE,
                        "NotServing",
                        "it waits for " + String.join(", ", health.notReady()));
    }

    /**
     * Compares what is with what should be.
     *
     * @param drift what reconciling would do
     * @param last the last operation
     * @return the condition
     */
    static Condition reconciled(Plan drift, Optional<OperationReport> last) {
        OperationState state = last.map(OperationReport::state).orElse(OperationState.DONE);
        if (state == OperationState.RUNNING) {
            return reconciled(Status.FALSE, "OperationUnderWay", progress(last.orElseThrow()));
        }
        if (!drift.obstacles().isEmpty()) {
            return reconciled(
                    Status.FALSE,
                    "Blocked",
                    drift.obstacles().stream().map(Obstacle::problem).collect(Collectors.joining("; ")));
        }
        if (drift.isEmpty()) {
            return reconciled(Status.TRUE, "AsDescribed", "what runs is what the stored description says");
        }
        String reason = switch (state) {
            case INTERRUPTED -> "Interrupted";
            case FAILED -> "Failed";
            case CANCELLED -> "Cancelled";
            default -> "Drifted";
        };
        String left = drift.steps().stream()
                .map(step -> step.id() + " (" + step.reason() + ")")
                .collect(Collectors.joining(", "));
        String problem =
                last.flatMap(OperationReport::problem).map(text -> "; " + text).orElse("");
        return reconciled(Status.FALSE, reason, "to be done: " + left + (state == OperationState.DONE ? "" : problem));
    }

    static Condition unknown(String problem) {
        return reconciled(Status.UNKNOWN, "CannotBeTold", problem);
    }

    private static Condition reconciled(Status status, String reason, String message) {
        return new Condition(Condition.RECONCILED, status, reason, message);
    }

    private static String progress(OperationReport operation) {
        long done = operation.steps().stream()
                .filter(step -> step.state() == StepState.DONE)
                .count();
        return "%s: %d of %d steps done"
                .formatted(
                        operation.kind().name().toLowerCase(Locale.ROOT),
                        done,
                        operation.steps().size());
    }
}
