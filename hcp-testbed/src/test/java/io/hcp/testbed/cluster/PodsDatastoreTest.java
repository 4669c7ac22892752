package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.PlanStep;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.testbed.fake.Crashed;
import io.hcp.testbed.fake.FakeUnderCluster;
import io.hcp.testbed.fake.InMemoryPods;
import io.hcp.testbed.fake.UnderWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of etcd are exchanged without loss of the quorum, whatever else happens to them, and none is forgotten. */
class PodsDatastoreTest {
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.35.4")
            .tenantId("t234bcdfghjkmnpq")
            .dataStore(d -> d.etcd(e -> e.members(3)))
            .build();
    private static final TenantControlPlane CHANGED = tuned(5_000);
    private static final String SET = "StatefulSet acme-etcd";
    private static final String BUDGET = "PodDisruptionBudget acme-etcd";

    private final UnderWorld world = new UnderWorld();

    private static TenantControlPlane tuned(long snapshots) {
        return ACME.withDataStore(d -> d.etcd(ACME.dataStore().etcd().withSnapshotCount(snapshots)));
    }

    private static void with(FakeUnderCluster cluster, Consumer<HostedControlPlanes> work) {
        try (HostedControlPlanes hcp = InMemoryPods.on(cluster)) {
            work.accept(hcp);
        }
    }

    private void apply(TenantControlPlane tenant) {
        with(world.open(), hcp -> hcp.apply(tenant).awaitReady(LIMIT));
    }

    private List<String> planned(TenantControlPlane tenant) {
        try (HostedControlPlanes hcp = InMemoryPods.on(world.open())) {
            return hcp.plan(tenant).steps().stream().map(PlanStep::id).toList();
        }
    }

    private static ClusterObject object(UnderWorld world, String id) {
        return Objects.requireNonNull(world.objects().get(id), id);
    }

    private static SortedMap<String, ClusterObject> members(UnderWorld world) {
        SortedMap<String, ClusterObject> pods = new TreeMap<>(world.objects());
        pods.keySet().removeIf(id -> !id.startsWith("Pod acme-etcd-"));
        return pods;
    }

    private SortedMap<String, String> uids() {
        SortedMap<String, String> uids = new TreeMap<>();
        members(world).forEach((id, pod) -> uids.put(id, pod.uid().orElseThrow()));
        return uids;
    }

    private static boolean hasSnapshots(ClusterObject object, long snapshots) {
        return object.object("spec").toString().contains("--snapshot-count=" + snapshots);
    }

    private static void assertAllRun(UnderWorld world, long snapshots) {
        assertThat(members(world)).hasSize(3);
        assertThat(members(world).values()).allMatch(pod -> hasSnapshots(pod, snapshots));
    }

