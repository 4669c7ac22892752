package io.hcp.testbed.fake;

import io.hcp.core.internal.gateway.Lease;

/** The right to change one tenant: held until it is given back, or until its JVM is gone and the lease has run out. */
final class FakeUnderLease implements Lease {
    private final FakeUnderCluster holder;
    private final String tenant;
    private volatile boolean closed;

    FakeUnderLease(FakeUnderCluster holder, String tenant) {
        this.holder = holder;
        this.tenant = tenant;
    }

    FakeUnderCluster holder() {
        return holder;
    }

    @Override
    public String tenant() {
        return tenant;
    }

    @Override
    public boolean isHeld() {
        return !closed && holder.keepsLeases();
    }

    @Override
    public void close() {
        closed = true;
    }
}
