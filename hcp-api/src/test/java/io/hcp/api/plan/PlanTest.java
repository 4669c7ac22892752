package io.hcp.api.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.TenantControlPlane;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.36.3")
            .build();
    private static final PlanStep RECORD = new PlanStep(
            "record",
            "it is new",
            Set.of(),
            java.util.Optional.empty(),
            java.time.Duration.ZERO,
            java.util.Optional.empty());
    private static final PlanStep START = new PlanStep(
            "start etcd",
            "version 3.6.16 of 100%",
            Set.of("record"),
            java.util.Optional.empty(),
            java.time.Duration.ZERO,
            java.util.Optional.empty());

    @Test
    void toString_steps_isALineEach() {
        assertThat(new Plan(
                        PlanKind.APPLY,
                        ACME,
                        List.of(),
                        List.of(RECORD, START),
                        List.of(),
                        java.time.Duration.ZERO,
                        ""))
                .hasToString("""
                Plan for tenant "acme", Kubernetes 1.36.3: 2 steps
                  record      it is new
                  start etcd  version 3.6.16 of 100%""");
    }

    @Test
    void toString_noSteps_saysSo() {
        Plan plan = new Plan(PlanKind.APPLY, ACME, List.of(), List.of(), List.of(), java.time.Duration.ZERO, "");

        assertThat(plan).hasToString("Plan for tenant \"acme\", Kubernetes 1.36.3: nothing to do");
        assertThat(plan.isEmpty()).isTrue();
    }

    @Test
    void steps_laterChangesOfTheirSource_areNotSeen() {
        Set<String> after = new HashSet<>(Set.of("record"));
        List<PlanStep> steps = new ArrayList<>(List.of(new PlanStep(
                "start",
                "why",
                after,
                java.util.Optional.empty(),
                java.time.Duration.ZERO,
                java.util.Optional.empty())));
        Plan plan = new Plan(PlanKind.APPLY, ACME, List.of(), steps, List.of(), java.time.Duration.ZERO, "");
        after.clear();
        steps.clear();

        assertThat(plan.steps())
                .containsExactly(new PlanStep(
                        "start",
                        "why",
                        Set.of("record"),
                        java.util.Optional.empty(),
                        java.time.Duration.ZERO,
                        java.util.Optional.empty()));
    }
}
