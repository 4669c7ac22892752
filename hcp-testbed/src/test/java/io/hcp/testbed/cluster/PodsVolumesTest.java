package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.ControlPlaneStatus;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Obstacle;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.ClusterObjects;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.testbed.fake.FakeUnderCluster;
import io.hcp.testbed.fake.InMemoryPods;
import io.hcp.testbed.fake.UnderWorld;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Data of tenants outlives a deletion of its claims as long as it can, and its loss is not passed over. */
class PodsVolumesTest {
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.35.4")
            .tenantId("t234bcdfghjkmnpq")
            .build();
    private static final TenantControlPlane THREE =
            ACME.withDataStore(d -> d.etcd(ACME.dataStore().etcd().withMembers(3)));
    private static final String OWN = "TenantControlPlane acme";
    private static final String CLAIM = "PersistentVolumeClaim data-acme-etcd-";
    private static final String WRITE = "replaceStatus TenantControlPlane";

    private final UnderWorld world = new UnderWorld();

    private static TenantControlPlane tuned(TenantControlPlane tenant) {
        return tenant.withDataStore(d -> d.etcd(tenant.dataStore().etcd().withSnapshotCount(5_000L)));
    }

    private static void on(FakeUnderCluster cluster, Consumer<HostedControlPlanes> work) {
        try (HostedControlPlanes hcp = InMemoryPods.on(cluster)) {
            work.accept(hcp);
        }
    }

    private FakeUnderCluster with(Consumer<HostedControlPlanes> work) {
        FakeUnderCluster cluster = world.open();
        on(cluster, work);
        return cluster;
    }

    private void apply(TenantControlPlane tenant) {
        with(hcp -> hcp.apply(tenant).awaitReady(LIMIT));
    }

    private FakeUnderCluster reconcile() {
        return with(hcp -> hcp.reconcile("acme").await(LIMIT));
    }

    private List<Obstacle> obstacles(TenantControlPlane tenant) {
        try (HostedControlPlanes hcp = InMemoryPods.on(world.open())) {
            return hcp.plan(tenant).obstacles();
        }
    }

    private ClusterObject object(String id) {
        return Objects.requireNonNull(world.objects().get(id), id);
    }

    private String uid(String id) {
        return object(id).uid().orElseThrow();
    }

    private List<String> noted() {
        return object(OWN).texts("status", "volumes");
    }

    /** The member's data goes with its pod. */
    private void loseVolume(int member) {
        world.destroy(CLAIM + member);
        world.destroy("Pod acme-etcd-" + member);
        world.time().advance(Duration.ofMinutes(1)); // the new member starts
    }

    /** Does something with objects, as somebody with kubectl might. */
    private void outside(BiConsumer<ClusterObjects, Lease> work) {
        try (FakeUnderCluster cluster = world.open();
                Lease lease = cluster.acquire("acme")) {
            work.accept(cluster.objects(), lease);
        }
    }

    private static void assertIsBlocked(String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(HcpException.class)
                .hasMessageContaining(message)
                .extracting(thrown -> ((HcpException) thrown).kind())
                .isEqualTo(ErrorKind.BLOCKED);
    }

    /** Does something once, as soon as it is time. */
    private static void when(FakeUnderCluster cluster, BooleanSupplier now, Runnable work) {
        cluster.later(Duration.ofMillis(1), () -> {
            if (now.getAsBoolean()) {
                work.run();
            } else {
                when(cluster, now, work);
            }
        });
    }

