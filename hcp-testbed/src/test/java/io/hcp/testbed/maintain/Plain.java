package io.hcp.testbed.maintain;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.api.model.ExposureType;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.cluster.ClusterBackend;
import io.hcp.core.internal.cluster.fabric.FabricCluster;
import io.hcp.core.internal.time.Time;
import io.hcp.testbed.Programs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Tenants as somebody without the library writes and sees them.
 *
 * @param client of that one
 * @param namespace where they are
 */
record Plain(KubernetesClient client, String namespace) {
    private static final String VERSION = "hcp.io/v1alpha1";
    private static final String KIND = "TenantControlPlane";

    /** Not those of the under cluster, which earlier versions refuse. */
    private static final String SERVICES = "10.160.0.0/16";

    private static final String TENANT = "hcp.io/tenant";

    /** The library on a real API server, and on stand-ins for pods. */
    static HostedControlPlanes library(KubernetesClient client, KubernetesClient beside, String namespace) {
        return HostedControlPlanes.on(new ClusterBackend(
                StandInPods.with(new FabricCluster(client, namespace), new StandInPods(beside, namespace)),
                Time.system(),
                RandomGenerator.getDefault()));
    }

    void createNamespace() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    /** Describes a tenant that has {@code --v} of its API server at a level. */
    void write(String name, int level) {
        GenericKubernetesResource description = new GenericKubernetesResource();
        description.setApiVersion(VERSION);
        description.setKind(KIND);
        description.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
        description.setAdditionalProperty(
                "spec",
                Map.of(
                        "kubernetes",
                        Map.of("version", Programs.KUBERNETES_VERSION),
                        "controlPlane",
                        Map.of("replicas", 1, "apiServer", Map.of("extraArgs", Map.of("v", Integer.toString(level)))),
                        "networkProfile",
                        Map.of("exposure", ExposureType.CLUSTER_IP.toString(), "serviceCidrs", List.of(SERVICES))));
        client.resource(description).forceConflicts().serverSideApply();
    }

    void delete(String name) {
        client.genericKubernetesResources(VERSION, KIND)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    /** Whether a tenant is told to be what its description says. */
    boolean isReady(String name) {
        return Optional.ofNullable(client.genericKubernetesResources(VERSION, KIND)
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .filter(own ->
                        own.getMetadata().getGeneration().equals(number(own.get("status", "observedGeneration"))))
                .filter(own -> "Ready".equals(own.get("status", "phase")))
                .isPresent();
    }

    private static long number(Object value) {
        return value instanceof Number number ? number.longValue() : -1;
    }

    /** All that the library has made, Leases and all that controllers make not among it. */
    List<HasMetadata> objects() {
        return Stream.of(
                        client.secrets()
                                .inNamespace(namespace)
                                .withLabel(TENANT)
                                .list()
                                .getItems(),
                        client.serviceAccounts()
                                .inNamespace(namespace)
                                .withLabel(TENANT)
                                .list()
                                .getItems(),
                        client.services()
                                .inNamespace(namespace)
                                .withLabel(TENANT)
                                .list()
                                .getItems(),
                        client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(namespace)
                                .withLabel(TENANT)
                                .list()
                                .getItems(),
                        client.apps()
                                .statefulSets()
                                .inNamespace(namespace)
                                .withLabel(TENANT)
                                .list()
                                .getItems(),
                        client.apps()
                                .deployments()
                                .inNamespace(namespace)
                                .withLabel(TENANT)
                                .list()
                                .getItems(),
                        client.genericKubernetesResources(VERSION, KIND)
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                .<HasMetadata>flatMap(List::stream)
                .toList();
    }

    /** The versions of all objects. */
    SortedMap<String, String> versions() {
        SortedMap<String, String> versions = new TreeMap<>();
        objects()
                .forEach(object -> versions.put(
                        object.getKind() + " " + object.getMetadata().getName(),
                        object.getMetadata().getResourceVersion()));
        return versions;
    }
}
