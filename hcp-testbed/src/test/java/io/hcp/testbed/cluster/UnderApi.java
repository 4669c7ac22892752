package io.hcp.testbed.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.LocalOptions;
import io.hcp.testbed.Kubectl;
import io.hcp.testbed.Programs;
import java.time.Duration;

/** A local control plane, without nodes, in the part of the under cluster. */
final class UnderApi implements AutoCloseable {
    /** Long enough for programs to be built first. */
    private static final Duration LIMIT = Duration.ofMinutes(40);

    private final HostedControlPlanes hcp = HostedControlPlanes.local(LocalOptions::ephemeral);
    private final String kubeconfig = hcp.apply(TenantControlPlane.builder()
                    .name("under")
                    .kubernetesVersion(Programs.KUBERNETES_VERSION)
                    .build())
            .awaitReady(LIMIT)
            .kubeconfig(k -> k.user("admin"));

    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig))
            .build();

    KubernetesClient client() {
        return client;
    }

    Kubectl kubectl() {
        return new Kubectl(kubeconfig);
    }

    @Override
    public void close() {
        client.close();
        hcp.close();
    }
}
