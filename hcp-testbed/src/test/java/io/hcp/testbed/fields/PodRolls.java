package io.hcp.testbed.fields;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanStep;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.InMemoryPods;
import io.hcp.testbed.fake.UnderWorld;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which pods of a running tenant are exchanged when a field changes, as the planner of the kubernetes backend says. */
final class PodRolls {
    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("roll datastore", "members");
        NAMES.put("roll control plane", "replicas");
    }

    private final HostedControlPlanes hcp = InMemoryPods.on(new UnderWorld().open());
    private final TenantControlPlane base;

    PodRolls() {
        base = hcp.apply(FieldSamples.base("acme").withTenantId("t234bcdfghjkmnpq"))
                .awaitReady(Duration.ofMinutes(10))
                .spec();
    }

    String of(FieldSample sample) {
        TenantControlPlane running = hcp.get(base.name()).orElseThrow().spec();
        Plan plan;
        try {
            plan = hcp.plan(sample.change().apply(running));
        } catch (InvalidSpecException e) {
            return refused(e.problems());
        }
        if (!plan.obstacles().isEmpty()) {
            return "blocked";
        }
        List<String> steps = plan.steps().stream().map(PlanStep::id).toList();
        List<String> rolled = NAMES.entrySet().stream()
                .filter(name -> steps.contains(name.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return rolled.isEmpty() ? "none" : String.join(", ", rolled);
    }

    private static String refused(List<Problem> problems) {
        if (problems.stream().allMatch(problem -> problem.code().equals("Immutable"))) {
            return "never";
        }
        if (problems.stream().allMatch(problem -> problem.code().equals("NotSupportedByBackend"))) {
            return "not here";
        }
        throw new AssertionError("refused for another reason: " + problems);
    }
}
