package io.hcp.core.internal.cluster;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.render.Frame;
import io.hcp.core.internal.cluster.render.TenantNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What can be said of pods. Pure. */
final class Members {
    private static final String REVISION = "controller-revision-hash";

    private Members() {}

    /** The labels of etcd's pods. */
    static Map<String, String> labels(TenantNames names) {
        return Map.of(Frame.TENANT_LABEL, names.tenant(), Frame.COMPONENT_LABEL, Frame.ETCD);
    }

    /** The labels of the control plane's pods. */
    static Map<String, String> replicaLabels(TenantNames names) {
        return Map.of(Frame.TENANT_LABEL, names.tenant(), Frame.COMPONENT_LABEL, Frame.CONTROL_PLANE);
    }

    static boolean isReplica(ClusterObject pod) {
        return pod.label(Frame.COMPONENT_LABEL)
                .filter(Frame.CONTROL_PLANE::equals)
                .isPresent();
    }

    /** Whether what a Deployment or a StatefulSet tells of itself is of what it says now. */
    static boolean isObserved(ClusterObject workload) {
        return workload.number("status", "observedGeneration") >= workload.number("metadata", "generation");
    }

    /**
     * Whether a StatefulSet leaves it open that all its pods run as it says now. Which revision it calls its current one
     * tells nothing: with {@code OnDelete} that stays the first one, which a change that is taken back returns to.
     */
    static boolean mayBeStale(ClusterObject set) {
        return !isObserved(set) || set.number("status", "updatedReplicas") < set.number("status", "replicas");
    }

    /**
     * Those that run as something else than their StatefulSet says now; all, as long as it is not known what its pods should
     * be.
     */
    static List<ClusterObject> stale(List<ClusterObject> pods, ClusterObject set) {
        if (!isObserved(set)) {
            return pods;
        }
        String revision = set.text("status", "updateRevision").orElse("");
        return pods.stream()
                .filter(pod -> !pod.label(REVISION).orElse("").equals(revision))
                .toList();
    }

    /** The first member that is not there, not ready, or about to go. */
    static Optional<String> missed(List<ClusterObject> pods, ClusterObject set) {
        Set<String> ready =
                pods.stream().filter(Members::isReady).map(ClusterObject::name).collect(Collectors.toSet());
        return LongStream.range(0, set.number("spec", "replicas"))
                .mapToObj(number -> set.name() + "-" + number)
                .filter(name -> !ready.contains(name))
                .findFirst();
    }

    static boolean isReady(ClusterObject pod) {
        return !pod.isDeleting()
                && pod.objects("status", "conditions").stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.get("type")) && "True".equals(condition.get("status")));
    }

    /** Tells whether a pod has ended for good, as one that its node has evicted: it stays to be looked at, and counts for nothing. */
    static boolean isOver(ClusterObject pod) {
        String phase = pod.text("status", "phase").orElse("");
        return phase.equals("Failed") || phase.equals("Succeeded");
    }
}
