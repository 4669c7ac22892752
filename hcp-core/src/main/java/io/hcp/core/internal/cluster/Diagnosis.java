package io.hcp.core.internal.cluster;

import io.hcp.core.internal.cluster.form.ClusterObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells from pods why they are not ready. Pure. */
final class Diagnosis {
    private static final Set<String> IMAGE =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");
    private static final int SHORT = 3;

    private Diagnosis() {}

    /**
     * The first thing that people have to do something about, or else what is waited for. Without a quorum of etcd nothing
     * else can be ready.
     *
     * @param pods of the tenant
     * @param etcd the StatefulSet of its members
     */
    static Optional<Finding> of(List<ClusterObject> pods, ClusterObject etcd) {
        boolean served = pods.stream().anyMatch(pod -> Members.isReplica(pod) && Members.isReady(pod));
        Optional<Finding> found = withoutQuorum(pods, etcd).or(() -> first(pods));
        return served ? found : found.map(Finding::asOutage);
    }

    /** Of a pod with a cause, if there is one: the others may just wait for it. */
    private static Optional<Finding> first(List<ClusterObject> pods) {
        List<ClusterObject> waiting = pods.stream()
                .filter(pod -> !Members.isReady(pod) && !pod.isDeleting() && !Members.isOver(pod))
                .toList();
        return waiting.stream()
                .flatMap(pod -> cause(pod).stream())
                .findFirst()
                .or(() -> waiting.stream().findFirst().map(Diagnosis::notReady));
    }

    private static Optional<Finding> withoutQuorum(List<ClusterObject> pods, ClusterObject etcd) {
        List<ClusterObject> members = pods.stream()
                .filter(pod -> pod.name().startsWith(etcd.name() + "-"))
                .toList();
        long wanted = etcd.number("spec", "replicas");
        long ready = members.stream().filter(Members::isReady).count();
        long quorum = wanted / 2 + 1;
        if (wanted == 1 || ready >= quorum) {
            return Optional.empty();
        }
        Optional<Finding> cause = first(members);
        Finding found = new Finding(
                "EtcdWithoutQuorum",
                "etcd has no quorum: %d of %d members are ready, %d are needed; %s"
                        .formatted(
                                ready,
                                wanted,
                                quorum,
                                cause.map(Finding::problem).orElse("the others have no pods")),
                cause.map(Finding::remedy).orElse("look at the events of StatefulSet " + etcd.name()));
        return Optional.of(found.asOutage());
    }

    private static Finding notReady(ClusterObject pod) {
        return new Finding(
                "PodNotReady", "pod " + pod.name() + " is not ready", "wait, or look at its events and logs");
    }

    private static Optional<Finding> cause(ClusterObject pod) {
        for (Map<String, Object> container : pod.objects("status", "containerStatuses")) {
            ClusterObject status = new ClusterObject(pod.kind(), container);
            Optional<Finding> found = waiting(pod, status).or(() -> restarting(pod, status));
            if (found.isPresent()) {
                return found;
            }
        }
        return unscheduled(pod);
    }

    private static Optional<Finding> waiting(ClusterObject pod, ClusterObject container) {
        String name = container.text("name").orElse("");
        String reason = container.text("state", "waiting", "reason").orElse("");
        String message = container.text("state", "waiting", "message").orElse("");
        if (IMAGE.contains(reason)) {
            return Optional.of(new Finding(
                    "ImageUnavailable",
                    "image %s of %s in pod %s cannot be had: %s %s"
                            .formatted(container.text("image").orElse(""), name, pod.name(), reason, message),
                    "see that the registry has it and the node reaches it, or name another with registrySettings"));
        }
        if (reason.equals("CreateContainerConfigError") || reason.equals("CreateContainerError")) {
            return Optional.of(new Finding(
                    "ContainerNotCreated",
                    "%s in pod %s cannot be created: %s".formatted(name, pod.name(), message),
                    "see what the node has against it"));
        }
        return Optional.empty();
    }

    private static Optional<Finding> restarting(ClusterObject pod, ClusterObject container) {
        String name = container.text("name").orElse("");
        if (container.number("restartCount") < SHORT) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "ContainerRestarting",
                "%s in pod %s ended %d times, last with exit code %d"
                        .formatted(
                                name,
                                pod.name(),
                                container.number("restartCount"),
                                container.number("lastState", "terminated", "exitCode")),
                "look at its log: kubectl logs " + pod.name() + " -c " + name + " --previous"));
    }

    private static Optional<Finding> unscheduled(ClusterObject pod) {
        return pod.objects("status", "conditions").stream()
                .filter(condition ->
                        "PodScheduled".equals(condition.get("type")) && "False".equals(condition.get("status")))
                .findFirst()
                .map(condition -> new Finding(
                        "PodNotScheduled",
                        "pod %s fits on no node: %s".formatted(pod.name(), condition.get("message")),
                        "add nodes or room on them, or change what the pods ask for"));
    }
}
