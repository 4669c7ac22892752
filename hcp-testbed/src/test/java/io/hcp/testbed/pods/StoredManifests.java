package io.hcp.testbed.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What a tenant is made of, as somebody could have written it into files.
 *
 * @param objects without what the API server and controllers have added
 */
record StoredManifests(List<HasMetadata> objects) {
    private static final String TENANT = "hcp.io/tenant";

    /** Reads all objects that the library has stored for a tenant, but for the tenant's own. */
    static StoredManifests of(KubernetesClient client, String namespace, String tenant) {
        List<HasMetadata> found = new ArrayList<>();
        found.addAll(client.secrets()
                .inNamespace(namespace)
                .withLabel(TENANT, tenant)
                .list()
                .getItems());
        found.addAll(client.serviceAccounts()
                .inNamespace(namespace)
                .withLabel(TENANT, tenant)
                .list()
                .getItems());
        found.addAll(client.services()
                .inNamespace(namespace)
                .withLabel(TENANT, tenant)
                .list()
                .getItems());
        found.addAll(client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(namespace)
                .withLabel(TENANT, tenant)
                .list()
                .getItems());
        found.addAll(client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withLabel(TENANT, tenant)
                .list()
                .getItems());
        found.addAll(client.apps()
                .deployments()
                .inNamespace(namespace)
                .withLabel(TENANT, tenant)
                .list()
                .getItems());
        return new StoredManifests(found.stream().map(StoredManifests::bare).toList());
    }

    private static HasMetadata bare(HasMetadata object) {
        Map<String, String> annotations = new TreeMap<>(object.getMetadata().getAnnotations());
        annotations.keySet().removeIf(key -> key.startsWith("deployment.kubernetes.io/") || key.startsWith("metallb."));
        object.setMetadata(new ObjectMetaBuilder()
                .withName(object.getMetadata().getName())
                .withNamespace(object.getMetadata().getNamespace())
                .withLabels(object.getMetadata().getLabels())
                .withAnnotations(annotations)
                .build());
        if (object instanceof Service service) {
            service.setStatus(null);
            withoutAddresses(service.getSpec());
        } else if (object instanceof Deployment deployment) {
            deployment.setStatus(null);
        } else if (object instanceof StatefulSet set) {
            set.setStatus(null);
        }
        return object;
    }

    private static void withoutAddresses(ServiceSpec service) {
        if (!"None".equals(service.getClusterIP())) {
            service.setClusterIP(null);
            service.setClusterIPs(null);
        }
        service.getPorts().forEach(port -> port.setNodePort(null));
    }

    /** The certificate of the tenant's authority. */
    String authority(String tenant) {
        return objects.stream()
                .filter(object -> object instanceof Secret
                        && object.getMetadata().getName().equals(tenant + "-ca"))
                .map(secret -> certificate((Secret) secret))
                .findFirst()
                .orElseThrow();
    }

    /** The certificate in the Secret of an authority. */
    static String certificate(Secret secret) {
        return secret.getData().values().stream()
                .map(data -> new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8))
                .filter(text -> text.startsWith("-----BEGIN CERTIFICATE-----"))
                .findFirst()
                .orElseThrow();
    }

    /** Creates all of them at once. */
    void create(KubernetesClient client) {
        ExecutorService threads = Executors.newFixedThreadPool(objects.size());
        try {
            CompletableFuture.allOf(objects.stream()
                            .map(object -> CompletableFuture.runAsync(
                                    () -> client.resource(object).create(), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            threads.shutdown();
        }
    }

    /** Deletes all of them, in the order of clients before servers, and the volumes. */
    void delete(KubernetesClient client, String namespace, String tenant) {
        for (int i = objects.size() - 1; i >= 0; i--) {
            var unusedDetails = client.resource(objects.get(i)).delete();
        }
        var unusedVolumes = client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withLabel(TENANT, tenant)
                .delete();
    }

    /** Tells what of the tenant is still there. */
    static List<String> left(KubernetesClient client, String namespace, String tenant) {
        List<HasMetadata> left = new ArrayList<>();
        left.addAll(client.pods()
                .inNamespace(namespace)
                .withLabel(TENANT, tenant)
                .list()
                .getItems());
        left.addAll(client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withLabel(TENANT, tenant)
                .list()
                .getItems());
        left.addAll(of(client, namespace, tenant).objects());
        return left.stream()
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .toList();
    }
}
