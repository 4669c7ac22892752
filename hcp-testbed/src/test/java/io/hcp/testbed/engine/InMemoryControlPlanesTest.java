package io.hcp.testbed.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.Condition;
import io.hcp.api.ControlPlane;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.progress.OperationState;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.InMemoryControlPlanes;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole library on an imagined machine, as platforms use it in their tests. */
class InMemoryControlPlanesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.36.3")
            .build();

    private final FakeWorld world = new FakeWorld();
    private final HostedControlPlanes hcp = InMemoryControlPlanes.open(world);

    @AfterEach
    void close() {
        hcp.close();
    }

    @Test
    void apply_newTenant_isReadyAndAsDescribed() {
        ControlPlane acme = hcp.apply(ACME).awaitReady(SOON);

        assertThat(acme.status().ready()).isTrue();
        assertThat(acme.status().conditions())
                .allSatisfy(condition ->
                        assertThat(condition.status()).as(condition.toString()).isEqualTo(Condition.Status.TRUE));
        assertThat(acme.lastOperation().orElseThrow().state()).isEqualTo(OperationState.DONE);
        assertThat(acme.kubeconfig(k -> k.user("ops"))).contains("https://127.0.0.1:");
        assertThat(hcp.plan(ACME).isEmpty()).isTrue();
        assertThat(hcp.plan("acme").isEmpty()).isTrue();
        assertThat(hcp.list()).hasSize(1);
    }

    @Test
    void apply_oneFlagOfTheControllerManager_restartsItAlone() {
        hcp.apply(ACME).awaitReady(SOON);
        TenantControlPlane louder = ACME.withControlPlane(c -> c.controllerManager(m -> m.putExtraArg("v", "4")));

        Plan plan = hcp.plan(louder);
        hcp.apply(plan).awaitReady(SOON);

        assertThat(plan.touches()).isEqualTo(EnumSet.of(Component.KUBE_CONTROLLER_MANAGER));
        assertThat(plan.apiGap()).isZero();
        assertThat(hcp.plan(louder).isEmpty()).isTrue();
    }

    @Test
    void reconcile_componentKilled_startsItAgain() {
        ControlPlane acme = hcp.apply(ACME).awaitReady(SOON);
        hcp.close();
        world.outside().kill("acme", Component.KUBE_SCHEDULER);
        try (HostedControlPlanes next = InMemoryControlPlanes.open(world)) {
            ControlPlane found = next.get("acme").orElseThrow();
            assertThat(found.status().condition(Condition.RECONCILED))
                    .hasValueSatisfying(drift -> assertThat(drift.reason()).isEqualTo("Drifted"));

            next.reconcile("acme").await(SOON);

            assertThat(found.awaitReady(SOON).status().condition(Condition.RECONCILED))
                    .hasValueSatisfying(drift -> assertThat(drift.reason()).isEqualTo("AsDescribed"));
        }
        assertThat(acme.spec().name()).isEqualTo("acme");
    }

    @Test
    void delete_everything_leavesNothing() {
        hcp.apply(ACME).awaitReady(SOON);

        hcp.delete("acme").await(SOON);

        assertThat(world.tenants()).isEmpty();
        assertThat(world.keptPorts()).isEmpty();
        assertThat(hcp.get("acme")).isEmpty();
        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> hcp.delete("acme"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
    }

    @Test
    void delete_retained_comesBackToItsIdAlone() {
        TenantControlPlane kept = ACME.withLifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN));
        ControlPlane acme = hcp.apply(kept).awaitReady(SOON);
        String authorities = world.state("acme").authorities().orElseThrow();
        String id = acme.spec().tenantId().orElseThrow();

        hcp.delete("acme").await(SOON);

        assertThat(world.tenants()).isEmpty();
        assertThat(hcp.plan(ACME).toString()).doesNotContain("bring back");
        hcp.apply(kept.withTenantId(id)).awaitReady(SOON);
        assertThat(world.state("acme").authorities()).contains(authorities);
        assertThat(world.retained()).isEmpty();
        assertThat(hcp.plan(kept.withTenantId(id)).isEmpty()).isTrue();
    }

    @Test
    void apply_plan_worldMoved_isStaleAndNothingIsDone() {
        hcp.apply(ACME).awaitReady(SOON);
        Plan plan = hcp.plan(ACME.withNetworkProfile(n -> n.addCertSan("api.example")));
        hcp.apply(ACME.withControlPlane(c -> c.scheduler(s -> s.putExtraArg("v", "3"))))
                .awaitReady(SOON);
        var before = world.state("acme");

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> hcp.apply(plan))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.PLAN_STALE));

        assertThat(world.state("acme")).isEqualTo(before);
    }
}
