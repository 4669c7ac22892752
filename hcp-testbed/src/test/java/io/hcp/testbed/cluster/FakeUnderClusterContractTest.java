package io.hcp.testbed.cluster;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.testbed.contract.UnderClusterContract;
import io.hcp.testbed.fake.UnderWorld;

/** The imagined under cluster passes the suite of the real one. */
class FakeUnderClusterContractTest extends UnderClusterContract {
    private final UnderWorld world = new UnderWorld();

    @Override
    public UnderCluster open() {
        return world.open();
    }

    @Override
    public void applyAsOther(ClusterObject object) {
        world.applyAsOther(object);
    }
}
