package io.hcp.testbed.engine;

import static io.hcp.testbed.engine.Samples.ACME;
import static io.hcp.testbed.engine.Samples.LOUDER;
import static io.hcp.testbed.engine.Samples.NAME;
import static io.hcp.testbed.engine.Samples.SOON;
import static io.hcp.testbed.engine.Samples.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.ControlPlane;
import io.hcp.api.Operation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.model.Component;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.internal.engine.Engine;
import io.hcp.core.internal.machine.MachineBackend;
import io.hcp.core.internal.progress.ListenerDispatch;
import io.hcp.testbed.fake.FakeWorld;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody asks for goes before what is done with a tenant unasked. */
class PrecedenceTest {
    private final FakeWorld world = new FakeWorld();
    private final Gate gate = new Gate("processes.start");
    private final Engine engine = new Engine(
            new MachineBackend(world.machine().faults(gate), world.time(), new Random(1)),
            new ListenerDispatch(HcpListener.NONE));

    @BeforeEach
    void create() {
        Samples.create(world, ACME);
        world.outside().kill(NAME, Component.KUBE_SCHEDULER);
    }

    @AfterEach
    void end() {
        gate.open();
        engine.close();
    }

    @Test
    void apply_whileTheTenantIsLookedAfter_cancelsThatAndIsDone() throws Exception {
        Operation unasked = engine.lookAfter(NAME);
        gate.awaitReached();

        ControlPlane asked = engine.apply(LOUDER);
        gate.open();
        asked.awaitReady(SOON);

        assertThat(failure(() -> unasked.await(SOON)).kind()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(engine.plan(LOUDER).isEmpty()).isTrue();
    }

    @Test
    void lookAfter_whileSomebodyIsAtWork_leavesThatAlone() throws Exception {
        Operation asked = engine.reconcile(NAME);
        gate.awaitReached();

        assertThat(failure(() -> engine.lookAfter(NAME)).kind()).isEqualTo(ErrorKind.LOCKED);
        assertThat(failure(() -> engine.apply(LOUDER)).kind()).isEqualTo(ErrorKind.LOCKED);

        gate.open();
        asked.await(SOON);
    }
}
