package io.hcp.testbed.maintain;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.hcp.core.internal.threads.Daemons;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Says what a node says, and runs nothing: it is there, its pods are ready, and pods that are to go are gone. Volumes are
 * there for who claims them. All else about pods is done by the real controllers and the real scheduler.
 */
final class StandInNode implements AutoCloseable {
    private static final String NAME = "stand-in";
    private static final String LEASES = "kube-node-lease";
    private static final int RENEW_SECONDS = 10;

    private final KubernetesClient client;
    private final String namespace;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("stand-in-node-"));
    private final List<SharedIndexInformer<?>> informers;

    StandInNode(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        register();
        var unused = thread.scheduleWithFixedDelay(() -> attempt(this::renew), 0, RENEW_SECONDS, TimeUnit.SECONDS);
        informers = List.of(
                client.pods().inNamespace(namespace).inform(each(this::pod)),
                client.persistentVolumeClaims().inNamespace(namespace).inform(each(this::claim)));
    }

    private void register() {
        Map<String, Quantity> room = Map.of(
                "cpu", new Quantity("1000"),
                "memory", new Quantity("4Ti"),
                "ephemeral-storage", new Quantity("4Ti"),
                "pods", new Quantity("1000"));
        client.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .addToLabels("kubernetes.io/hostname", NAME)
                        .endMetadata()
                        .withNewStatus()
                        .withCapacity(room)
                        .withAllocatable(room)
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .withReason("StandIn")
                        .withLastHeartbeatTime(Instant.now().toString())
                        .withLastTransitionTime(Instant.now().toString())
                        .endCondition()
                        .endStatus()
                        .build())
                .create();
    }

    private void renew() {
        client.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(LEASES)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(NAME)
                        .withLeaseDurationSeconds(4 * RENEW_SECONDS)
                        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .inNamespace(LEASES)
                .forceConflicts()
                .serverSideApply();
    }

    private <T extends HasMetadata> ResourceEventHandler<T> each(Consumer<T> work) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                thread.execute(() -> attempt(() -> work.accept(object)));
            }

            @Override
            public void onUpdate(T before, T object) {
                onAdd(object);
            }

            @Override
            public void onDelete(T object, boolean unknown) {}
        };
    }

    /** What has changed meanwhile is told again. */
    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404 && e.getCode() != 409) {
                System.out.println("  the stand-in for a node: " + e.getMessage());
            }
        }
    }

    private void pod(Pod pod) {
        if (!NAME.equals(pod.getSpec().getNodeName())) {
            return;
        }
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            var unused = client.resource(pod).withGracePeriod(0).delete();
        } else if (!"Running".equals(pod.getStatus().getPhase())) {
            var unused = client.pods()
                    .inNamespace(namespace)
                    .withName(pod.getMetadata().getName())
                    .editStatus(StandInNode::running);
        }
    }

    private static Pod running(Pod pod) {
        String now = Instant.now().toString();
        List<ContainerStatus> containers = pod.getSpec().getContainers().stream()
                .map(container -> new ContainerStatusBuilder()
                        .withName(container.getName())
                        .withImage(container.getImage())
                        .withImageID(container.getImage())
                        .withReady(true)
                        .withStarted(true)
                        .withRestartCount(0)
                        .withNewState()
                        .withNewRunning(now)
                        .endState()
                        .build())
                .toList();
        return new PodBuilder(pod)
                .editStatus()
                .withPhase("Running")
                .withStartTime(now)
                .withContainerStatuses(containers)
                .withConditions(Stream.of("PodScheduled", "Initialized", "ContainersReady", "Ready")
                        .map(type -> new PodConditionBuilder()
                                .withType(type)
                                .withStatus("True")
                                .withLastTransitionTime(now)
                                .build())
                        .toList())
                .endStatus()
                .build();
    }

    private void claim(PersistentVolumeClaim claim) {
        if (claim.getSpec().getVolumeName() != null || claim.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        client.resource(new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName(claim.getMetadata().getUid())
                        .endMetadata()
                        .withNewSpec()
                        .withCapacity(claim.getSpec().getResources().getRequests())
                        .withAccessModes(claim.getSpec().getAccessModes())
                        .withStorageClassName(claim.getSpec().getStorageClassName())
                        .withPersistentVolumeReclaimPolicy("Retain")
                        .withNewHostPath("/nowhere", "")
                        .withNewClaimRef()
                        .withNamespace(namespace)
                        .withName(claim.getMetadata().getName())
                        .withUid(claim.getMetadata().getUid())
                        .endClaimRef()
                        .endSpec()
                        .build())
                .create();
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
        thread.shutdownNow();
    }
}
