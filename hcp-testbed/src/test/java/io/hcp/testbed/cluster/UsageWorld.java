package io.hcp.testbed.cluster;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import java.util.Map;

/** Nodes of an imagined under cluster. */
final class UsageWorld {
    private UsageWorld() {}

    static ClusterObject node(String name) {
        return ClusterObject.named(Kind.NODE, "", name)
                .with(Map.of("cpu", "3920m", "memory", "16000000Ki", "pods", "110"), "status", "allocatable");
    }
}
