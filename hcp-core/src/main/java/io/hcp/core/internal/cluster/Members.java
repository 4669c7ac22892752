package io.hcp.core.internal.cluster;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.render.Frame;
import io.hcp.core.internal.cluster.render.TenantNames;
import java.util.List;
import java.util.Map;

/** What can be said of pods. Pure. */
final class Members {
    private static final String REVISION = "controller-revision-hash";
    private static final String COMPONENT = "app.kubernetes.io/component";

    private Members() {}

    /** The labels of etcd's pods. */
    static Map<String, String> labels(TenantNames names) {
        return Map.of(Frame.TENANT_LABEL, names.tenant(), COMPONENT, "etcd");
    }

    /** The labels of the control plane's pods. */
    static Map<String, String> replicaLabels(TenantNames names) {
        return Map.of(Frame.TENANT_LABEL, names.tenant(), COMPONENT, "control-plane");
    }

    /** Those that run as something else than their StatefulSet says now. */
    static List<ClusterObject> stale(List<ClusterObject> pods, ClusterObject set) {
        String revision = set.text("status", "updateRevision").orElse("");
        return pods.stream()
                .filter(pod -> !pod.label(REVISION).orElse("").equals(revision))
                .toList();
    }

    static boolean isReady(ClusterObject pod) {
        return !pod.isDeleting()
                && pod.objects("status", "conditions").stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.get("type")) && "True".equals(condition.get("status")));
    }
}
