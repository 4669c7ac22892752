package io.hcp.core.internal.cluster;

import io.hcp.api.Condition;
import io.hcp.api.plan.PlanKind;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import io.hcp.api.progress.StepState;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.plan.ClusterTask;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The conditions of a tenant's own object. {@code Ready} tells whether the API is served: what is in the way of a change
 * does not end that as long as something serves. {@code Reconciled} tells whether what runs is what the description says.
 * Pure.
 *
 * @param object the tenant's object as it was
 * @param generation what they are about
 * @param now when they are told
 */
record StatusConditions(ClusterObject object, long generation, Instant now) {
    List<Object> of(OperationReport operation, StatusFacts facts, Standing standing) {
        boolean deletion = operation.kind() == PlanKind.DELETE;
        boolean done = operation.state() == OperationState.DONE && !deletion;
        if (done && standing.isAbout(object)) {
            return List.of(
                    serving("every replica serves"),
                    condition(Condition.RECONCILED, "True", "AsDescribed", "what runs is what the spec says"));
        }
        if (done) {
            return List.of(
                    serving("every replica serves"),
                    condition(
                            Condition.RECONCILED,
                            "False",
                            "Edited",
                            "the spec was edited while the last change was under way. Remedy: reconcile the tenant"));
        }
        String reason = facts.waiting().map(Finding::reason).orElse(StatusText.phase(operation));
        String message = facts.waiting()
                .map(Finding::message)
                .or(operation::problem)
                .orElseGet(() -> StatusText.underWay(operation));
        boolean outage = facts.waiting().filter(Finding::outage).isPresent();
        boolean serves =
                standing.served() && !deletion && !outage && !(facts.waiting().isEmpty() && isMissed(operation));
        return List.of(
                serves ? serving("the API is served") : condition(Condition.READY, "False", reason, message),
                condition(Condition.RECONCILED, "False", reason, message));
    }

    /** Whether replicas were asked and did not say that they serve; what else failed left them as they were. */
    private static boolean isMissed(OperationReport operation) {
        return operation.steps().stream()
                .filter(step -> step.state() == StepState.FAILED)
                .anyMatch(step -> step.id().equals(ClusterTask.AWAIT_ROLLOUT.title())
                        || step.id().equals(ClusterTask.AWAIT_READY.title()));
    }

    private Map<String, Object> serving(String message) {
        return condition(Condition.READY, "True", "Serving", message);
    }

    private Map<String, Object> condition(String type, String status, String reason, String message) {
        Optional<String> since = object.objects("status", "conditions").stream()
                .filter(known -> type.equals(known.get("type")) && status.equals(known.get("status")))
                .map(known -> String.valueOf(known.get("lastTransitionTime")))
                .findFirst();
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", type);
        condition.put("status", status);
        condition.put(
                "lastTransitionTime",
                since.orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString()));
        condition.put("reason", reason);
        condition.put("message", StatusText.cut(message));
        condition.put("observedGeneration", generation);
        return condition;
    }
}
