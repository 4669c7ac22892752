package io.hcp.testbed.engine;

import static io.hcp.testbed.engine.Samples.ACME;
import static io.hcp.testbed.engine.Samples.NAME;
import static io.hcp.testbed.engine.Samples.NEWER;
import static io.hcp.testbed.engine.Samples.SOON;
import static io.hcp.testbed.engine.Samples.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.Operation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.progress.OperationState;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.gateway.JournalEntry;
import io.hcp.testbed.fake.FakeMachine;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.TenantState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A JVM that slept through the end of its lease changes nothing afterwards, whatever write it was about to make. */
class FrozenEngineTest {
    /** Can follow on whatever the frozen one has done. */
    private static final TenantControlPlane OTHER =
            NEWER.withControlPlane(plane -> plane.scheduler(scheduler -> scheduler.putExtraArg("v", "3")));

    private static final TenantControlPlane ANOTHER =
            OTHER.withControlPlane(plane -> plane.scheduler(scheduler -> scheduler.putExtraArg("v", "5")));

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** What the one that is frozen is at. */
    private enum Work {
        CREATE,
        UPDATE,
        DELETE,
        RETAIN;

        FakeWorld world() {
            FakeWorld world = new FakeWorld().startUpTakes(Duration.ofMillis(50));
            if (this == RETAIN) {
                Samples.create(world, ACME.withLifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN)));
            } else if (this != CREATE) {
                Samples.create(world, ACME);
            }
            return world;
        }

        Operation begin(HostedControlPlanes hcp) {
            return switch (this) {
                case CREATE -> hcp.apply(ACME).operation().orElseThrow();
                case UPDATE -> hcp.apply(NEWER).operation().orElseThrow();
                case DELETE, RETAIN -> hcp.delete(NAME);
            };
        }
    }

    /** What the other one does meanwhile. */
    private enum Meanwhile {
        FINISHED,
        DESCRIBED_OTHERWISE,
        DELETED,
        REPLACED;

        void happens(Work work, HostedControlPlanes second) {
            switch (this) {
                case FINISHED -> finish(work, second);
                case DESCRIBED_OTHERWISE -> describeOtherwise(second);
                case DELETED -> delete(second);
                case REPLACED -> {
                    delete(second);
                    second.apply(ACME).awaitReady(SOON);
                }
            }
        }

        private static void finish(Work work, HostedControlPlanes second) {
            switch (work) {
                case CREATE -> second.apply(ACME).awaitReady(SOON);
                case UPDATE -> second.apply(NEWER).awaitReady(SOON);
                case DELETE, RETAIN -> delete(second);
            }
        }

        private static void describeOtherwise(HostedControlPlanes second) {
            try {
                second.apply(OTHER).awaitReady(SOON);
            } catch (HcpException e) {
                assertThat(e.kind()).isEqualTo(ErrorKind.DELETING);
                delete(second);
                second.apply(OTHER).awaitReady(SOON);
            }
        }

        /** Until nothing is left; there may be nothing already. */
        private static void delete(HostedControlPlanes second) {
            try {
                second.delete(NAME).await(SOON);
            } catch (HcpException e) {
                assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND);
            }
        }
    }

    /** All that the frozen one could change. */
    private record Snapshot(
            TenantState state,
            List<String> tenants,
            Map<String, TenantState> retained,
            Map<Integer, Set<String>> ports) {
        static Snapshot of(FakeWorld world) {
            return new Snapshot(world.state(NAME), world.tenants(), world.retained(), world.keptPorts());
        }
    }

    static Stream<Arguments> situations() {
        return Arrays.stream(Work.values())
                .flatMap(work -> Arrays.stream(Meanwhile.values()).map(meanwhile -> Arguments.of(work, meanwhile)));
    }

    @ParameterizedTest(name = "{0}, meanwhile {1}")
    @MethodSource("situations")
    void thawed_anotherHasTheTenant_changesNothing(Work work, Meanwhile meanwhile) throws Exception {
        long writes = writesOf(work);
        assertThat(writes).isGreaterThan(5);
        for (long write = 1; write <= writes; write++) {
            try {
                freeze(work, write, meanwhile);
            } catch (AssertionError e) {
                throw new AssertionError("frozen before write %d of %d".formatted(write, writes), e);
            }
        }
    }

    private static long writesOf(Work work) {
        FakeMachine machine = work.world().machine();
        try (HostedControlPlanes hcp = Samples.open(machine)) {
            work.begin(hcp).await(SOON);
        }
        return machine.writes();
    }

    @SuppressWarnings("try") // closing the loser, too, changes nothing
    private void freeze(Work work, long write, Meanwhile meanwhile) throws Exception {
        FakeWorld world = work.world();
        FakeMachine frozen = world.machine().freezeBeforeWrite(write);
        FakeMachine awake = world.machine();
        try (HostedControlPlanes first = Samples.open(frozen);
                HostedControlPlanes second = Samples.open(awake)) {
            Future<Operation> begun = threads.submit(() -> work.begin(first));
            frozen.awaitBlocked();
            world.time().advance(FakeWorld.LEASE_LASTS);
            meanwhile.happens(work, second);
            Snapshot before = Snapshot.of(world);

            frozen.thaw();
            Operation operation = begun.get(1, TimeUnit.MINUTES);
            HcpException lost = failure(() -> operation.await(SOON));
            assertLost(lost, operation);
            assertTellsOfTheOther(first, world);
            first.close();

            assertThat(Snapshot.of(world)).isEqualTo(before);
            assertUndisturbed(second, awake, world);
        }
    }

    private static void assertLost(HcpException lost, Operation operation) {
        assertThat(lost.kind()).as(String.valueOf(lost.getMessage())).isEqualTo(ErrorKind.LOCKED);
        // Another step of it may have noticed before, while the other one was still at work.
        assertThat(lost)
                .hasMessageContaining("may no longer change tenant \"acme\"")
                .hasMessageMatching("(?s).*it is held by (nobody|process \\d+)\\..*");
        assertThat(operation.report().state()).isEqualTo(OperationState.FAILED);
        assertThat(operation.report().problem()).contains(String.valueOf(lost.getMessage()));
    }

    private static void assertTellsOfTheOther(HostedControlPlanes first, FakeWorld world) {
        assertThat(first.get(NAME).isPresent())
                .isEqualTo(world.state(NAME).record().isPresent());
        first.get(NAME).ifPresent(handle -> {
            assertThat(handle.operation()).isEmpty();
            assertThat(handle.lastOperation())
                    .isEqualTo(world.state(NAME).journal().map(JournalEntry::operation));
            assertThat(handle.lastOperation().orElseThrow().state()).isEqualTo(OperationState.DONE);
            assertThat(handle.status().supervised()).isFalse();
        });
    }

    private static void assertUndisturbed(HostedControlPlanes second, FakeMachine awake, FakeWorld world) {
        if (world.state(NAME).record().isEmpty()) {
            assertThat(world.state(NAME)).isEqualTo(new FakeWorld().state(NAME));
            return;
        }
        assertThat(second.plan(NAME).isEmpty()).isTrue();
        assertThat(second.get(NAME).orElseThrow().status().supervised()).isTrue();
        long acquired = awake.calls().get("machine.acquire");
        second.apply(ANOTHER).awaitReady(SOON);
        assertThat(second.plan(ANOTHER).isEmpty()).isTrue();
        assertThat(awake.calls().get("machine.acquire"))
                .as("the lease was kept")
                .isEqualTo(acquired);
    }
}
