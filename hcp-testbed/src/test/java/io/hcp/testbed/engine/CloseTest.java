package io.hcp.testbed.engine;

import static io.hcp.testbed.engine.Samples.ACME;
import static io.hcp.testbed.engine.Samples.NAME;
import static io.hcp.testbed.engine.Samples.NEWER;
import static io.hcp.testbed.engine.Samples.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.Operation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.gateway.JournalEntry;
import io.hcp.testbed.fake.FakeMachine;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.Fault;
import io.hcp.testbed.fake.TenantState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Closed at any moment, the library ends its work and writes nothing afterwards. */
class CloseTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void close_atEveryCall_endsTheWorkAndNothingIsWrittenAfterwards(boolean creation) throws Exception {
        boolean reached = true;
        int cancelled = 0;
        for (int at = 1; reached; at++) {
            FakeWorld world = new FakeWorld().startUpTakes(Duration.ofMillis(50));
            if (!creation) {
                Samples.create(world, ACME);
            }
            CompletableFuture<Boolean> atCall = new CompletableFuture<>();
            int number = at;
            FakeMachine machine = world.machine().faults(call -> {
                if (call.number() == number) {
                    atCall.complete(true);
                }
                return Fault.none();
            });
            HostedControlPlanes hcp = Samples.open(machine);
            Future<Operation> begun = threads.submit(
                    () -> hcp.apply(creation ? ACME : NEWER).operation().orElseThrow());
            CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> quietly(begun), threads);
            CompletableFuture.anyOf(atCall, ended).get(1, TimeUnit.MINUTES);
            reached = atCall.isDone();
            hcp.close();
            TenantState closed = world.state(NAME);
            ended.get(1, TimeUnit.MINUTES);

            assertThat(world.state(NAME)).as("closed at call %d", at).isEqualTo(closed);
            assertThat(world.machine().holder(NAME)).as("closed at call %d", at).isEmpty();
            cancelled += isCancelled(closed) ? 1 : 0;
            assertThat(closed.journal().map(JournalEntry::operation).map(OperationReport::state))
                    .as("closed at call %d", at)
                    .isNotEqualTo(Optional.of(OperationState.RUNNING));
            Samples.create(world, creation ? ACME : NEWER);
        }
        assertThat(cancelled).isGreaterThan(5);
    }

    private static boolean isCancelled(TenantState state) {
        return state.journal()
                .filter(entry -> entry.operation().state() == OperationState.CANCELLED)
                .isPresent();
    }

    private static void quietly(Future<Operation> begun) {
        try {
            begun.get(1, TimeUnit.MINUTES).await(SOON);
        } catch (HcpException e) {
            assertThat(e.kind()).isIn(ErrorKind.CANCELLED, ErrorKind.LOCKED);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOfAny(IllegalStateException.class, HcpException.class);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void calls_afterClose_areRefused() {
        FakeWorld world = new FakeWorld();
        HostedControlPlanes hcp = Samples.open(world.machine());
        hcp.close();
        hcp.close();
        assertThatThrownBy(() -> hcp.apply(ACME))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this HostedControlPlanes is closed");
        assertThat(world.tenants()).isEmpty();
    }

    @Test
    void close_manyOperationsUnderWay_endsAll() throws Exception {
        FakeWorld world = new FakeWorld();
        Gate gate = new Gate("api.bootstrap");
        HostedControlPlanes hcp = Samples.open(world.machine().faults(gate));
        List<CompletableFuture<Throwable>> failures = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Operation operation = hcp.apply(Samples.named("t" + i)).operation().orElseThrow();
            failures.add(operation.completion().handle((none, failure) -> failure));
        }
        gate.awaitReached();

        CompletableFuture.runAsync(hcp::close, threads).get(1, TimeUnit.MINUTES);
        // What hangs on the end of an operation may come after close() has seen it.
        CompletableFuture.allOf(failures.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);

        assertThat(failures)
                .allSatisfy(failure -> assertThat(failure)
                        .isCompletedWithValueMatching(
                                why -> why instanceof HcpException e && e.kind() == ErrorKind.CANCELLED));
        Samples.elsewhere(
                world,
                other -> world.tenants()
                        .forEach(name -> other.apply(Samples.named(name)).awaitReady(SOON)));
    }
}