    @Test
    void plan_rollWhileTheClaimIsBeingDeleted_isBlockedAndLeavesTheMember() {
        apply(ACME);
        world.destroy(CLAIM + 0);
        assertThat(object(CLAIM + 0).isDeleting()).isTrue();
        String pod = uid("Pod acme-etcd-0");

        assertThat(obstacles(tuned(ACME))).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.kind()).isEqualTo(ErrorKind.BLOCKED);
            assertThat(obstacle.problem())
                    .isEqualTo(
                            "PersistentVolumeClaims of tenant \"acme\" were deleted and stay only as long as their pods:"
                                    + " data-acme-etcd-0; what these members of etcd have stored would be lost, with a single member"
                                    + " all that the tenant has");
            assertThat(obstacle.remedy()).contains("snapshot of etcd").contains("Retain");
        });
        assertIsBlocked("data-acme-etcd-0", () -> apply(tuned(ACME)));

        assertThat(uid("Pod acme-etcd-0")).isEqualTo(pod);
    }

    @Test
    void apply_otherChangeWhileTheClaimIsBeingDeleted_isDone() {
        apply(ACME);
        world.destroy(CLAIM + 0);
        String pod = uid("Pod acme-etcd-0");
        apply(ACME.withControlPlane(c -> c.scheduler(s -> s.putExtraArg("v", "4"))));
        assertThat(uid("Pod acme-etcd-0")).isEqualTo(pod);
    }

    @Test
    void reconcile_statefulSetGoneToo_isBlocked() {
        apply(ACME);
        world.destroy(CLAIM + 0);
        world.destroy("StatefulSet acme-etcd");
        assertIsBlocked("the volumes of tenant \"acme\" are gone", this::reconcile);
        assertThat(world.objects()).doesNotContainKey("StatefulSet acme-etcd");
    }

    @Test
    void delete_retainWhileTheClaimIsBeingDeleted_isBlocked() {
        apply(ACME.withLifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN)));
        world.destroy(CLAIM + 0);
        assertIsBlocked("data-acme-etcd-0", () -> with(hcp -> hcp.delete("acme").await(LIMIT)));
        assertThat(world.objects()).containsKeys("Pod acme-etcd-0", "Deployment acme");
    }

    @Test
    void delete_retainAndTheClaimDeletedMeanwhile_leavesTheMember() {
        apply(ACME.withLifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN)));
        FakeUnderCluster cluster = world.open();
        when(cluster, () -> !world.objects().containsKey("Deployment acme"), () -> world.destroy(CLAIM + 0));
        assertIsBlocked(
                "data-acme-etcd-0", () -> on(cluster, hcp -> hcp.delete("acme").await(LIMIT)));
        assertThat(world.objects()).containsKeys("Pod acme-etcd-0", CLAIM + 0);
    }

    /** Also what was to be deleted, claim and all, is to stay from the moment that somebody says so. */
    @Test
    void delete_retainSaidWhileTheClaimIsBeingDeleted_leavesTheMember() {
        apply(ACME);
        world.destroy(CLAIM + 0);
        FakeUnderCluster cluster = world.open();
        when(
                cluster,
                () -> !world.objects().containsKey("Deployment acme"),
                () -> world.applyAsOther(ClusterObject.named(Kind.TENANT, "tenants", "acme")
                        .with("Retain", "spec", "lifecycle", "deletionPolicy")));
        assertIsBlocked(
                "data-acme-etcd-0", () -> on(cluster, hcp -> hcp.delete("acme").await(LIMIT)));
        assertThat(world.objects()).containsKeys("Pod acme-etcd-0", CLAIM + 0);
    }

    @Test
    void status_claimBeingDeleted_isNamed() {
        apply(ACME);
        FakeUnderCluster asked = with(hcp ->
                assertThat(hcp.get("acme").orElseThrow().status().ready()).isTrue());
        // One of the health, one of what would have to be done.
        assertThat(asked.requests())
                .filteredOn("list PersistentVolumeClaim"::equals)
                .hasSize(2);

        world.destroy(CLAIM + 0);

        with(hcp -> {
            ControlPlaneStatus status = hcp.get("acme").orElseThrow().status();
            assertThat(status.toString()).contains("beware: PersistentVolumeClaim data-acme-etcd-0 was deleted");
            assertThat(status.ready()).isTrue();
        });
    }

    @Test
    void roll_claimDeletedAfterThePlan_leavesTheMember() {
        apply(THREE);
        String last = uid("Pod acme-etcd-2");
        String pod = uid("Pod acme-etcd-1");
        FakeUnderCluster cluster = world.open();
        when(cluster, () -> !uid("Pod acme-etcd-2").equals(last), () -> world.destroy(CLAIM + 1));

        assertIsBlocked(
                "were deleted and stay only as long as their pods: data-acme-etcd-1",
                () -> on(cluster, hcp -> hcp.apply(tuned(THREE)).awaitReady(LIMIT)));

        assertThat(uid("Pod acme-etcd-1")).isEqualTo(pod);
        assertThat(object(OWN).object("status").toString()).contains("data-acme-etcd-1");
        assertThat(object(OWN).objects("status", "conditions"))
                .extracting(condition -> condition.get("type") + " " + condition.get("status"))
                .containsExactly("Ready True", "Reconciled False");
    }

    /** Members that are not ready are not evicted but deleted. */
    @Test
    void roll_claimOfABrokenMemberDeletedAfterThePlan_leavesTheMember() {
        apply(ACME);
        String pod = uid("Pod acme-etcd-0");
        world.breakPods(broken -> broken.name().equals("acme-etcd-0"));
        FakeUnderCluster cluster = world.open();
        when(
                cluster,
                () -> object("StatefulSet acme-etcd").object("spec").toString().contains("--snapshot-count=5000"),
                () -> world.destroy(CLAIM + 0));

        assertIsBlocked(
                "data-acme-etcd-0",
                () -> on(cluster, hcp -> hcp.apply(tuned(ACME)).awaitReady(LIMIT)));

        assertThat(uid("Pod acme-etcd-0")).isEqualTo(pod);
    }

    /** Somebody did not want to wait for its finalizer, which waits for the pod. */
    @Test
    void roll_claimTakenAwayByForce_leavesTheMember() {
        apply(THREE);
        String pod = uid("Pod acme-etcd-2");
        world.destroy(CLAIM + 2);
        outside((objects, lease) -> objects.replace(lease, object(CLAIM + 2).with(null, "metadata", "finalizers")));
        assertThat(world.objects()).doesNotContainKey(CLAIM + 2);

        assertIsBlocked("data-acme-etcd-2", () -> apply(tuned(THREE)));

        assertThat(uid("Pod acme-etcd-2")).isEqualTo(pod);
    }

    @Test
    void reconcile_volumesNotNoted_notesThemOnce() {
        apply(THREE);
        assertThat(noted()).isEmpty();

        assertThat(reconcile().requests()).filteredOn(WRITE::equals).hasSize(1);

        assertThat(noted()).containsExactlyInAnyOrder(uid(CLAIM + 0), uid(CLAIM + 1), uid(CLAIM + 2));
        ClusterObject before = object(OWN);
        FakeUnderCluster again = reconcile();
        assertThat(again.writes()).isZero();
        assertThat(object(OWN)).isEqualTo(before);
    }

    @Test
    void apply_firstChange_notesTheVolumesWithoutAnotherWrite() {
        apply(ACME);
        TenantControlPlane changed = ACME.withControlPlane(c -> c.scheduler(s -> s.putExtraArg("v", "4")));
        apply(changed);
        assertThat(noted()).containsExactly(uid(CLAIM + 0));
        assertThat(with(hcp -> hcp.apply(changed).awaitReady(LIMIT)).writes()).isZero();
    }

    @Test
    void reconcile_onlyVolumeMadeAnew_isBlockedUntilItIsTakenForTheTenants() {
        apply(ACME);
        reconcile();
        List<String> before = noted();
        loseVolume(0);
        assertThat(before).hasSize(1).doesNotContain(uid(CLAIM + 0));

        for (int call = 0; call < 2; call++) {
            assertIsBlocked(
                    "the volumes of tenant \"acme\" are gone, and with them all that the tenant had stored: others were made"
                            + " in their place, data-acme-etcd-0",
                    this::reconcile);
        }
        assertIsBlocked("are gone", () -> apply(tuned(ACME)));
        assertThat(noted()).isEqualTo(before);

        outside((objects, lease) -> objects.replaceStatus(lease, object(OWN).with(null, "status", "volumes")));
        reconcile();
        assertThat(noted()).containsExactly(uid(CLAIM + 0));
    }

    @Test
    void reconcile_oneOfThreeVolumesMadeAnew_notesItToo() {
        apply(THREE);
        reconcile();
        List<String> before = noted();
        loseVolume(1);
        reconcile();
        assertThat(noted()).hasSize(4).containsAll(before).contains(uid(CLAIM + 1));
        assertThat(reconcile().writes()).isZero();
    }

    /** One that is not ready may have nothing of the tenant: the loss of all three, one after the other, is not passed over. */
    @Test
    void reconcile_volumesMadeAnewOfMembersThatDoNotCome_areNotTakenForTheTenants() {
        apply(THREE);
        reconcile();
        List<String> before = noted();
        world.breakPods(broken -> broken.name().startsWith("acme-etcd-"));
        for (int member = 0; member < 3; member++) {
            loseVolume(member);
            if (member < 2) {
                reconcile();
            }
            assertThat(noted()).isEqualTo(before);
        }
        assertIsBlocked("the volumes of tenant \"acme\" are gone", this::reconcile);
    }

    @Test
    void delete_volumeMadeAnew_removesTheTenant() {
        apply(ACME);
        reconcile();
        loseVolume(0);
        with(hcp -> hcp.delete("acme").await(LIMIT));
        assertThat(world.objects()).isEmpty();
    }

    @Test
    void apply_tenantMadeAnew_hasVolumesOfItsOwn() {
        with(hcp -> {
            hcp.apply(ACME).awaitReady(LIMIT);
            hcp.reconcile("acme").await(LIMIT);
            List<String> before = noted();
            hcp.delete("acme").await(LIMIT);
            hcp.apply(ACME).awaitReady(LIMIT);
            hcp.reconcile("acme").await(LIMIT);
            assertThat(noted()).containsExactly(uid(CLAIM + 0)).isNotEqualTo(before);
        });
    }
}
