package io.hcp.core.internal.machine;

import io.hcp.core.internal.engine.EngineBackend;
import io.hcp.core.internal.engine.TenantBackend;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.Machine;
import io.hcp.core.internal.time.Time;
import io.hcp.core.internal.usage.FleetSample;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** Control planes as processes of one machine. Thread-safe. */
public final class MachineBackend implements EngineBackend {
    private final Machine machine;
    private final Time time;
    private final RandomGenerator random;

    /**
     * Takes a machine.
     *
     * @param machine closed with this backend
     * @param time the machine's time
     * @param random what tenants' ids are drawn from
     */
    public MachineBackend(Machine machine, Time time, RandomGenerator random) {
        this.machine = machine;
        this.time = time;
        this.random = random;
    }

    @Override
    public Time time() {
        return time;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public List<String> tenants() {
        return machine.tenants();
    }

    @Override
    public Lease acquire(String tenant) {
        return machine.acquire(tenant);
    }

    @Override
    public Optional<String> holder(String tenant) {
        return machine.holder(tenant);
    }

    @Override
    public FleetSample sample(Executor executor) {
        return new MachineUsage(machine, time).all(executor);
    }

    @Override
    public TenantBackend tenant(String name) {
        return new MachineTenant(name, machine, time, random);
    }

    @Override
    public void close() {
        machine.close();
    }
}
