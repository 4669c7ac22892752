package io.hcp.testbed.engine;

import static io.hcp.testbed.engine.Samples.ACME;
import static io.hcp.testbed.engine.Samples.LOUDER;
import static io.hcp.testbed.engine.Samples.NAME;
import static io.hcp.testbed.engine.Samples.SOON;
import static io.hcp.testbed.engine.Samples.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.ControlPlane;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.FakeMachine;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of several engines, and several threads, one has a tenant; the others are told who. */
class TwoEnginesTest {
    private static final int THREADS = 8;

    private final FakeWorld world = new FakeWorld();
    private final FakeMachine machine = world.machine();
    private final FakeMachine otherMachine = world.machine();
    private final HostedControlPlanes first = Samples.open(machine);
    private final HostedControlPlanes second = Samples.open(otherMachine);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void end() {
        threads.shutdownNow();
        first.close();
        second.close();
    }

    @Test
    void secondEngine_whileTheFirstLives_isToldWhoHasTheTenant() {
        first.apply(ACME).awaitReady(SOON);

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> second.apply(LOUDER),
                () -> second.apply(second.plan(LOUDER)),
                () -> second.reconcile(NAME),
                () -> second.delete(NAME),
                () -> second.delete(second.planDelete(NAME)))) {
            assertHeldBy(machine, failure(call));
        }

        assertThat(second.plan(LOUDER).isEmpty()).isFalse();
        assertThat(second.get(NAME).orElseThrow().status().ready()).isTrue();
        assertThat(otherMachine.writes()).isZero();
        first.close();
        second.apply(LOUDER).awaitReady(SOON);
    }

    @Test
    void leaseLostWhileIdle_anotherHasIt_nextCallIsToldWho() {
        first.apply(ACME).awaitReady(SOON);
        sleepThroughTheLease();
        second.apply(LOUDER).awaitReady(SOON);
        machine.thaw();

        assertHeldBy(otherMachine, failure(() -> first.apply(ACME)));
        assertThat(first.get(NAME).orElseThrow().status().supervised()).isFalse();
        assertThat(first.plan(LOUDER).isEmpty()).isTrue();
    }

    @Test
    void leaseLostWhileIdle_nobodyHasItAnyMore_nextCallTakesItAgain() {
        first.apply(ACME).awaitReady(SOON);
        sleepThroughTheLease();
        second.apply(LOUDER).awaitReady(SOON);
        second.close();
        machine.thaw();

        assertThat(first.get(NAME).orElseThrow().status().supervised()).isFalse();
        first.reconcile(NAME).await(SOON);
        assertThat(first.get(NAME).orElseThrow().status().supervised()).isTrue();
        assertThat(world.machine().holder(NAME)).contains(machine.toString());
        assertThat(machine.calls().get("machine.acquire")).isEqualTo(2);
    }

    /** What it watched over before it lost the lease is not what it has to watch over now. */
    @Test
    void leaseTakenAgain_componentEnds_isStartedAsTheOtherLeftIt() {
        first.apply(ACME).awaitReady(SOON);
        sleepThroughTheLease();
        second.apply(LOUDER).awaitReady(SOON);
        second.close();
        machine.thaw();
        first.reconcile(NAME).await(SOON);

        world.outside().kill(NAME, Component.KUBE_CONTROLLER_MANAGER);
        world.time().advance(SOON);
        machine.lookAfter();

        assertThat(world.state(NAME).processes(Component.KUBE_CONTROLLER_MANAGER))
                .hasSize(1);
        assertThat(first.plan(NAME).isEmpty()).isTrue();
    }

    @Test
    void leaseNotTakenWhileFrozen_isStillItsOwn() {
        first.apply(ACME).awaitReady(SOON);
        sleepThroughTheLease();
        machine.thaw();

        first.apply(LOUDER).awaitReady(SOON);
        assertThat(machine.calls().get("machine.acquire")).isEqualTo(1);
    }

    @Test
    void manyThreads_oneTenant_oneWinsAndTheOthersAreTold() throws Exception {
        CountDownLatch allCalled = new CountDownLatch(1);
        Stream.of(machine, otherMachine)
                .forEach(each -> each.faults(call -> {
                    if (call.name().equals("processes.start")) {
                        awaitQuietly(allCalled); // so that the winner's work lasts until all the others have called
                    }
                    return Fault.none();
                }));
        List<Callable<ControlPlane>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS / 2; i++) {
            calls.add(() -> first.apply(ACME));
            calls.add(() -> second.apply(ACME));
        }

        List<ControlPlane> winners = new ArrayList<>();
        List<HcpException> losers = new ArrayList<>();
        for (Future<ControlPlane> call : threads.invokeAll(calls, 1, TimeUnit.MINUTES)) {
            try {
                winners.add(call.get());
            } catch (java.util.concurrent.ExecutionException e) {
                losers.add((HcpException) e.getCause());
            }
        }
        allCalled.countDown();

        assertThat(winners).hasSize(1);
        winners.get(0).awaitReady(SOON);
        assertThat(losers)
                .hasSize(THREADS - 1)
                .allSatisfy(loser -> assertThat(loser.kind()).isEqualTo(ErrorKind.LOCKED));
        assertThat(losers.stream()
                        .filter(loser -> String.valueOf(loser.getMessage())
                                .contains("an operation on tenant \"acme\" is under way")))
                .hasSize(THREADS / 2 - 1);
        assertThat(losers.stream()
                        .filter(loser -> String.valueOf(loser.getMessage()).contains("is held by process ")))
                .hasSize(THREADS / 2);
    }

    @Test
    void manyThreads_manyTenants_eachIsMadeOnceByOneEngine() throws Exception {
        int tenants = 50;
        List<Callable<Boolean>> calls = IntStream.range(0, 2 * tenants)
                .mapToObj(number -> (Callable<Boolean>) () -> make(number % 2 == 0 ? first : second, "t" + number / 2))
                .toList();

        long made = 0;
        for (Future<Boolean> call : threads.invokeAll(calls, 1, TimeUnit.MINUTES)) {
            made += call.get() ? 1 : 0;
        }

        assertThat(made).isEqualTo(tenants);
        assertThat(first.list())
                .hasSize(tenants)
                .allSatisfy(tenant -> assertThat(tenant.status().ready()).isTrue());
        assertThat(world.keptPorts())
                .hasSize(5 * tenants)
                .allSatisfy((port, keepers) -> assertThat(keepers).hasSize(1));
        machine.detector().assertCalm();
        otherMachine.detector().assertCalm();
    }

    /** Tells whether it could. */
    private static boolean make(HostedControlPlanes engine, String name) {
        try {
            engine.apply(Samples.named(name)).awaitReady(SOON);
            return true;
        } catch (HcpException e) {
            assertThat(e.kind()).isEqualTo(ErrorKind.LOCKED);
            return false;
        }
    }

    private void sleepThroughTheLease() {
        machine.freeze();
        world.time().advance(FakeWorld.LEASE_LASTS);
    }

    private static void assertHeldBy(FakeMachine holder, HcpException refusal) {
        assertThat(refusal.kind()).isEqualTo(ErrorKind.LOCKED);
        assertThat(refusal)
                .hasMessage(
                        "tenant \"acme\" in the imagined machine is held by " + holder
                                + ". Remedy: end that process or close its HostedControlPlanes, or use it to change the tenant");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
