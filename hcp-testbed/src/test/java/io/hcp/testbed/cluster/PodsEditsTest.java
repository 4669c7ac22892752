package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.HcpException;
import io.hcp.api.model.Cidr;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.Quantity;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanStep;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.testbed.fake.Crashed;
import io.hcp.testbed.fake.FakeUnderCluster;
import io.hcp.testbed.fake.InMemoryPods;
import io.hcp.testbed.fake.UnderWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Descriptions and objects of tenants that are changed, by us and by others. */
class PodsEditsTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.35.4")
            .tenantId("t234bcdfghjkmnpq")
            .networkProfile(n -> n.addServiceCidrs(Cidr.parse("10.32.0.0/16"))) // not the imagined cluster's own
            .build();

    private final UnderWorld world = new UnderWorld();
    private boolean edited;
    private final HostedControlPlanes hcp = InMemoryPods.on(world.open());

    @BeforeEach
    void create() {
        hcp.apply(ACME).awaitReady(LIMIT);
    }

    private ClusterObject live(String id) {
        return Objects.requireNonNull(world.objects().get(id), id);
    }

    private void edit(Kind kind, Object value, String... path) {
        world.applyAsOther(ClusterObject.named(kind, "tenants", "acme").with(value, path));
    }

    private static List<String> steps(Plan plan) {
        return plan.steps().stream().map(PlanStep::id).toList();
    }

    @Test
    void plan_justCreated_isEmpty() {
        assertThat(hcp.plan("acme").isEmpty()).isTrue();
    }

    @Test
    void apply_removalsFromTheSpec_happen() {
        TenantControlPlane more = ACME.withNetworkProfile(n -> n.exposure(ExposureType.LOAD_BALANCER)
                        .addLoadBalancerSourceRanges(Cidr.parse("203.0.113.0/24"))
                        .putServiceAnnotation("example.com/pool", "x"))
                .withControlPlane(c -> c.pods(p -> p.putNodeSelector("disk", "ssd"))
                        .apiServer(a -> a.resources(r -> r.limits(l -> l.memory(Quantity.parse("1Gi"))))));
        hcp.apply(more).awaitReady(LIMIT);
        assertThat(live("Service acme").annotation("example.com/pool")).contains("x");

        assertThat(steps(hcp.plan(ACME))).contains("expose", "roll control plane");
        hcp.apply(ACME).awaitReady(LIMIT);

        assertThat(live("Service acme").annotation("example.com/pool")).isEmpty();
        assertThat(live("Service acme").object("spec")).doesNotContainKey("loadBalancerSourceRanges");
        assertThat(live("Deployment acme").object("spec", "template", "spec", "nodeSelector"))
                .isEmpty();
        assertThat(live("Deployment acme").object("spec").toString()).doesNotContain("1Gi");
        assertThat(hcp.plan("acme").isEmpty()).isTrue();
    }

    @Test
    void reconcile_editsThatBreakTheTenant_areUndone() {
        edit(Kind.SERVICE, Map.of("hcp.io/tenant", "acme", "canary", "v2"), "spec", "selector");
        edit(Kind.DEPLOYMENT, true, "spec", "paused");
        assertThat(steps(hcp.plan("acme"))).contains("expose", "repair objects");

        hcp.reconcile("acme").await(LIMIT);

        assertThat(live("Service acme").object("spec", "selector"))
                .containsOnlyKeys("hcp.io/tenant", "app.kubernetes.io/component");
        assertThat(live("Deployment acme").object("spec")).containsEntry("paused", false);
        assertThat(hcp.plan("acme").isEmpty()).isTrue();
    }

    /** The rest is planned anew: what was asked for is done, and what nobody has planned never is. */
    @Test
    void apply_specEditedAfterItWasRecorded_runsWhatWasPlannedAndNothingElse() {
        FakeUnderCluster cluster = world.open();
        hcp.close();
        editOnce(cluster);
        try (HostedControlPlanes other = InMemoryPods.on(cluster)) {
            other.apply(other.plan(ACME.withKubernetesVersion("1.36.3"))).awaitReady(LIMIT);
            assertThat(edited).isTrue();
            assertThat(live("Deployment acme").tree().toString())
                    .contains("v1.36.3")
                    .doesNotContain("no-such-flag");
            assertThat(other.plan("acme").isEmpty()).isTrue();
        }
    }

    /** What was agreed to was another description: it has begun, and is not made more of than that. */
    @Test
    void apply_agreedReconcileAndTheSpecEditedMeanwhile_endsStaleAndNothingElseIsDone() {
        FakeUnderCluster cluster = world.open();
        hcp.close();
        edit(Kind.TENANT, "1.36.3", "spec", "kubernetes", "version");
        world.destroy("Secret acme-scheduler");
        try (HostedControlPlanes other = InMemoryPods.on(cluster)) {
            Plan agreed = other.plan("acme");
            editOnceThere(cluster, "Secret acme-scheduler");
            assertThatThrownBy(() -> other.apply(agreed).awaitReady(LIMIT))
                    .isInstanceOf(HcpException.class)
                    .hasMessageContaining("no longer as it was when the plan was made");
        }
        assertThat(edited).isTrue();
        assertThat(live("Deployment acme").tree().toString()).doesNotContain("no-such-flag");
    }

    private void editOnceThere(FakeUnderCluster cluster, String id) {
        cluster.later(Duration.ofMillis(1), () -> {
            if (world.objects().containsKey(id)) {
                world.applyAsOther(ClusterObject.named(Kind.TENANT, "tenants", "acme")
                        .with("1.36.3", "spec", "kubernetes", "version") // what an applier leaves out is taken away
                        .with(Map.of("no-such-flag", "x"), "spec", "controlPlane", "apiServer", "extraArgs"));
                edited = true;
            } else {
                editOnceThere(cluster, id);
            }
        });
    }

    /** Edits the description as soon as the new version is recorded. */
    private void editOnce(FakeUnderCluster cluster) {
        cluster.later(Duration.ofMillis(1), () -> {
            if (live("TenantControlPlane acme")
                    .text("spec", "kubernetes", "version")
                    .filter("1.36.3"::equals)
                    .isEmpty()) {
                editOnce(cluster);
            } else {
                edit(Kind.TENANT, Map.of("no-such-flag", "x"), "spec", "controlPlane", "apiServer", "extraArgs");
                edited = true;
            }
        });
    }

    @Test
    void apply_otherExposure_isBlockedAndLeavesTheTenantAsItIs() {
        TenantControlPlane inside = ACME.withNetworkProfile(n -> n.exposure(ExposureType.CLUSTER_IP));
        assertThatThrownBy(() -> hcp.apply(inside).awaitReady(LIMIT))
                .isInstanceOf(HcpException.class)
                .hasMessageContaining("an address of exposure LoadBalancer");
        assertThat(hcp.plan("acme").isEmpty()).isTrue();
    }

    @Test
    void apply_otherExposureWithItsAddress_isDone() {
        String address = live("Service acme").text("spec", "clusterIP").orElseThrow();
        hcp.apply(ACME.withNetworkProfile(
                        n -> n.exposure(ExposureType.CLUSTER_IP).address(address)))
                .awaitReady(LIMIT);
        assertThat(live("Service acme").text("spec", "type")).contains("ClusterIP");
        assertThat(hcp.plan("acme").isEmpty()).isTrue();
    }

    @Test
    void reconcile_portChangeKilledAtAnyWrite_publishesTheEndpoint() {
        hcp.close();
        TenantControlPlane moved = ACME.withNetworkProfile(n -> n.port(7443));
        for (int write = 1; ; write++) {
            UnderWorld trial = new UnderWorld();
            try (HostedControlPlanes first = InMemoryPods.on(trial.open())) {
                first.apply(ACME).awaitReady(LIMIT);
            }
            FakeUnderCluster victim = trial.open().crashAt(write, false);
            try (HostedControlPlanes killed = InMemoryPods.on(victim)) {
                killed.apply(moved).awaitReady(LIMIT);
            } catch (HcpException | Crashed e) {
                assertThat(victim.isCrashed()).as("write %d: %s", write, e).isTrue();
            }
            if (!victim.isCrashed()) {
                return;
            }
            trial.time().advance(UnderWorld.LEASE_LASTS);
            try (HostedControlPlanes next = InMemoryPods.on(trial.open())) {
                next.reconcile("acme").await(LIMIT);
            }
            String spec = String.valueOf(
                    trial.objects().get("TenantControlPlane acme").object("spec", "networkProfile"));
            assertThat(trial.written().toString().contains("7443"))
                    .as("killed at write %d", write)
                    .isEqualTo(spec.contains("7443"));
        }
    }

    @Test
    void reconcile_addressOfTheServiceGone_saysSoUntilItIsBack() {
        Object ingress = live("Service acme").objects("status", "loadBalancer", "ingress");
        edit(Kind.SERVICE, List.of(), "status", "loadBalancer", "ingress");

        assertThat(steps(hcp.plan("acme"))).contains("expose");
        assertThat(hcp.get("acme").orElseThrow().status().conditions().toString())
                .contains("it waits for address")
                .contains("the Service has lost address");
        assertThatThrownBy(() -> hcp.reconcile("acme").await(LIMIT))
                .isInstanceOf(HcpException.class)
                .hasMessageContaining("Service acme does not have address");
        assertThat(live("TenantControlPlane acme").objects("status", "conditions"))
                .allSatisfy(condition ->
                        assertThat(condition).containsEntry("status", "False").containsEntry("reason", "NoAddress"));

        edit(Kind.SERVICE, ingress, "status", "loadBalancer", "ingress");
        hcp.reconcile("acme").await(LIMIT);
        assertThat(hcp.plan("acme").isEmpty()).isTrue();
    }
}
