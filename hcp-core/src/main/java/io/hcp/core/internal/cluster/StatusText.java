package io.hcp.core.internal.cluster;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The status of a tenant's own object. Pure. */
final class StatusText {
    /** Where the journal is. */
    static final String JOURNAL = "journal";

    private static final int LONGEST = 2_000;

    private StatusText() {}

    static ClusterObject of(
            ClusterObject object, JournalEntry entry, StatusFacts facts, Standing standing, Instant now) {
        OperationReport operation = entry.operation();
        Map<String, Object> status = new LinkedHashMap<>(object.object("status"));
        status.put("observedGeneration", standing.observed(object));
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
        status.put(
                "conditions",
                new StatusConditions(object, standing.observed(object), now).of(operation, facts, standing));
        return object.with(status, "status");
    }

    static String phase(OperationReport operation) {
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

    static String underWay(OperationReport operation) {
        if (operation.kind() == PlanKind.DELETE) {
            return "the deletion has begun";
        }
        String step = step(operation);
        return step.isEmpty() ? "the next step is about to begin" : "step " + step;
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

    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }
}