    private static void assertFails(ErrorKind kind, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(HcpException.class)
                .hasMessageContaining(message)
                .extracting(thrown -> ((HcpException) thrown).kind())
                .isEqualTo(kind);
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
    void apply_newTenantAndAgain_exchangesNothing() {
        apply(ACME);
        SortedMap<String, String> before = uids();
        assertThat(planned(ACME)).isEmpty();
        apply(ACME);
        assertThat(uids()).isEqualTo(before);
    }

    @Test
    void reconcile_certificatesDue_renewsThemWithoutExchange() {
        apply(ACME);
        SortedMap<String, String> before = uids();
        Object old = object(world, "Secret acme-etcd-2").object("data").get("pki.etcd.server.crt");
        world.time().advance(Duration.ofDays(330));
        assertThat(planned(ACME)).contains("issue certificates").doesNotContain("roll datastore");
        with(world.open(), hcp -> hcp.reconcile("acme").await(LIMIT));
        assertThat(object(world, "Secret acme-etcd-2").object("data").get("pki.etcd.server.crt"))
                .isNotEqualTo(old);
        assertThat(uids()).isEqualTo(before);
        assertThat(planned(ACME)).isEmpty();
    }

    @Test
    void roll_threeMembers_neverTakesTheQuorum() {
        apply(ACME);
        FakeUnderCluster cluster = world.open();
        AtomicLong fewest = new AtomicLong(3);
        when(
                cluster,
                () -> fewest.accumulateAndGet(object(world, SET).number("status", "readyReplicas"), Math::min) < 0,
                () -> {});
        with(cluster, hcp -> hcp.apply(CHANGED).awaitReady(LIMIT));
        assertThat(fewest).hasValue(2);
        assertAllRun(world, 5_000);
        assertThat(planned(CHANGED)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme-etcd-0", "acme-etcd-2"})
    void roll_memberMissing_leavesTheOthersUntilItIsBack(String missing) {
        apply(ACME);
        world.keepAway(missing::equals);
        world.destroy("Pod " + missing);
        SortedMap<String, String> before = uids();
        assertThat(before).hasSize(2);
        assertFails(ErrorKind.COMPONENT_FAILED, "member " + missing + " of etcd was not ready", () -> apply(CHANGED));
        assertThat(uids()).isEqualTo(before);

        world.keepAway(pod -> false);
        apply(CHANGED);
        assertAllRun(world, 5_000);
    }

    @Test
    void apply_flagWhileANodeWithAMemberIsGone_exchangesTheReplicas() {
        apply(ACME);
        world.keepAway("acme-etcd-1"::equals);
        world.destroy("Pod acme-etcd-1");

        TenantControlPlane flag =
                ACME.withControlPlane(c -> c.apiServer(a -> a.putExtraArg("max-requests-inflight", "401")));
        apply(flag);

        assertThat(planned(flag)).isEmpty();
        assertThat(members(world)).hasSize(2);
    }

    @Test
    void roll_updatedMemberNotReady_leavesTheOthers() {
        apply(ACME);
        SortedMap<String, String> before = uids();
        world.breakPods(pod -> hasSnapshots(pod, 5_000));
        assertFails(ErrorKind.COMPONENT_FAILED, "member acme-etcd-2 of etcd was not ready", () -> apply(CHANGED));
        assertThat(uids())
                .containsEntry("Pod acme-etcd-0", before.get("Pod acme-etcd-0"))
                .containsEntry("Pod acme-etcd-1", before.get("Pod acme-etcd-1"));
        apply(tuned(6_000));
        assertAllRun(world, 6_000);
    }

    @Test
    void roll_memberNotReadyForAMomentBesideABrokenOne_staysWithTheQuorum() {
        apply(ACME);
        SortedMap<String, String> before = uids();
        world.breakPods(pod -> hasSnapshots(pod, 5_000));
        assertFails(ErrorKind.COMPONENT_FAILED, "member acme-etcd-2 of etcd was not ready", () -> apply(CHANGED));

        world.breakPods(pod -> hasSnapshots(pod, 5_000) || pod.name().equals("acme-etcd-0"));
        FakeUnderCluster cluster = world.open();
        cluster.later(Duration.ofSeconds(5), () -> world.breakPods(pod -> hasSnapshots(pod, 5_000)));
        assertFails(
                ErrorKind.COMPONENT_FAILED,
                "member acme-etcd-2 of etcd was not ready",
                () -> with(cluster, hcp -> hcp.reconcile("acme").await(LIMIT)));
        assertThat(uids())
                .containsEntry("Pod acme-etcd-0", before.get("Pod acme-etcd-0"))
                .containsEntry("Pod acme-etcd-1", before.get("Pod acme-etcd-1"));
    }

    /** None of them can be ready before there is a quorum of those that are mended, and no budget lets any go. */
    @Test
    void roll_allMembersBroken_goesForward() {
        world.breakPods(pod -> hasSnapshots(pod, 5_000));
        assertThatThrownBy(() -> apply(CHANGED)).isInstanceOf(HcpException.class);
        apply(tuned(6_000));
        assertAllRun(world, 6_000);
    }

    @Test
    void roll_budgetRefusesForAWhile_isAskedAgain() {
        apply(ACME);
        FakeUnderCluster cluster = world.open();
        narrowOnceRolling(cluster);
        SortedMap<String, String> before = uids();
        SortedMap<String, String> meanwhile = new TreeMap<>();
        List<String> told = new ArrayList<>();
        cluster.later(Duration.ofMinutes(2), () -> {
            meanwhile.putAll(uids());
            told.addAll(conditions());
            budget(1);
        });
        with(cluster, hcp -> hcp.apply(CHANGED).awaitReady(LIMIT));
        assertThat(meanwhile).isEqualTo(before);
        assertThat(told).containsExactly("Ready True Serving", "Reconciled False DisruptionBudget");
        assertThat(conditions()).containsExactly("Ready True Serving", "Reconciled True AsDescribed");
        assertAllRun(world, 5_000);
        with(world.open(), hcp -> hcp.reconcile("acme").await(LIMIT));
        assertThat(planned(CHANGED)).isEmpty();
    }

    @Test
    void roll_budgetRefusesThroughout_timesOutAndNamesTheBudget() {
        apply(ACME);
        SortedMap<String, String> before = uids();
        FakeUnderCluster cluster = world.open();
        narrowOnceRolling(cluster);
        assertFails(
                ErrorKind.TIMEOUT,
                "acme-etcd-2 of etcd go: The disruption budget acme-etcd needs 3 healthy pods and has 3",
                () -> with(cluster, hcp -> hcp.apply(CHANGED).awaitReady(LIMIT)));
        assertThat(uids()).isEqualTo(before);
        assertThat(object(world, "TenantControlPlane acme").object("status").toString())
                .contains("DisruptionBudget");
        apply(CHANGED);
        assertAllRun(world, 5_000);
    }

    private List<String> conditions() {
        return object(world, "TenantControlPlane acme").objects("status", "conditions").stream()
                .map(condition ->
                        "%s %s %s".formatted(condition.get("type"), condition.get("status"), condition.get("reason")))
                .toList();
    }

    private void narrowOnceRolling(FakeUnderCluster cluster) {
        when(cluster, () -> hasSnapshots(object(world, SET), 5_000), () -> budget(0));
    }

    private void budget(long unavailable) {
        world.applyAsOther(ClusterObject.named(Kind.DISRUPTION_BUDGET, "tenants", "acme-etcd")
                .with(unavailable, "spec", "maxUnavailable"));
        assertThat(object(world, BUDGET).number("spec", "maxUnavailable")).isEqualTo(unavailable);
    }

    @Test
    void roll_singleMember_isNotKeptByItsBudget() {
        TenantControlPlane single =
                ACME.withDataStore(d -> d.etcd(ACME.dataStore().etcd().withMembers(1)));
        apply(single);
        SortedMap<String, String> before = uids();
        FakeUnderCluster cluster = world.open();
        List<String> told = new ArrayList<>();
        when(cluster, () -> conditions().contains("Ready False DatastoreExchanged"), () -> told.addAll(conditions()));
        with(
                cluster,
                hcp -> hcp.apply(single.withDataStore(
                                d -> d.etcd(single.dataStore().etcd().withSnapshotCount(5_000L))))
                        .awaitReady(LIMIT));
        assertThat(told).containsExactly("Ready False DatastoreExchanged", "Reconciled False DatastoreExchanged");
        assertThat(conditions()).containsExactly("Ready True Serving", "Reconciled True AsDescribed");
        assertThat(uids()).hasSize(1).isNotEqualTo(before);
        assertThat(object(world, "Pod acme-etcd-0")).matches(pod -> hasSnapshots(pod, 5_000));
    }

    /** With {@code OnDelete} the current revision stays the first one: what goes back to it looks as if nothing was to do. */
    @Test
    void apply_changeTakenBackKilledAtAnyWrite_leavesNoMemberBehind() {
        for (long write = 1; ; write++) {
            UnderWorld trial = new UnderWorld();
            with(trial.open(), hcp -> hcp.apply(tuned(4_000)).awaitReady(LIMIT));
            with(trial.open(), hcp -> hcp.apply(CHANGED).awaitReady(LIMIT));
            FakeUnderCluster victim = trial.open().crashAt(write, true);
            try {
                with(victim, hcp -> hcp.apply(tuned(4_000)).awaitReady(LIMIT));
            } catch (HcpException | Crashed e) {
                assertThat(victim.isCrashed()).as("write %d: %s", write, e).isTrue();
            }
            trial.time().advance(UnderWorld.LEASE_LASTS);
            with(trial.open(), hcp -> hcp.apply(tuned(4_000)).awaitReady(LIMIT));
            assertAllRun(trial, 4_000);
            if (!victim.isCrashed()) {
                return;
            }
        }
    }
}
