package io.hcp.api.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.36.3")
            .build();
    private static final PlanStep RECORD = step("record description", "it changed");
    private static final PlanStep STOP =
            step("stop etcd", "it runs with other settings", Component.ETCD, "record description");
    private static final PlanStep START = step("start etcd", "version 3.6.16 of 100%", Component.ETCD, "stop etcd");

    @Test
    void toString_steps_tellWhatWhyAndAfterWhat() {
        Plan plan = new Plan(
                PlanKind.APPLY,
                ACME,
                List.of(
                        new FieldChange("spec.a", Optional.empty(), Optional.of("1")),
                        new FieldChange("spec.bb", Optional.of("2"), Optional.of("3")),
                        new FieldChange("spec.c", Optional.of("line\nline"), Optional.empty())),
                List.of(RECORD, STOP, START),
                List.of(),
                Duration.ofMillis(2_345),
                "0123456789abcdef");

        assertThat(plan).hasToString("""
                Plan for tenant "acme", Kubernetes 1.36.3: 3 changes, 3 steps; restarts etcd

                Changes:
                  + spec.a   1
                  ~ spec.bb  2 -> 3
                  - spec.c   line\\nline

                Steps:
                  1  record description           it changed
                  2  stop etcd           after 1  it runs with other settings
                  3  start etcd          after 2  version 3.6.16 of 100%

                API: does not answer for up to 2.4s
                Digest: 0123456789abcdef""");
        assertThat(plan.touches()).containsExactly(Component.ETCD);
    }

    @Test
    void toString_reconciliation_saysWhatIsStarted() {
        Plan plan = plan(PlanKind.RECONCILE, List.of(START), Duration.ofSeconds(61));

        assertThat(plan.toString())
                .startsWith("Plan to reconcile tenant \"acme\", Kubernetes 1.36.3: 1 step; starts etcd\n")
                .contains("\nAPI: does not answer for up to 1m1s\n");
    }

    @Test
    void toString_deletion_saysWhatCannotBeHadBack() {
        PlanStep remove = new PlanStep(
                "remove data", "all", Set.of(), Optional.empty(), Duration.ZERO, Optional.of("it is gone"));
        Plan plan = plan(PlanKind.DELETE, List.of(STOP, remove), Duration.ZERO);

        assertThat(plan.toString())
                .startsWith("Plan to delete tenant \"acme\": 2 steps; stops etcd\n")
                .contains("\nAPI: does not answer now\nIrreversible:\n  ! it is gone\nDigest: ");
        assertThat(plan.irreversible()).containsExactly("it is gone");
    }

    @Test
    void toString_obstacles_comeWithRemedies() {
        Obstacle full = new Obstacle(ErrorKind.DISK_FULL, "the disk is full", "free some space");
        Plan plan = new Plan(PlanKind.APPLY, ACME, List.of(), List.of(), List.of(full), Duration.ZERO, "");

        assertThat(plan).hasToString("""
                Plan for tenant "acme", Kubernetes 1.36.3: nothing to do

                Cannot be applied:
                  x the disk is full
                    remedy: free some space""");
        assertThat(full.asException())
                .hasMessage("the disk is full. Remedy: free some space")
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.DISK_FULL));
    }

    @Test
    void toString_longTexts_fitIntoTheWidth() {
        String path = "spec.kubernetes.authentication.jwt[0].claimValidationRules[0].expression";
        String value = "claims.somebody == 'else' && ".repeat(9);
        PlanStep wordy = step("record description", "because of this and that, ".repeat(9), Component.ETCD);
        Plan plan = new Plan(
                PlanKind.APPLY,
                ACME,
                List.of(
                        new FieldChange(path, Optional.of(value), Optional.of(value + "false")),
                        new FieldChange("spec.a", Optional.empty(), Optional.of(value))),
                List.of(wordy),
                List.of(new Obstacle(ErrorKind.BLOCKED, "this ".repeat(50), "that ".repeat(50))),
                Duration.ZERO,
                "");

        assertThat(plan.toString().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110))
                .anyMatch(line -> line.endsWith("..."));
    }

    @Test
    void toString_noSteps_saysSo() {
        Plan plan = plan(PlanKind.APPLY, List.of(), Duration.ZERO);

        assertThat(plan).hasToString("Plan for tenant \"acme\", Kubernetes 1.36.3: nothing to do");
        assertThat(plan.isEmpty()).isTrue();
    }

    @Test
    void toString_noComponentTouched_saysSo() {
        assertThat(plan(PlanKind.APPLY, List.of(RECORD), Duration.ZERO).toString())
                .contains("1 step; touches no component")
                .contains("API: answers throughout");
    }

    @Test
    void steps_laterChangesOfTheirSource_areNotSeen() {
        Set<String> after = new HashSet<>(Set.of("record"));
        List<PlanStep> steps = new ArrayList<>(
                List.of(new PlanStep("start", "why", after, Optional.empty(), Duration.ZERO, Optional.empty())));
        Plan plan = plan(PlanKind.APPLY, steps, Duration.ZERO);
        after.clear();
        steps.clear();

        assertThat(plan.steps())
                .containsExactly(new PlanStep(
                        "start", "why", Set.of("record"), Optional.empty(), Duration.ZERO, Optional.empty()));
    }

    private static Plan plan(PlanKind kind, List<PlanStep> steps, Duration apiGap) {
        return new Plan(kind, ACME, List.of(), steps, List.of(), apiGap, "");
    }

    private static PlanStep step(String id, String reason) {
        return new PlanStep(id, reason, Set.of(), Optional.empty(), Duration.ZERO, Optional.empty());
    }

    private static PlanStep step(String id, String reason, Component component, String... after) {
        return new PlanStep(id, reason, Set.of(after), Optional.of(component), Duration.ZERO, Optional.empty());
    }
}
