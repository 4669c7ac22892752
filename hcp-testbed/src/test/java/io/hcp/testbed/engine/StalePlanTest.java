package io.hcp.testbed.engine;

import static io.hcp.testbed.engine.Samples.ACME;
import static io.hcp.testbed.engine.Samples.LOUDER;
import static io.hcp.testbed.engine.Samples.NAME;
import static io.hcp.testbed.engine.Samples.NEWER;
import static io.hcp.testbed.engine.Samples.SOON;
import static io.hcp.testbed.engine.Samples.elsewhere;
import static io.hcp.testbed.engine.Samples.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanKind;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.FakeMachine;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.TenantState;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A plan that is no longer the right one is refused, and nothing is done. */
class StalePlanTest {
    private static final TenantControlPlane KEPT =
            ACME.withLifecycle(lifecycle -> lifecycle.deletionPolicy(DeletionPolicy.RETAIN));

    private final FakeWorld world = new FakeWorld();
    private final FakeMachine machine = world.machine();
    private final HostedControlPlanes hcp = Samples.open(machine);

    @AfterEach
    void close() {
        hcp.close();
    }

    static Stream<Arguments> moves() {
        return Stream.of(
                        ofUpdate("described otherwise", w -> elsewhere(w, o -> await(o, NEWER))),
                        ofUpdate("described as planned", w -> elsewhere(w, o -> await(o, LOUDER))),
                        ofUpdate(
                                "component runs twice",
                                w -> w.outside().startForeign(NAME, Component.KUBE_SCHEDULER, "other")),
                        ofUpdate("component runs as something else", StalePlanTest::replaceScheduler),
                        ofUpdate("component ended", w -> w.outside().kill(NAME, Component.ETCD)),
                        ofUpdate("certificate removed", w -> w.outside().removeCertificates(NAME, "apiserver")),
                        ofUpdate("authorities removed", w -> w.outside().removeAuthorities(NAME)),
                        ofUpdate("encryption key removed", StalePlanTest::removeKeys),
                        ofUpdate("datastore removed", w -> w.outside().removeDatastore(NAME)),
                        ofUpdate("tenant deleted", StalePlanTest::delete),
                        ofUpdate("tenant deleted and made anew", StalePlanTest::replace),
                        ofUpdate("deletion begun", StalePlanTest::beginDeletion),
                        ofCreation("tenant made", w -> Samples.create(w, ACME)),
                        ofCreation("tenant begun", StalePlanTest::beginCreation),
                        ofCreation("disk full", w -> w.outside().fillDisk()),
                        ofReconcile(
                                "drift repaired",
                                w -> elsewhere(w, o -> o.reconcile(NAME).await(SOON))),
                        ofReconcile("more drift", w -> w.outside().kill(NAME, Component.KUBE_SCHEDULER)),
                        ofReconcile("described otherwise", w -> elsewhere(w, o -> await(o, LOUDER))),
                        ofReconcile("tenant deleted", StalePlanTest::delete),
                        ofReconcile("deletion begun", StalePlanTest::beginDeletion),
                        ofDeletion("described otherwise", w -> elsewhere(w, o -> await(o, LOUDER))),
                        ofDeletion("to be retained", w -> elsewhere(w, o -> await(o, KEPT))),
                        ofDeletion("component ended", w -> w.outside().kill(NAME, Component.KUBE_SCHEDULER)),
                        ofDeletion("deletion begun", StalePlanTest::beginDeletion),
                        ofDeletion("tenant deleted", StalePlanTest::delete),
                        ofDeletion("tenant deleted and made anew", StalePlanTest::replace))
                .map(Case::arguments);
    }

    @ParameterizedTest(name = "{0}, then {1}")
    @MethodSource("moves")
    void plan_worldMoved_isRefusedAndNothingIsDone(String kind, String moved, Case one) {
        one.setUp().accept(world);
        Plan plan = one.planned().apply(hcp);
        one.move().accept(world);
        TenantState before = world.state(NAME);

        HcpException refusal = failure(() -> carryOut(plan));

        assertThat(refusal.kind()).isEqualTo(ErrorKind.PLAN_STALE);
        assertThat(refusal)
                .hasMessage(
                        "tenant \"acme\" is no longer as it was when the plan was made. Remedy: make a new plan, look"
                                + " at it, and apply that");
        assertThat(world.state(NAME)).isEqualTo(before);
        assertThat(machine.writes()).isZero();
        assertThat(machine.holder(NAME)).isEmpty();
    }

    @Test
    void plan_ofWhatWasPutAside_broughtBackMeanwhile_isRefused() {
        Samples.create(world, KEPT);
        String id = world.state(NAME)
                .record()
                .orElseThrow()
                .record()
                .spec()
                .tenantId()
                .orElseThrow();
        delete(world);
        TenantControlPlane back = KEPT.withTenantId(id);
        Plan plan = hcp.plan(back);
        Samples.create(world, back);
        TenantState before = world.state(NAME);

        assertThat(failure(() -> hcp.apply(plan)).kind()).isEqualTo(ErrorKind.PLAN_STALE);
        assertThat(world.state(NAME)).isEqualTo(before);
    }

    @Test
    void plan_descriptionBecameInvalid_isRefused() {
        Samples.create(world, ACME);
        Plan plan = hcp.plan(LOUDER);
        Samples.create(world, NEWER);
        TenantState before = world.state(NAME);

        // By now it would take the tenant back to an older minor, which no description may.
        assertThat(failure(() -> hcp.apply(LOUDER)).kind()).isEqualTo(ErrorKind.INVALID_SPEC);
        assertThat(failure(() -> hcp.apply(plan)).kind()).isEqualTo(ErrorKind.PLAN_STALE);
        assertThat(world.state(NAME)).isEqualTo(before);
    }

