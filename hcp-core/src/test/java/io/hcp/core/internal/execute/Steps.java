package io.hcp.core.internal.execute;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanKind;
import io.hcp.api.plan.PlanStep;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.plan.Verb;
import io.hcp.core.internal.plan.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Steps that mean nothing but their names. */
final class Steps {
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.36.3")
            .build();

    private Steps() {}

    static Work step(String id, String... after) {
        return new Work(
                Verb.PROVIDE,
                Optional.empty(),
                new PlanStep(id, "because", Set.of(after), Optional.empty(), Duration.ZERO, Optional.empty()));
    }

    /** A plan whose digest is the names of its steps. */
    static PlannedWork plan(Work... works) {
        List<PlanStep> steps = List.of(works).stream().map(Work::step).toList();
        String digest = String.join("+", steps.stream().map(PlanStep::id).toList());
        return new PlannedWork(
                new Plan(PlanKind.APPLY, ACME, List.of(), steps, List.of(), Duration.ZERO, digest),
                List.of(works),
                Optional.empty());
    }
}
