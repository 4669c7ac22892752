package io.hcp.testbed.engine;

import static io.hcp.testbed.engine.Samples.ACME;
import static io.hcp.testbed.engine.Samples.LOUDER;
import static io.hcp.testbed.engine.Samples.NAME;
import static io.hcp.testbed.engine.Samples.NEWER;
import static io.hcp.testbed.engine.Samples.SOON;
import static io.hcp.testbed.engine.Samples.elsewhere;
import static io.hcp.testbed.engine.Samples.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hcp.api.ControlPlane;
import io.hcp.api.Operation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.Component;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Obstacle;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanKind;
import io.hcp.api.progress.OperationState;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.FakeMachine;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nobody means to do, and somebody does. */
@Timeout(60)
class UnusualTest {
    private static final TenantControlPlane KEPT =
            ACME.withLifecycle(lifecycle -> lifecycle.deletionPolicy(DeletionPolicy.RETAIN));

    private final FakeWorld world = new FakeWorld();

    private String createKept() {
        Samples.create(world, KEPT);
        return record().tenantId().orElseThrow();
    }

    private TenantControlPlane record() {
        return world.state(NAME).record().orElseThrow().record().spec();
    }

    @Test
    void bringBack_datastoreWasLostBefore_isBlockedStill() {
        String id = createKept();
        world.outside().removeDatastore(NAME);

        elsewhere(world, hcp -> {
            hcp.delete(NAME).await(SOON);

            assertThat(hcp.plan(KEPT.withTenantId(id)).obstacles())
                    .extracting(Obstacle::kind, Obstacle::problem)
                    .containsExactly(tuple(
                            ErrorKind.BLOCKED,
                            "the datastore of tenant \"acme\" is gone, and with it all that the tenant had stored"));
        });
    }

    @Test
    void bringBack_authoritiesWereLostBefore_makesNoOthers() {
        String id = createKept();
        world.outside().removeAuthorities(NAME);

        elsewhere(world, hcp -> {
            hcp.delete(NAME).await(SOON);

            assertThat(failure(() -> hcp.apply(KEPT.withTenantId(id))).kind()).isEqualTo(ErrorKind.PKI_DAMAGED);
        });
        assertThat(world.state(NAME).directory()).isFalse();
    }

    @Test
    void apply_recordIsGoneAndDatastoreIsThere_isBlocked() {
        Samples.create(world, ACME);
        world.outside().editRecord(NAME, record -> Optional.empty());

        elsewhere(
                world,
                hcp -> assertThat(failure(() -> hcp.apply(ACME)))
                        .hasMessageContaining("the record of tenant \"acme\" is gone but its datastore is there"));
    }

    @Test
    void delete_versionThatNobodyKnowsAnyMore_removesTheTenant() {
        Samples.create(world, ACME);
        world.outside()
                .editRecord(
                        NAME,
                        record -> Optional.of(record.withSpec(record.spec().withKubernetesVersion("1.99.0"))));

        elsewhere(world, hcp -> hcp.delete(NAME).await(SOON));

        assertThat(world.tenants()).isEmpty();
    }

    @Test
    void delete_cancelledWhenEverythingIsGone_isDoneAndLetsTheTenantGo() throws Exception {
        Samples.create(world, ACME);
        AtomicBoolean removed = new AtomicBoolean();
        Gate gate = new Gate("journal.write");
        FakeMachine machine = world.machine().faults(call -> {
            removed.compareAndSet(false, call.name().equals("storage.remove"));
            return removed.get() ? gate.decide(call) : Fault.none();
        });

        try (HostedControlPlanes hcp = Samples.open(machine)) {
            Operation deletion = hcp.delete(NAME);
            gate.awaitReached();
            deletion.cancel();
            gate.open();

            deletion.await(SOON);
            assertThat(deletion.report().state()).isEqualTo(OperationState.DONE);
            assertThat(machine.holder(NAME)).isEmpty();
        }
    }

    @Test
    void delete_tenantThatIsGone_holdsNothing() {
        FakeMachine machine = world.machine();
        try (HostedControlPlanes hcp = Samples.open(machine)) {
            hcp.apply(ACME).awaitReady(SOON);
            world.outside().removeDatastore(NAME);
            assertThat(machine.holder(NAME)).isPresent();
            hcp.delete(NAME).await(SOON);

            assertThat(failure(() -> hcp.delete(NAME)).kind()).isEqualTo(ErrorKind.NOT_FOUND);
            assertThat(machine.holder(NAME)).isEmpty();
        }
    }

    @Test
    void apply_recordEditedWhileProgramsAreProvided_isStaleAndTheEditStays() {
        Samples.create(world, ACME);
        AtomicBoolean edited = new AtomicBoolean();
        FakeMachine machine = world.machine().faults(call -> {
            if (call.name().startsWith("programs") && edited.compareAndSet(false, true)) {
                world.outside()
                        .editRecord(
                                NAME,
                                record -> Optional.of(record.withSpec(
                                        NEWER.withTenantId(record.spec().tenantId()))));
            }
            return Fault.none();
        });

        try (HostedControlPlanes hcp = Samples.open(machine)) {
            Plan plan = hcp.plan(LOUDER);
            ControlPlane applied = hcp.apply(plan);

            assertThat(failure(() -> applied.awaitReady(SOON)).kind()).isEqualTo(ErrorKind.PLAN_STALE);
        }
        assertThat(edited).isTrue();
        assertThat(record().kubernetesVersion()).hasToString("1.37.2");
    }

    @Test
    void plan_recordOfTheFirstVersion_isTheSameEachTime() {
        Samples.create(world, ACME);
        world.outside()
                .editRecord(
                        NAME,
                        record -> Optional.of(record.withSpec(record.spec().withTenantId(Optional.empty()))));
        world.outside().kill(NAME, Component.KUBE_SCHEDULER);

        elsewhere(world, hcp -> {
            Plan plan = hcp.plan(NAME);
            assertThat(hcp.plan(NAME).digest()).isEqualTo(plan.digest());
            hcp.apply(plan).awaitReady(SOON);
        });
        assertThat(record().tenantId()).isEmpty();
    }

    @Test
    void apply_planWithANameThatIsNone_isRefusedBeforeAnythingIsLocked() {
        TenantControlPlane evil = ACME.withName("../../evil");
        FakeMachine machine = world.machine();
        try (HostedControlPlanes hcp = Samples.open(machine)) {
            assertThat(failure(() -> hcp.apply(
                            new Plan(PlanKind.APPLY, evil, List.of(), List.of(), List.of(), Duration.ZERO, "x"))))
                    .isInstanceOf(InvalidSpecException.class);
            assertThat(machine.holder("../../evil")).isEmpty();
        }
    }

    @Test
    void close_callerIsInterrupted_waitsAndStaysInterrupted() throws Exception {
        Gate gate = new Gate("certificates.create");
        HostedControlPlanes hcp = Samples.open(world.machine().faults(gate));
        ControlPlane begun = hcp.apply(ACME);
        gate.awaitReached();

        Thread.currentThread().interrupt();
        hcp.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(begun.operation().orElseThrow().report().state()).isEqualTo(OperationState.CANCELLED);
    }
}
