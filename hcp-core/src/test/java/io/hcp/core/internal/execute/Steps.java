package io.hcp.core.internal.execute;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanStep;
import io.hcp.core.internal.plan.Verb;
import io.hcp.core.internal.plan.Work;
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
                new PlanStep(
                        id, "because", Set.of(after), Optional.empty(), java.time.Duration.ZERO, Optional.empty()));
    }

    static Plan plan(List<Work> works) {
        return new Plan(
                io.hcp.api.plan.PlanKind.APPLY,
                ACME,
                List.of(),
                works.stream().map(Work::step).toList(),
                List.of(),
                java.time.Duration.ZERO,
                "");
    }
}
