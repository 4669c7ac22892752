package io.hcp.testbed.fake;

import io.hcp.api.progress.HcpListener;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.machine.MachineBackend;
import java.util.Random;

/**
 * Control planes that are imagined: the same library, on a machine that is imagined with its files, processes and time.
 * For tests of platforms that use this library: nothing takes time, and {@link FakeWorld} lets time pass, components die,
 * calls fail and JVMs crash. Nothing listens: a kubeconfig is well-formed, and leads nowhere.
 *
 * <pre>{@code
 * FakeWorld world = new FakeWorld();
 * try (HostedControlPlanes hcp = InMemoryControlPlanes.open(world)) {
 *   hcp.apply(acme).awaitReady(Duration.ofMinutes(1));
 *   world.outside().kill("acme", Component.ETCD);
 *   ...
 * }
 * }</pre>
 */
public final class InMemoryControlPlanes {
    private InMemoryControlPlanes() {}

    /**
     * Opens the library on another JVM of an imagined machine.
     *
     * @param world the machine
     * @return close it to let go of the tenants, which live on in the world
     */
    public static HostedControlPlanes open(FakeWorld world) {
        return open(world.machine(), HcpListener.NONE);
    }

    /**
     * Opens the library on one JVM of an imagined machine.
     *
     * @param machine which one, from {@link FakeWorld#machine}
     * @param listener hears of everything
     * @return close it to let go of the tenants, which live on in the world
     */
    public static HostedControlPlanes open(FakeMachine machine, HcpListener listener) {
        long seed = machine.world().nextNumber(); // the same calls draw the same ids
        return HostedControlPlanes.on(
                new MachineBackend(machine, machine.world().time(), new Random(seed)), listener);
    }
}
