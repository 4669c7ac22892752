package io.hcp.testbed.engine;

import static io.hcp.testbed.engine.Samples.ACME;
import static io.hcp.testbed.engine.Samples.NAME;
import static io.hcp.testbed.engine.Samples.NEWER;
import static io.hcp.testbed.engine.Samples.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.Operation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.progress.HcpListener;
import io.hcp.api.progress.OperationState;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.machine.MachineBackend;
import io.hcp.testbed.fake.Call;
import io.hcp.testbed.fake.FakeMachine;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.Fault;
import io.hcp.testbed.fake.Faults;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cancelled at any moment, an operation leaves a tenant that says what is left to do, and that can be gone on with. */
class CancelTest {
    private static final TenantControlPlane KEPT =
            ACME.withLifecycle(lifecycle -> lifecycle.deletionPolicy(DeletionPolicy.RETAIN));

    /** What is cancelled. */
    enum Work {
        CREATE,
        UPDATE,
        DELETE,
        RETAIN;

        FakeWorld world() {
            FakeWorld world = new FakeWorld().startUpTakes(Duration.ofMillis(50));
            if (this != CREATE) {
                Samples.create(world, this == RETAIN ? KEPT : ACME);
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

        Plan plan(HostedControlPlanes hcp) {
            return removes() ? hcp.planDelete(NAME) : hcp.plan(this == UPDATE ? NEWER : ACME);
        }

        boolean removes() {
            return this == DELETE || this == RETAIN;
        }
    }

    /** Cancels an operation from one of its own threads, at a moment that is told to it. */
    private static final class Canceller {
        private final CompletableFuture<Operation> operation = new CompletableFuture<>();
        private final Thread caller = Thread.currentThread();
        private final AtomicBoolean came = new AtomicBoolean();

        void now() {
            if (Thread.currentThread() != caller && !came.getAndSet(true)) { // whoever called has no operation yet
                operation.orTimeout(1, TimeUnit.MINUTES).join().cancel();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Work.class)
    void cancel_atEveryCall_isDescribedAndCanBeGoneOnWith(Work work) {
        Uncancelled whole = uncancelled(work);
        long calls = whole.calls();
        long inTime = 0;
        for (long at = 1; at <= calls; at++) {
            long number = at;
            boolean cancelled = cancelled(work, at, whole.end(), canceller -> call -> {
                if (call.number() == number) {
                    canceller.now();
                }
                return Fault.none();
            });
            inTime += cancelled ? 1 : 0;
        }
        assertThat(inTime).as("cancelled in time, of %d", calls).isGreaterThan(calls / 2);
    }

    /** Each call fails once in a way that may pass, and the operation is cancelled in the pause after that. */
    @ParameterizedTest
    @EnumSource(Work.class)
    void cancel_inEveryPause_isDescribedAndCanBeGoneOnWith(Work work) {
        Uncancelled whole = uncancelled(work);
        long calls = whole.calls();
        long inTime = 0;
        for (long at = 1; at <= calls; at++) {
            long number = at;
            inTime += cancelled(work, at, whole.end(), canceller -> new Pausing(canceller, number)) ? 1 : 0;
        }
        assertThat(inTime).as("cancelled in time, of %d", calls).isGreaterThan(calls / 4);
    }

    /** How many calls the work makes, and what the world is like in the end. */
    private record Uncancelled(long calls, String end) {}

    private static Uncancelled uncancelled(Work work) {
        FakeWorld world = work.world();
        AtomicLong last = new AtomicLong();
        FakeMachine machine = world.machine().faults(call -> {
            last.accumulateAndGet(call.number(), Math::max);
            return Fault.none();
        });
        try (HostedControlPlanes hcp = Samples.open(machine)) {
            work.begin(hcp).await(SOON);
            return new Uncancelled(last.get(), Portrait.of(world));
        }
    }

    /** Refuses one call; and cancels when the length of the pause after that is drawn. */
    private record Pausing(Canceller canceller, long at) implements Faults {
        @Override
        public Fault decide(Call call) {
            return call.number() == at && Thread.currentThread() != canceller.caller
                    ? Fault.refused(ErrorKind.IO)
                    : Fault.none();
        }
    }

    /** Like another, but cancels when the length of a pause is drawn from it. */
    private record Drawing(RandomGenerator other, Runnable pause) implements RandomGenerator {
        @Override
        public long nextLong() {
            return other.nextLong();
        }

        @Override
        public long nextLong(long bound) {
            pause.run();
            return other.nextLong(bound);
        }
    }

    /** Makes faults that cancel. */
    private interface Moment {
        Faults with(Canceller canceller);
    }

    /** Tells whether it was cancelled in time. */
    private static boolean cancelled(Work work, long at, String end, Moment moment) {
        FakeWorld world = work.world();
        Canceller canceller = new Canceller();
        Faults faults = moment.with(canceller);
        FakeMachine machine = world.machine().faults(faults);
        RandomGenerator random = new Drawing(new Random(1), faults instanceof Pausing ? canceller::now : () -> {});
        try (HostedControlPlanes hcp =
                HostedControlPlanes.on(new MachineBackend(machine, world.time(), random), HcpListener.NONE)) {
            Operation operation = work.begin(hcp);
            canceller.operation.complete(operation);
            Optional<HcpException> failure = failure(operation);
            machine.faults(Faults.none());
            if (failure.isEmpty()) {
                assertThat(operation.report().state()).isEqualTo(OperationState.DONE);
                return false;
            }
            assertThat(failure.get().kind())
                    .as(String.valueOf(failure.get().getMessage()))
                    .isEqualTo(ErrorKind.CANCELLED);
            new Cancelled(work, world, hcp, end).check(operation, at % 2 == 0);
            return true;
        } catch (AssertionError | HcpException e) {
            throw new AssertionError("%s, cancelled at call %d".formatted(work, at), e);
        }
    }

    private static Optional<HcpException> failure(Operation operation) {
        try {
            operation.await(SOON);
            return Optional.empty();
        } catch (HcpException e) {
            return Optional.of(e);
        }
    }
}
