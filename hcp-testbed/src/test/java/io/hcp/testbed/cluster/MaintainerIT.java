package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.api.model.ExposureType;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.KubernetesBackend;
import io.hcp.testbed.Programs;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Maintainers on a real API server, of a control plane without nodes: objects are made, pods wait. */
class MaintainerIT {
    private static final String NAMESPACE = "maintained";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static UnderApi under;
    private static KubernetesClient client;

    private final Map<String, HostedControlPlanes> instances = new HashMap<>();

    @BeforeAll
    static void start() {
        under = new UnderApi();
        client = under.client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        try (HostedControlPlanes hcp = open()) {
            hcp.install();
        }
    }

    @AfterAll
    static void stop() {
        under.close();
    }

    private static HostedControlPlanes open() {
        return HostedControlPlanes.on(KubernetesBackend.using(client).inNamespace(NAMESPACE));
    }

    /** Returns the name of its Lease. */
    private String maintain() {
        List<String> before = leases();
        HostedControlPlanes hcp = open();
        hcp.maintain();
        await().atMost(SOON).until(() -> leases().size() == before.size() + 1);
        String name = leases().stream()
                .filter(lease -> !before.contains(lease))
                .findFirst()
                .orElseThrow();
        instances.put(name, hcp);
        return name;
    }

    @AfterEach
    void end() {
        instances.values().forEach(HostedControlPlanes::close);
        assertThat(leases()).isEmpty();
    }

    private static List<String> leases() {
        return client.leases().inNamespace(NAMESPACE).withLabel("hcp.io/instance").list().getItems().stream()
                .map(lease -> lease.getMetadata().getName())
                .toList();
    }

    private static void write(String name) {
        GenericKubernetesResource description = new GenericKubernetesResource();
        description.setApiVersion("hcp.io/v1alpha1");
        description.setKind("TenantControlPlane");
        description.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                .withName(name)
                .withNamespace(NAMESPACE)
                .build());
        description.setAdditionalProperty(
                "spec",
                Map.of(
                        "kubernetes",
                        Map.of("version", Programs.KUBERNETES_VERSION),
                        "networkProfile",
                        Map.of("exposure", ExposureType.CLUSTER_IP.toString())));
        client.resource(description).create();
    }

    private static Optional<GenericKubernetesResource> tenant(String name) {
        return Optional.ofNullable(client.genericKubernetesResources("hcp.io/v1alpha1", "TenantControlPlane")
                .inNamespace(NAMESPACE)
                .withName(name)
                .get());
    }

    private static boolean isThere(String deployment) {
        return client.apps()
                        .deployments()
                        .inNamespace(NAMESPACE)
                        .withName(deployment)
                        .get()
                != null;
    }

    private static Optional<String> holder(String tenant) {
        return Optional.ofNullable(
                        client.leases().inNamespace(NAMESPACE).withName(tenant).get())
                .map(lease -> lease.getSpec().getHolderIdentity());
    }

    private static String holderOf(String instance) {
        Lease lease = client.leases().inNamespace(NAMESPACE).withName(instance).get();
        return lease.getSpec().getHolderIdentity();
    }

    private static void remove(String name) {
        client.genericKubernetesResources("hcp.io/v1alpha1", "TenantControlPlane")
                .inNamespace(NAMESPACE)
                .withName(name)
                .delete();
        await().atMost(SOON.multipliedBy(2)).until(() -> tenant(name).isEmpty());
        assertThat(isThere(name)).isFalse();
    }

    /** While it is waited for pods that do not come. */
    @Test
    void maintain_writtenAndDeletedByOthers_isMadeAndRemoved() {
        maintain();
        write("acme");
        await().atMost(SOON).until(() -> isThere("acme"));
        remove("acme");
    }

    @Test
    void maintain_oneOfTwoLeaves_theOtherTakesOver() {
        String one = maintain();
        String other = maintain();
        write("shared");
        await().atMost(SOON).until(() -> holder("shared").isPresent());
        String holder = holder("shared").orElseThrow();
        String leaving = holder.equals(holderOf(one)) ? one : other;
        String staying = leaving.equals(one) ? other : one;
        String next = holderOf(staying);
        Optional.ofNullable(instances.remove(leaving)).orElseThrow().close();
        await().atMost(SOON).until(() -> holder("shared").equals(Optional.of(next)));
        remove("shared");
    }
}
