package io.hcp.testbed.engine;

import static io.hcp.testbed.engine.Samples.ACME;
import static io.hcp.testbed.engine.Samples.LOUDER;
import static io.hcp.testbed.engine.Samples.NAME;
import static io.hcp.testbed.engine.Samples.SOON;
import static io.hcp.testbed.engine.Samples.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.Operation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.plan.Plan;
import io.hcp.api.progress.HcpListener;
import io.hcp.api.progress.OperationState;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.FakeMachine;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.Fault;
import io.hcp.testbed.fake.InMemoryControlPlanes;
import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener may throw, block, or call back: the work goes on. */
@Timeout(60)
class ListenerTest {
    private final FakeWorld world = new FakeWorld();
    private final FakeMachine machine = world.machine();
    private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    private final UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();

    @BeforeEach
    void watch() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
    }

    /** An application may end when it hears of one. */
    @AfterEach
    void assertAllCaught() {
        Thread.setDefaultUncaughtExceptionHandler(handler);
        assertThat(uncaught).isEmpty();
    }

    /** Hears of everything by one name each, and does something about it. */
    private static final class Hearing implements HcpListener {
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final Consumer<String> reaction;

        Hearing(Consumer<String> reaction) {
            this.reaction = reaction;
        }

        private void hear(String event) {
            heard.add(event);
            reaction.accept(event);
        }

        @Override
        public void operationStarted(String tenant, String operation, Plan plan) {
            hear("started");
        }

        @Override
        public void operationEnded(String tenant, String operation, OperationState state) {
            hear("ended " + state);
        }

        @Override
        public void stepStarted(String tenant, String step) {
            hear("begun " + step);
        }

        @Override
        public void stepFinished(String tenant, String step, Duration took) {
            hear("done " + step);
        }

        @Override
        public void stepFailed(String tenant, String step, Throwable cause) {
            hear("failed " + step);
        }

        @Override
        public void stepRetried(String tenant, String step, HcpException cause, int attempt, Duration pause) {
            hear("retried " + step);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listener_throwsAtEveryEvent_hearsAllAndChangesNothing(boolean assertion) {
        Hearing hearing = new Hearing(event -> {
            if (assertion) {
                throw new AssertionError("a listener's assertion at " + event);
            }
            throw new IllegalStateException("a listener's failure at " + event);
        });
        failOnce("certificates.create");
        try (HostedControlPlanes hcp = InMemoryControlPlanes.open(machine, hearing)) {
            Operation operation = hcp.apply(ACME).awaitReady(SOON).operation().orElseThrow();

            assertThat(hearing.heard)
                    .startsWith("started")
                    .endsWith("ended DONE")
                    .contains("retried create certificates");
            assertThat(hearing.heard)
                    .containsAll(Samples.steps(operation.plan()).stream()
                            .map(id -> "begun " + id)
                            .toList());
            assertThat(hearing.heard)
                    .containsAll(Samples.steps(operation.plan()).stream()
                            .map(id -> "done " + id)
                            .toList());
        }
    }

    /** For longer than the work takes; what it did not hear at once it hears later, all of it and in order. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10})
    void listener_blocks_workEndsAndEventsAreHeardLater(int event) throws Exception {
        CountDownLatch moves = new CountDownLatch(1);
        CountDownLatch moved = new CountDownLatch(1);
        AtomicReference<Hearing> self = new AtomicReference<>();
        Hearing hearing = new Hearing(what -> {
            if (self.get().heard.size() == event + 1) {
                awaitQuietly(moves);
            } else if (self.get().heard.size() > event + 1) {
                moved.countDown();
            }
        });
        self.set(hearing);
        HostedControlPlanes hcp = InMemoryControlPlanes.open(machine, hearing);
        hcp.apply(ACME).awaitReady(SOON);
        hcp.apply(LOUDER).awaitReady(SOON);
        assertThat(hearing.heard).hasSize(event + 1);

        moves.countDown();
        moved.await();
        hcp.delete(NAME).await(SOON);
        hcp.close();
        assertThat(hearing.heard.stream().filter(what -> what.equals("ended DONE")))
                .hasSize(3);
        assertThat(hearing.heard).contains("done stop kube-controller-manager");
        assertThat(hearing.heard).endsWith("done remove data", "ended DONE");
    }

    @Test
    void listener_blocksForEver_workAndCloseEnd() throws Exception {
        Hearing hearing = new Hearing(event -> awaitQuietly(new CountDownLatch(1)));
        HostedControlPlanes hcp = InMemoryControlPlanes.open(machine, hearing);
        hcp.apply(ACME).awaitReady(SOON);
        hcp.delete(NAME).await(SOON);
        CompletableFuture.runAsync(hcp::close).get(20, TimeUnit.SECONDS);

        assertThat(hearing.heard).containsExactly("started");
        assertThat(world.tenants()).isEmpty();
    }

    @Test
    void listener_cancelsFromAnEvent_operationIsCancelled() {
        AtomicReference<HostedControlPlanes> opened = new AtomicReference<>();
        Gate gate = new Gate("processes.start");
        machine.faults(gate);
        Hearing hearing = new Hearing(event -> {
            if (event.equals("done create certificates")) {
                opened.get().get(NAME).orElseThrow().operation().orElseThrow().cancel();
                gate.open();
            }
        });
        try (HostedControlPlanes hcp = InMemoryControlPlanes.open(machine, hearing)) {
            opened.set(hcp);
            Operation operation = hcp.apply(ACME).operation().orElseThrow();

            assertThat(failure(() -> operation.await(SOON)).kind()).isEqualTo(ErrorKind.CANCELLED);
            assertThat(hearing.heard).endsWith("ended CANCELLED");
            hcp.apply(ACME).awaitReady(SOON);
        }
    }

    @Test
    void listener_plansAndAppliesFromAnEvent_bothAreDone() throws Exception {
        AtomicReference<HostedControlPlanes> opened = new AtomicReference<>();
        CompletableFuture<String> planned = new CompletableFuture<>();
        Hearing hearing = new Hearing(event -> {
            if (!planned.isDone()) {
                String plan = opened.get().plan(Samples.named("other")).toString();
                opened.get().apply(Samples.named("other")).awaitReady(SOON);
                planned.complete(plan);
            }
        });
        try (HostedControlPlanes hcp = InMemoryControlPlanes.open(machine, hearing)) {
            opened.set(hcp);
            hcp.apply(ACME).awaitReady(SOON);

            assertThat(planned.get(SOON.toSeconds(), TimeUnit.SECONDS)).contains("create certificates");
            assertThat(hcp.get("other").orElseThrow().status().ready()).isTrue();
        }
    }

    @Test
    void listener_appliesTheSameTenantWhenItsOperationEnded_isDone() throws Exception {
        AtomicReference<HostedControlPlanes> opened = new AtomicReference<>();
        CompletableFuture<OperationState> next = new CompletableFuture<>();
        Hearing hearing = new Hearing(event -> {
            if (event.equals("ended DONE") && !next.isDone()) {
                next.complete(applyNext(opened.get()));
            }
        });
        try (HostedControlPlanes hcp = InMemoryControlPlanes.open(machine, hearing)) {
            opened.set(hcp);
            hcp.apply(ACME);

            assertThat(next.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(OperationState.DONE);
            assertThat(hcp.plan(LOUDER).isEmpty()).isTrue();
        }
    }

    private static OperationState applyNext(HostedControlPlanes hcp) {
        try {
            return hcp.apply(LOUDER)
                    .awaitReady(SOON)
                    .operation()
                    .orElseThrow()
                    .report()
                    .state();
        } catch (HcpException refused) {
            return OperationState.FAILED;
        }
    }

    private void failOnce(String call) {
        machine.faults(
                one -> one.name().equals(call) && one.occurrence() == 1 ? Fault.refused(ErrorKind.IO) : Fault.none());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
