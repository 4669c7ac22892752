package io.hcp.core.internal.spec.form;

import io.hcp.api.plan.FieldChange;
import io.hcp.api.plan.Obstacle;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanStep;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Plans as documents for programs. They are written only: what is applied is the plan itself. */
public final class PlanDocument {
    private PlanDocument() {}

    /**
     * Writes a plan as JSON.
     *
     * @param plan the plan
     * @return one document, see {@link io.hcp.core.Plans#toJson}
     */
    public static String toJson(Plan plan) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("tenant", plan.wanted().name());
        tree.put("kind", plan.kind().name());
        tree.put("digest", plan.digest());
        tree.put("apiGap", duration(plan.apiGap()));
        tree.put("changes", plan.changes().stream().map(PlanDocument::change).toList());
        tree.put("steps", plan.steps().stream().map(PlanDocument::step).toList());
        tree.put(
                "obstacles",
                plan.obstacles().stream().map(PlanDocument::obstacle).toList());
        tree.put("wanted", TenantForm.TENANT.write(plan.wanted()));
        return JsonText.write(tree);
    }

    private static Map<String, Object> change(FieldChange change) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("path", change.path());
        change.before().ifPresent(before -> tree.put("before", before));
        change.after().ifPresent(after -> tree.put("after", after));
        return tree;
    }

    private static Map<String, Object> step(PlanStep step) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", step.id());
        tree.put("reason", step.reason());
        tree.put("after", step.after().stream().sorted().toList());
        step.component().ifPresent(component -> tree.put("component", component.toString()));
        tree.put("expected", duration(step.expected()));
        step.irreversible().ifPresent(reason -> tree.put("irreversible", reason));
        return tree;
    }

    private static Map<String, Object> obstacle(Obstacle obstacle) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", obstacle.kind().name());
        tree.put("problem", obstacle.problem());
        tree.put("remedy", obstacle.remedy());
        return tree;
    }

    private static Object duration(Duration duration) {
        return Codecs.DURATION.write(duration);
    }
}
