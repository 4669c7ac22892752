package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.PlanStep;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.testbed.fake.Crashed;
import io.hcp.testbed.fake.FakeUnderCluster;
import io.hcp.testbed.fake.InMemoryPods;
import io.hcp.testbed.fake.UnderWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is asked of an under cluster, and what the status of a tenant says. */
class PodsStatusTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String OWN = "TenantControlPlane acme";
    private static final int REPLICAS = 2;
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.35.4")
            .networkProfile(network -> network.address("192.0.2.1"))
            .build();

    private final UnderWorld world = new UnderWorld();

    private FakeUnderCluster with(Consumer<HostedControlPlanes> work) {
        FakeUnderCluster cluster = world.open();
        try (HostedControlPlanes hcp = InMemoryPods.on(cluster)) {
            work.accept(hcp);
        }
        return cluster;
    }

    private void apply() {
        with(hcp -> hcp.apply(ACME).awaitReady(LIMIT));
    }

    private void reconcile() {
        with(hcp -> hcp.reconcile("acme").await(LIMIT));
    }

    private ClusterObject own() {
        return world.objects().get(OWN);
    }

    private void edit(UnaryOperator<ClusterObject> change, boolean status) {
        try (FakeUnderCluster cluster = world.open();
                Lease lease = cluster.acquire("acme")) {
            ClusterObject changed = change.apply(own());
            if (status) {
                cluster.objects().replaceStatus(lease, changed);
            } else {
                cluster.objects().replace(lease, changed);
            }
        }
    }

    private Map<String, Object> condition(String type) {
        return own().objects("status", "conditions").stream()
                .filter(condition -> type.equals(condition.get("type")))
                .findFirst()
                .orElseThrow();
    }

    /** All but what nobody wrote: pods with their names, and what was told in the tenant. */
    private SortedMap<String, String> uids() {
        SortedMap<String, String> uids = new TreeMap<>();
        world.objects().forEach((id, object) -> uids.put(id, object.uid().orElse("")));
        return uids;
    }

    /** Each replica costs one more request, to reach it. */
    @Test
    void apply_newTenant_costsAtMostOneAndAHalfRequestsPerObject() {
        FakeUnderCluster cluster = with(hcp -> hcp.apply(ACME).awaitReady(LIMIT));
        List<String> counted = cluster.requests().stream()
                .filter(request -> !request.startsWith("watch ") && !request.endsWith(" Event"))
                .toList();
        long objects = world.objects().keySet().stream()
                .filter(id -> !id.startsWith("Pod ") && !id.startsWith("PersistentVolumeClaim "))
                .count();
        assertThat(objects).isEqualTo(17);
        assertThat(counted)
                .filteredOn(request -> !request.startsWith("apply ") && !request.startsWith("create "))
                .containsExactlyInAnyOrder(
                        "get TenantControlPlane",
                        "list PersistentVolumeClaim",
                        "list Pod",
                        "list Secret",
                        "replaceStatus TenantControlPlane",
                        "replaceStatus TenantControlPlane");
        assertThat((double) (counted.size() + REPLICAS) / objects).isLessThanOrEqualTo(1.5);
    }

    @Test
    void apply_again_costsNoWriteOnceTheVolumesAreNoted() {
        apply();
        reconcile();
        FakeUnderCluster cluster = with(hcp -> hcp.apply(ACME).awaitReady(LIMIT));
        assertThat(cluster.writes()).isZero();
    }

    @Test
    void reconcile_editThatNeedsNoStep_isObserved() {
        apply();
        edit(own -> own.with("Retain", "spec", "lifecycle", "deletionPolicy"), false);
        assertThat(own().number("status", "observedGeneration")).isLessThan(own().number("metadata", "generation"));
        with(hcp -> hcp.reconcile("acme").await(LIMIT));
        assertThat(own().number("status", "observedGeneration")).isEqualTo(own().number("metadata", "generation"));
        FakeUnderCluster again = with(hcp -> hcp.reconcile("acme").await(LIMIT));
        assertThat(again.writes()).isZero();
    }

    /** What is told at the end is of the description that was carried out. */
    @Test
    void apply_editedWhileItsPodsAreExchanged_isNotTakenForCarriedOut() {
        apply();
        FakeUnderCluster cluster = world.open();
        editOnceRolling(cluster);
        TenantControlPlane louder = ACME.withControlPlane(plane -> plane.scheduler(s -> s.putExtraArg("v", "4")));
        try (HostedControlPlanes hcp = InMemoryPods.on(cluster)) {
            hcp.apply(louder).awaitReady(LIMIT);
        }
        assertThat(own().text("spec", "lifecycle", "deletionPolicy")).contains("Retain");
        assertThat(own().number("status", "observedGeneration")).isLessThan(own().number("metadata", "generation"));
        assertThat(condition("Ready")).containsEntry("status", "True");
        assertThat(condition("Reconciled")).containsEntry("status", "False").containsEntry("reason", "Edited");

        reconcile();
        assertThat(own().number("status", "observedGeneration")).isEqualTo(own().number("metadata", "generation"));
        assertThat(condition("Reconciled")).containsEntry("status", "True");
    }

    private void editOnceRolling(FakeUnderCluster cluster) {
        cluster.later(Duration.ofMillis(1), () -> {
            if (world.objects().get("Deployment acme").tree().toString().contains("--v=4")) {
                world.applyAsOther(ClusterObject.named(Kind.TENANT, "tenants", "acme")
                        .with("Retain", "spec", "lifecycle", "deletionPolicy"));
            } else {
                editOnceRolling(cluster);
            }
        });
    }

    @Test
    void reconcile_statusLost_isMadeAnewAndTouchesNothingElse() {
        apply();
        SortedMap<String, String> before = uids();
        SortedMap<String, String> written = world.written();
        Map<String, Object> spec = own().object("spec");
        edit(own -> own.with(null, "status"), true);
        with(hcp -> assertThat(hcp.plan("acme").steps())
                .extracting(PlanStep::id)
                .containsExactly("await rollout", "bind first roles", "await readiness"));

        reconcile();

        assertThat(uids()).isEqualTo(before);
        assertThat(world.written()).isEqualTo(written);
        assertThat(own().object("spec")).isEqualTo(spec);
        assertThat(own().text("status", "published")).contains("https://192.0.2.1:6443");
        with(hcp -> assertThat(hcp.plan("acme").isEmpty()).isTrue());
    }

    @Test
    void plan_statusLost_stillTellsForHowLongTheApiDoesNotAnswer() {
        apply();
        edit(own -> own.with(null, "status"), true);
        TenantControlPlane changed = ACME.withDataStore(store -> store.etcd(etcd -> etcd.snapshotCount(5_000)));
        with(hcp -> assertThat(hcp.plan(changed).apiGap()).isPositive());
    }

    /** Rules, keys and authorities are in the record; a status without a record is a copy of it. */
    @Test
    void plan_statusLostAndAuthoritiesToo_isBlocked() {
        apply();
        edit(own -> own.with(null, "status"), true);
        world.destroy("Secret acme-ca");
        with(hcp -> assertThat(hcp.plan("acme").obstacles())
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.problem()).contains("authorities")));
    }

    @Test
    void reconcile_killedBeforeTheEndWasTold_bootstrapsAgain() {
        FakeUnderCluster first = with(hcp -> hcp.apply(ACME).awaitReady(LIMIT));
        UnderWorld other = new UnderWorld();
        long lastStatus = first.writes() - 1; // its event comes after it
        FakeUnderCluster victim = other.open().crashAt(lastStatus, false);
        try (HostedControlPlanes hcp = InMemoryPods.on(victim)) {
            hcp.apply(ACME).awaitReady(LIMIT);
        } catch (HcpException | Crashed e) {
            assertThat(victim.isCrashed()).isTrue();
        }
        other.time().advance(UnderWorld.LEASE_LASTS);
        try (HostedControlPlanes hcp = InMemoryPods.on(other.open())) {
            assertThat(hcp.plan("acme").steps()).extracting(PlanStep::id).contains("bind first roles");
            hcp.reconcile("acme").await(LIMIT);
            assertThat(hcp.plan("acme").isEmpty()).isTrue();
        }
    }

    @Test
    void apply_endNotStored_isStoredLater() {
        FakeUnderCluster cluster = world.open();
        try (HostedControlPlanes hcp = InMemoryPods.on(cluster)) {
            hcp.apply(ACME).awaitReady(LIMIT);
            cluster.failStatus(2); // the end is tried twice
            hcp.apply(ACME.withControlPlane(plane -> plane.scheduler(s -> s.putExtraArg("v", "4"))))
                    .awaitReady(LIMIT);
            for (int second = 0; second < 6; second++) {
                world.time().advance(Duration.ofSeconds(1));
                assertThat(cluster.objects().get(Kind.SECRET, "acme-ca")).isPresent(); // time passes with requests
            }
            assertThat(own().text("status", "phase")).contains("Ready");
            assertThat(own().number("status", "observedGeneration")).isEqualTo(own().number("metadata", "generation"));
        }
    }

    @Test
    void reconcile_invalidSpec_isToldWithRemedyAndTouchesNothing() {
        apply();
        SortedMap<String, String> before = uids();
        Map<String, Object> extra = Map.of("no-such-flag", "x");
        edit(own -> own.with(extra, "spec", "controlPlane", "apiServer", "extraArgs"), false);

        assertThatThrownBy(this::reconcile).isInstanceOf(HcpException.class).hasMessageContaining("no-such-flag");

        assertThat(own().text("status", "phase")).contains("Blocked");
        assertThat(condition("Reconciled")).containsEntry("status", "False").containsEntry("reason", "InvalidSpec");
        assertThat(String.valueOf(condition("Reconciled").get("message")))
                .contains("no-such-flag")
                .contains("Remedy: ");
        assertThat(condition("Ready")).containsEntry("status", "True").containsEntry("reason", "Serving");
        assertThat(uids()).isEqualTo(before);

        ClusterObject told = own();
        assertThatThrownBy(this::reconcile).isInstanceOf(HcpException.class);
        assertThat(own()).isEqualTo(told);
    }

    @Test
    void reconcile_invalidSpecMended_saysSo() {
        apply();
        Map<String, Object> extra = Map.of("no-such-flag", "x");
        Map<String, Object> spec = own().object("spec");
        edit(own -> own.with(extra, "spec", "controlPlane", "apiServer", "extraArgs"), false);
        assertThatThrownBy(this::reconcile).isInstanceOf(HcpException.class);
        edit(own -> own.with(spec, "spec"), false);

        reconcile();

        assertThat(own().text("status", "phase")).contains("Ready");
        assertThat(condition("Reconciled")).containsEntry("status", "True");
    }

    @Test
    void reconcile_blockedPlan_isToldWithRemedy() {
        apply();
        world.destroy("Secret acme-ca");

        assertThatThrownBy(this::reconcile).isInstanceOf(HcpException.class);

        assertThat(own().text("status", "phase")).contains("Blocked");
        assertThat(condition("Reconciled")).containsEntry("status", "False").containsEntry("reason", "PkiDamaged");
        assertThat(String.valueOf(condition("Reconciled").get("message"))).contains("Remedy: restore Secrets acme-ca");
    }

    @Test
    void apply_refusedDescription_leavesTheStatus() {
        apply();
        ClusterObject before = own();
        TenantControlPlane wrong =
                ACME.withControlPlane(plane -> plane.apiServer(s -> s.putExtraArg("no-such-flag", "x")));
        with(hcp -> assertThatThrownBy(() -> hcp.apply(wrong)).isInstanceOf(HcpException.class));
        assertThat(own()).isEqualTo(before);
    }
}
