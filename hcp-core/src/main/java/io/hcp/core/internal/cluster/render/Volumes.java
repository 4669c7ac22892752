package io.hcp.core.internal.cluster.render;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.KeyToPathBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import io.hcp.api.model.Component;
import io.hcp.api.model.StorageProfile;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The volumes of pods. */
final class Volumes {
    /** The volume of an etcd member. */
    static final String DATA = "data";

    /** For the owner and the group of the pod, nobody else. */
    private static final int MODE = 0440;

    private Volumes() {}

    static String files(Component component) {
        return component.binaryName() + "-files";
    }

    /** The files of one container. */
    static Volume secret(ComponentBlueprint component, String secret) {
        return new VolumeBuilder()
                .withName(files(component.component()))
                .withNewSecret()
                .withSecretName(secret)
                .withDefaultMode(MODE)
                .withItems(items(component, ""))
                .endSecret()
                .build();
    }

    /**
     * The files of all members, each in a directory of its name. A pod template is the same for all, and a container that
     * mounted only the directory of its own name would keep the files of its beginning: the kubelet renews whole volumes
     * alone. No key is given to anybody who could do less without it: every member has all data, and is trusted by all.
     */
    static Volume members(ComponentBlueprint etcd, TenantNames names, int members) {
        List<VolumeProjection> sources = IntStream.range(0, members)
                .mapToObj(names::member)
                .map(member -> new VolumeProjectionBuilder()
                        .withNewSecret()
                        .withName(member)
                        .withItems(items(etcd, member + "/"))
                        .endSecret()
                        .build())
                .toList();
        return new VolumeBuilder()
                .withName(files(Component.ETCD))
                .withNewProjected()
                .withDefaultMode(MODE)
                .withSources(sources)
                .endProjected()
                .build();
    }

    private static List<KeyToPath> items(ComponentBlueprint component, String directory) {
        return ContainerFiles.of(component).stream()
                .map(file -> new KeyToPathBuilder()
                        .withKey(ContainerFiles.key(file))
                        .withPath(directory + file)
                        .build())
                .toList();
    }

    static PersistentVolumeClaim data(Frame frame, StorageProfile storage) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(DATA)
                .withLabels(frame.labels(Frame.ETCD, Map.of()))
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(storage.storageClassName().orElse(null))
                .withNewResources()
                .withRequests(Map.of(
                        "storage",
                        new Quantity(storage.size().map(Object::toString).orElse("8Gi"))))
                .endResources()
                .endSpec()
                .build();
    }
}
