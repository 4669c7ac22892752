package io.hcp.testbed.engine;

import static io.hcp.testbed.engine.Samples.ACME;
import static io.hcp.testbed.engine.Samples.NAME;
import static io.hcp.testbed.engine.Samples.SOON;
import static io.hcp.testbed.engine.Samples.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.Condition;
import io.hcp.api.ControlPlane;
import io.hcp.api.Operation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.FakeMachine;
import io.hcp.testbed.fake.FakeWorld;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operation is found again: in the same process as it is, from another one by its report. */
class OperationTest {
    private final FakeWorld world = new FakeWorld();
    private final Gate gate = new Gate("api.bootstrap");
    private final FakeMachine machine = world.machine().faults(gate);
    private final HostedControlPlanes hcp = Samples.open(machine);
    private final HostedControlPlanes other = Samples.open(world.machine());

    @AfterEach
    void close() {
        gate.open();
        hcp.close();
        other.close();
    }

    @Test
    void operation_underWay_isFoundInTheSameProcess() throws Exception {
        Operation operation = begun();

        ControlPlane found = hcp.get(NAME).orElseThrow();
        assertThat(found.operation().map(Operation::id)).contains(operation.id());
        assertThat(hcp.list().get(0).operation().map(Operation::id)).contains(operation.id());
        assertThat(found.lastOperation()).contains(operation.report());
        assertThat(found.lastOperation().map(OperationReport::state)).contains(OperationState.RUNNING);
        assertThat(found.status().condition(Condition.RECONCILED).map(Condition::reason))
                .contains("OperationUnderWay");

        gate.open();
        found.operation().orElseThrow().await(SOON);
        assertThat(hcp.get(NAME).orElseThrow().operation()).isEmpty();
        assertThat(found.lastOperation().map(OperationReport::state)).contains(OperationState.DONE);
    }

    @Test
    void operation_underWayElsewhere_isRunningWhileItsHolderLives() throws Exception {
        Operation operation = begun();

        ControlPlane seen = other.get(NAME).orElseThrow();
        assertThat(seen.operation()).isEmpty();
        assertThat(seen.lastOperation()).contains(operation.report());
        assertThat(seen.status().condition(Condition.RECONCILED).map(Condition::reason))
                .contains("OperationUnderWay");

        gate.open();
        operation.await(SOON);
        assertThat(seen.lastOperation()).contains(operation.report());
    }

    @Test
    void operation_itsHolderDied_isInterrupted() throws Exception {
        Operation operation = begun();
        machine.crash();

        ControlPlane seen = other.get(NAME).orElseThrow();
        OperationReport left = seen.lastOperation().orElseThrow();
        assertThat(left.state()).isEqualTo(OperationState.INTERRUPTED);
        assertThat(left.id()).isEqualTo(operation.id());
        assertThat(left.problem()).contains("who carried it out has ended; reconcile goes on from there");
        assertThat(seen.status().condition(Condition.RECONCILED)).hasValueSatisfying(condition -> {
            assertThat(condition.reason()).isEqualTo("Interrupted");
            assertThat(condition.message()).startsWith("to be done: bind first roles (");
        });

        other.reconcile(NAME).await(SOON);
        assertThat(seen.lastOperation().map(OperationReport::state)).contains(OperationState.DONE);
    }

    @Test
    void operation_itsHolderClosed_isCancelled() throws Exception {
        Operation operation = begun();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(hcp::close);

        assertThat(failure(() -> operation.await(SOON)).kind()).isEqualTo(ErrorKind.CANCELLED);
        closing.get(1, TimeUnit.MINUTES);

        ControlPlane seen = other.get(NAME).orElseThrow();
        assertThat(seen.lastOperation()).contains(operation.report());
        assertThat(operation.report().state()).isEqualTo(OperationState.CANCELLED);
        assertThat(seen.status().condition(Condition.RECONCILED).map(Condition::reason))
                .contains("Cancelled");
    }

    private Operation begun() throws InterruptedException {
        Operation operation = hcp.apply(ACME).operation().orElseThrow();
        gate.awaitReached();
        return operation;
    }
}
