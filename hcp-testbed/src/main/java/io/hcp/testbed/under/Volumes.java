package io.hcp.testbed.under;

import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.hcp.testbed.under.host.Names;
import io.hcp.testbed.under.host.Shell;
import java.nio.file.Path;
import java.util.Objects;

/** Directories of nodes as volumes. One whose claim is gone is emptied and offered again. */
final class Volumes implements AutoCloseable {
    private static final String LABEL = "hcp.io/under";

    private final KubernetesClient client;
    private final int perNode;
    private final SharedIndexInformer<PersistentVolume> informer;

    Volumes(KubernetesClient client, int perNode) {
        this.client = client;
        this.perNode = perNode;
        this.informer = client.persistentVolumes().withLabel(LABEL).inform(new Recycler());
    }

    /** Makes a node's volumes. */
    void create(UnderNode node) {
        for (int number = 1; number <= perNode; number++) {
            String name = node.name() + "-volume-" + number;
            Shell.script("install -d -m 0777 " + directory(node.name(), name));
            client.resource(volume(node.name(), name)).create();
        }
    }

    private static PersistentVolume volume(String node, String name) {
        return new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(LABEL, node)
                .endMetadata()
                .withNewSpec()
                .addToCapacity("storage", new Quantity("10Gi"))
                .withAccessModes("ReadWriteOnce")
                .withPersistentVolumeReclaimPolicy("Retain")
                .withStorageClassName("local")
                .withNewLocal()
                .withPath("/var/lib/volumes/" + name)
                .endLocal()
                .withNewNodeAffinity()
                .withNewRequired()
                .addNewNodeSelectorTerm()
                .addToMatchExpressions(new NodeSelectorRequirementBuilder()
                        .withKey("kubernetes.io/hostname")
                        .withOperator("In")
                        .withValues(node)
                        .build())
                .endNodeSelectorTerm()
                .endRequired()
                .endNodeAffinity()
                .endSpec()
                .build();
    }

    private static Path directory(String node, String volume) {
        return Names.DIRECTORY
                .resolve("nodes")
                .resolve(node)
                .resolve("lib/volumes")
                .resolve(volume);
    }

    @Override
    public void close() {
        informer.close();
        informer.stopped().toCompletableFuture().exceptionally(ended -> null).join();
    }

    private final class Recycler implements ResourceEventHandler<PersistentVolume> {
        @Override
        public void onAdd(PersistentVolume volume) {}

        @Override
        public void onUpdate(PersistentVolume before, PersistentVolume volume) {
            if (!Objects.equals(volume.getStatus().getPhase(), "Released")) {
                return;
            }
            String name = volume.getMetadata().getName();
            Path directory = directory(
                    Objects.requireNonNull(volume.getMetadata().getLabels().get(LABEL)), name);
            Shell.script("rm -rf %1$s && install -d -m 0777 %1$s".formatted(directory));
            client.persistentVolumes()
                    .withName(name)
                    .edit(released -> new PersistentVolumeBuilder(released)
                            .editSpec()
                            .withClaimRef(null)
                            .endSpec()
                            .build());
        }

        @Override
        public void onDelete(PersistentVolume volume, boolean finalStateUnknown) {}
    }
}
