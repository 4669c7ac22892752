package io.hcp.testbed.fake;

import io.hcp.core.internal.gateway.Lease;
import java.util.concurrent.atomic.AtomicBoolean;

/** The right to change one tenant, fenced by an epoch: whoever takes it next has a higher one. */
final class FakeLease implements Lease {
    private final FakeMachine machine;
    private final TenantCell cell;
    private final long epoch;
    private final AtomicBoolean closed = new AtomicBoolean();

    FakeLease(FakeMachine machine, TenantCell cell, long epoch) {
        this.machine = machine;
        this.cell = cell;
        this.epoch = epoch;
    }

    FakeMachine machine() {
        return machine;
    }

    long epoch() {
        return epoch;
    }

    @Override
    public String tenant() {
        return cell.name();
    }

    @Override
    public boolean isHeld() {
        return !closed.get() && !machine.life().isDead() && !machine.life().isClosed() && cell.isHeldBy(this);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            cell.release(this);
        }
    }
}