    @Test
    void plan_appliedTwice_isRefusedTheSecondTime() {
        Plan creation = hcp.plan(ACME);
        hcp.apply(creation).awaitReady(SOON);
        assertThat(failure(() -> hcp.apply(creation)).kind()).isEqualTo(ErrorKind.PLAN_STALE);
        Plan update = hcp.plan(LOUDER);
        hcp.apply(update).awaitReady(SOON);
        TenantState before = world.state(NAME);

        assertThat(failure(() -> hcp.apply(update)).kind()).isEqualTo(ErrorKind.PLAN_STALE);
        assertThat(world.state(NAME)).isEqualTo(before);
    }

    @Test
    void plan_ofNothing_canBeAppliedTwice() {
        hcp.apply(ACME).awaitReady(SOON);
        Plan nothing = hcp.plan(ACME);
        assertThat(nothing.isEmpty()).isTrue();
        hcp.apply(nothing).awaitReady(SOON);
        hcp.apply(nothing).awaitReady(SOON);
        assertThat(hcp.plan(ACME).digest()).isEqualTo(nothing.digest());
    }

    @Test
    void plan_withObstacle_throwsItAndDoesNothing() {
        Samples.create(world, ACME);
        world.outside().removeAuthorities(NAME);
        TenantState before = world.state(NAME);
        Plan blocked = hcp.plan(LOUDER);
        assertThat(blocked.obstacles()).hasSize(1);

        HcpException obstacle = failure(() -> hcp.apply(blocked));

        assertThat(obstacle.kind()).isEqualTo(ErrorKind.PKI_DAMAGED);
        assertThat(obstacle)
                .hasMessageContaining("the certificates of tenant \"acme\" are gone but its datastore is there");
        assertThat(world.state(NAME)).isEqualTo(before);
        assertThat(machine.writes()).isZero();
    }

    @Test
    void plan_withSeveralObstacles_namesAll() {
        Samples.create(world, ACME);
        world.outside().removeAuthorities(NAME);
        removeKeys(world);
        Plan blocked = hcp.plan(LOUDER);

        assertThat(failure(() -> hcp.apply(blocked)))
                .hasMessageContaining("the certificates of tenant \"acme\" are gone")
                .hasMessageContaining("encryption keys of tenant \"acme\" are missing or damaged: ");
        assertThat(machine.writes()).isZero();
    }

    private void carryOut(Plan plan) {
        if (plan.kind() == PlanKind.DELETE) {
            hcp.delete(plan);
        } else {
            hcp.apply(plan);
        }
    }

    private static void await(HostedControlPlanes other, TenantControlPlane described) {
        other.apply(described).awaitReady(SOON);
    }

    private static void replaceScheduler(FakeWorld world) {
        world.outside().kill(NAME, Component.KUBE_SCHEDULER);
        world.outside().startForeign(NAME, Component.KUBE_SCHEDULER, "other");
    }

    private static void removeKeys(FakeWorld world) {
        world.state(NAME)
                .encryptionKeys()
                .keySet()
                .forEach(key -> world.outside().removeEncryptionKey(NAME, key));
    }

    private static void delete(FakeWorld world) {
        elsewhere(world, other -> other.delete(NAME).await(SOON));
    }

    private static void replace(FakeWorld world) {
        delete(world);
        Samples.create(world, ACME);
    }

    /** Until the record tells so, and no further. */
    private static void beginDeletion(FakeWorld world) {
        crashOnce(world, state -> state.record().orElseThrow().record().deleting(), other -> other.delete(NAME));
    }

    private static void beginCreation(FakeWorld world) {
        crashOnce(world, state -> state.record().isPresent(), other -> other.apply(ACME));
    }

    private static void crashOnce(
            FakeWorld world, Function<TenantState, Boolean> reached, Consumer<HostedControlPlanes> work) {
        while (!reached.apply(world.state(NAME))) {
            FakeMachine crashing = world.machine().crashAfterWrites(3);
            try (HostedControlPlanes other = Samples.open(crashing)) {
                work.accept(other);
            }
        }
    }

    /** What a plan is made for, and what happens before it is applied. */
    private record Case(
            String kind,
            String moved,
            Consumer<FakeWorld> setUp,
            Function<HostedControlPlanes, Plan> planned,
            Consumer<FakeWorld> move) {
        Arguments arguments() {
            return Arguments.of(kind, moved, this);
        }
    }

    private static Case ofUpdate(String moved, Consumer<FakeWorld> move) {
        return new Case("update", moved, world -> Samples.create(world, ACME), hcp -> hcp.plan(LOUDER), move);
    }

    private static Case ofCreation(String moved, Consumer<FakeWorld> move) {
        return new Case("creation", moved, world -> {}, hcp -> hcp.plan(ACME), move);
    }

    private static Case ofReconcile(String moved, Consumer<FakeWorld> move) {
        return new Case("reconcile", moved, StalePlanTest::drifted, hcp -> hcp.plan(NAME), move);
    }

    private static void drifted(FakeWorld world) {
        Samples.create(world, ACME);
        world.outside().kill(NAME, Component.KUBE_CONTROLLER_MANAGER);
    }

    private static Case ofDeletion(String moved, Consumer<FakeWorld> move) {
        return new Case("deletion", moved, world -> Samples.create(world, ACME), hcp -> hcp.planDelete(NAME), move);
    }
}
