package io.hcp.testbed.engine;

import io.hcp.api.progress.HcpListener;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.FakeMachine;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.InMemoryControlPlanes;

/**
 * A JVM on an imagined machine, with an engine of its own.
 *
 * @param machine its way there
 * @param hcp its engine
 * @param behind true if it sees at first what there was some writes ago
 */
record Jvm(FakeMachine machine, HostedControlPlanes hcp, boolean behind) implements AutoCloseable {
    static Jvm on(FakeWorld world) {
        return on(world.machine());
    }

    static Jvm on(FakeMachine machine) {
        return on(machine, 0);
    }

    static Jvm on(FakeMachine machine, int writesBehind) {
        machine.staleReads(writesBehind);
        return new Jvm(machine, InMemoryControlPlanes.open(machine, HcpListener.NONE), writesBehind > 0);
    }

    /** Lets go of the tenants, once no step is under way. A killed JVM changes nothing by it. */
    @Override
    public void close() {
        hcp.close();
        machine.detector().assertCalm();
    }
}
