package io.hcp.core.internal.cluster;

import io.hcp.api.Condition;
import io.hcp.api.plan.PlanKind;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import io.hcp.api.progress.StepReport;
import io.hcp.api.progress.StepState;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.record.OwnObject;
import io.hcp.core.internal.gateway.JournalEntry;
import io.hcp.core.internal.journal.JournalForm;
import io.hcp.core.internal.spec.form.Documents;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The status of a tenant's own object. Pure. */
final class StatusText {
    /** Where the journal is. */
    static final String JOURNAL = "journal";

    private static final int LONGEST = 2_000;

    private StatusText() {}

    static ClusterObject of(ClusterObject object, JournalEntry entry, StatusFacts facts, Instant now) {
        OperationReport operation = entry.operation();
        Map<String, Object> status = new LinkedHashMap<>(object.object("status"));
        long generation = object.number("metadata", "generation");
        status.put("observedGeneration", generation);
        status.put("phase", phase(operation));
        String step = step(operation);
        if (step.isEmpty()) {
            status.remove("step");
        } else {
            status.put("step", step);
        }
        facts.endpoint().ifPresent(url -> status.put("endpoint", url));
        facts.published().ifPresent(url -> status.put("published", url));
        facts.version().ifPresent(version -> status.put("version", version));
        facts.selector().ifPresent(selector -> status.put("selector", selector));
        facts.certificateExpiry().ifPresent(moment -> status.put("certificateExpiry", moment));
        if (facts.replicas() >= 0) {
            status.put("replicas", facts.replicas());
            status.put("updatedReplicas", facts.updated());
            status.put("readyReplicas", facts.ready());
        }
        new OwnObject(object).kept().ifPresent(kept -> status.put("record", kept.text()));
        status.put(JOURNAL, Documents.toJson(JournalForm.ENTRY, bounded(entry)));
        status.put("conditions", conditions(object, operation, facts, now, generation));
        return object.with(status, "status");
    }

    private static String phase(OperationReport operation) {
        boolean deletion = operation.kind() == PlanKind.DELETE;
        return switch (operation.state()) {
            case RUNNING -> deletion ? "Deleting" : "Progressing";
            case DONE -> deletion ? "Deleting" : "Ready";
            case FAILED -> isRefused(operation) ? "Blocked" : "Failed";
            case CANCELLED, INTERRUPTED -> "Interrupted";
        };
    }

    /** Nothing was touched: what serves goes on to do so. */
    private static boolean isRefused(OperationReport operation) {
        return operation.state() == OperationState.FAILED && operation.steps().isEmpty();
    }

    private static String step(OperationReport operation) {
        StepState shown = operation.state() == OperationState.RUNNING ? StepState.RUNNING : StepState.FAILED;
        return operation.steps().stream()
                .filter(step -> step.state() == shown)
                .map(StepReport::id)
                .collect(Collectors.joining(", "));
    }

    private static List<Object> conditions(
            ClusterObject object, OperationReport operation, StatusFacts facts, Instant now, long generation) {
        List<Object> conditions = new ArrayList<>();
        boolean done = operation.state() == OperationState.DONE && operation.kind() != PlanKind.DELETE;
        Optional<String> problem = facts.waiting().map(Finding::message).or(operation::problem);
        String reason = facts.waiting().map(Finding::reason).orElse(phase(operation));
        if (done) {
            conditions.add(
                    condition(object, Condition.READY, "True", "Serving", "every replica serves", now, generation));
            conditions.add(condition(
                    object,
                    Condition.RECONCILED,
                    "True",
                    "AsDescribed",
                    "what runs is what the spec says",
                    now,
                    generation));
            return conditions;
        }
        boolean served = object.objects("status", "conditions").stream()
                .anyMatch(condition ->
                        Condition.READY.equals(condition.get("type")) && "True".equals(condition.get("status")));
        String message = problem.orElseGet(() -> underWay(operation));
        if (served && operation.kind() != PlanKind.DELETE && (problem.isEmpty() || isRefused(operation))) {
            conditions.add(
                    condition(object, Condition.READY, "True", "Serving", "every replica serves", now, generation));
        } else {
            conditions.add(condition(object, Condition.READY, "False", reason, message, now, generation));
        }
        conditions.add(condition(object, Condition.RECONCILED, "False", reason, message, now, generation));
        return conditions;
    }

    private static String underWay(OperationReport operation) {
        if (operation.kind() == PlanKind.DELETE) {
            return "the deletion has begun";
        }
        String step = step(operation);
        return step.isEmpty() ? "the next step is about to begin" : "step " + step;
    }

    private static Map<String, Object> condition(
            ClusterObject object,
            String type,
            String status,
            String reason,
            String message,
            Instant now,
            long generation) {
        Instant moment = now.truncatedTo(ChronoUnit.SECONDS);
        String since = object.objects("status", "conditions").stream()
                .filter(known -> type.equals(known.get("type")) && status.equals(known.get("status")))
                .map(known -> String.valueOf(known.get("lastTransitionTime")))
                .findFirst()
                .orElse(moment.toString());
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", type);
        condition.put("status", status);
        condition.put("lastTransitionTime", since);
        condition.put("reason", reason);
        condition.put("message", cut(message));
        condition.put("observedGeneration", generation);
        return condition;
    }

    /** A journal must not make the object too large to be stored. */
    private static JournalEntry bounded(JournalEntry entry) {
        OperationReport report = entry.operation();
        List<StepReport> steps = report.steps().stream()
                .map(step ->
                        new StepReport(step.id(), step.state(), step.attempts(), step.took(), cut(step.evidence())))
                .toList();
        return new JournalEntry(
                new OperationReport(
                        report.id(),
                        report.kind(),
                        report.digest(),
                        report.state(),
                        report.begun(),
                        report.ended(),
                        steps,
                        report.problem().map(StatusText::cut)),
                entry.took());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }
}
