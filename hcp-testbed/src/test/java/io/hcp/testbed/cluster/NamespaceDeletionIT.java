package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.KubernetesBackend;
import io.hcp.testbed.Programs;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tenants go with their namespace, on a real API server, though no Lease can be had there any more. */
class NamespaceDeletionIT {
    private static final String NAMESPACE = "tenants";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static UnderApi under;
    private static KubernetesClient client;

    @BeforeAll
    static void start() {
        under = new UnderApi();
        client = under.client();
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

    private static TenantControlPlane tenant(String name) {
        return TenantControlPlane.builder()
                .name(name)
                .kubernetesVersion(Programs.KUBERNETES_VERSION)
                .networkProfile(n -> n.exposure(ExposureType.CLUSTER_IP))
                .build();
    }

    /** As far as it gets without nodes. */
    private static void begin(HostedControlPlanes hcp, String name) {
        var unused = hcp.apply(tenant(name));
        await().atMost(LIMIT)
                .until(() -> client.apps()
                                .deployments()
                                .inNamespace(NAMESPACE)
                                .withName(name)
                                .get()
                        != null);
    }

    @Test
    void delete_namespaceIsBeingDeleted_letsTenantsAndNamespaceGo() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        try (HostedControlPlanes hcp = open()) {
            begin(hcp, "one");
            begin(hcp, "two");
        }
        client.namespaces().withName(NAMESPACE).delete();

        try (HostedControlPlanes hcp = open()) {
            assertThatThrownBy(() -> hcp.apply(tenant("three")).awaitReady(LIMIT))
                    .isInstanceOf(HcpException.class)
                    .hasMessageContaining("is being deleted")
                    .extracting(thrown -> ((HcpException) thrown).kind())
                    .isEqualTo(ErrorKind.BLOCKED);
            hcp.delete("one").await(LIMIT);
            assertThat(hcp.get("one")).isEmpty();
            await().atMost(LIMIT)
                    .until(() -> under.kubectl()
                            .run("get", "tcp", "two", "-n", NAMESPACE, "-o", "jsonpath={.metadata.deletionTimestamp}")
                            .output()
                            .contains("T"));
            hcp.reconcile("two").await(LIMIT);
        }
        await().atMost(LIMIT)
                .until(() -> client.namespaces().withName(NAMESPACE).get() == null);
    }
}
