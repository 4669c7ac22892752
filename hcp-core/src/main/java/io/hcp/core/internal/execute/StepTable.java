package io.hcp.core.internal.execute;

import io.hcp.api.progress.OperationProgress;
import io.hcp.api.progress.StepReport;
import io.hcp.api.progress.StepState;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.plan.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How each step of one plan stands. Not thread-safe. */
final class StepTable {
    private final PlannedWork planned;
    private final Map<String, StepReport> reports = new LinkedHashMap<>();
    private final List<String> done = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();

    StepTable(PlannedWork planned) {
        this.planned = planned;
        planned.works().forEach(work -> revert(work.id()));
    }

    PlannedWork planned() {
        return planned;
    }

    /** Returns the steps that can begin and were not returned before. What is not in the plan counts as done. */
    List<Work> takeReady() {
        return planned.works().stream()
                .filter(work -> work.step().after().stream().allMatch(id -> !reports.containsKey(id) || isDone(id)))
                .filter(work -> taken.add(work.id()))
                .toList();
    }

    /** Notes another attempt, the first one included. */
    void begin(String id) {
        put(id, StepState.RUNNING, report(id).attempts() + 1, Duration.ZERO, "");
    }

    /** Notes that a step did not begin after all. */
    void revert(String id) {
        put(id, StepState.WAITING, 0, Duration.ZERO, "");
    }

    void done(String id, Duration took, String evidence) {
        put(id, StepState.DONE, report(id).attempts(), took, evidence);
        done.add(id);
    }

    void failed(String id, Duration took, String evidence) {
        put(id, StepState.FAILED, report(id).attempts(), took, evidence);
    }

    boolean isAllDone() {
        return done.size() == reports.size();
    }

    List<StepReport> reports() {
        return List.copyOf(reports.values());
    }

    OperationProgress progress() {
        return new OperationProgress(done, ids(StepState.RUNNING), ids(StepState.WAITING));
    }

    private List<String> ids(StepState state) {
        return reports.values().stream()
                .filter(report -> report.state() == state)
                .map(StepReport::id)
                .toList();
    }

    private boolean isDone(String id) {
        return report(id).state() == StepState.DONE;
    }

    private StepReport report(String id) {
        return Objects.requireNonNull(reports.get(id), id);
    }

    private void put(String id, StepState state, int attempts, Duration took, String evidence) {
        reports.put(id, new StepReport(id, state, attempts, took, evidence));
    }
}
