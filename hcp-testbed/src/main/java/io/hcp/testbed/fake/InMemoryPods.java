package io.hcp.testbed.fake;

import io.hcp.api.progress.HcpListener;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.cluster.ClusterBackend;
import java.util.Random;

/** Control planes as imagined pods, for tests. */
public final class InMemoryPods {
    private InMemoryPods() {}

    /**
     * Runs control planes in an imagined under cluster.
     *
     * @param cluster one JVM's way to it
     * @return close it to let go of the tenants
     */
    public static HostedControlPlanes on(FakeUnderCluster cluster) {
        return HostedControlPlanes.on(
                new ClusterBackend(cluster, cluster.world().time(), new Random(1)), HcpListener.NONE);
    }
}
