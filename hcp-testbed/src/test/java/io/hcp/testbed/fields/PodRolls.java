package io.hcp.testbed.fields;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanStep;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.cluster.plan.ClusterTask;
import io.hcp.testbed.fake.InMemoryPods;
import io.hcp.testbed.fake.UnderWorld;
import java.time.Duration;
import java.util.List;

/** Which pods of a running tenant are exchanged when a field changes, as the planner of the kubernetes backend says. */
final class PodRolls {
    private static final String NAME = "acme";

    private final HostedControlPlanes hcp = InMemoryPods.on(new UnderWorld().open());
    private final TenantControlPlane base;

    PodRolls() {
        hcp.apply(FieldSamples.base(NAME).withTenantId("t234bcdfghjkmnpq")).awaitReady(Duration.ofMinutes(10));
        base = hcp.get(NAME).orElseThrow().spec(); // with the address that it was given
    }

    String of(FieldSample sample) {
        Plan plan;
        try {
            plan = hcp.plan(sample.change().apply(base));
        } catch (InvalidSpecException e) {
            return FieldMatrix.refusal(sample, e.problems());
        }
        if (!plan.obstacles().isEmpty()) {
            return "blocked";
        }
        List<String> steps = plan.steps().stream().map(PlanStep::id).toList();
        boolean members = steps.contains(ClusterTask.ROLL_DATASTORE.title());
        boolean replicas = steps.contains(ClusterTask.ROLL_CONTROL_PLANE.title());
        return members ? (replicas ? "members, replicas" : "members") : (replicas ? "replicas" : "none");
    }
}
