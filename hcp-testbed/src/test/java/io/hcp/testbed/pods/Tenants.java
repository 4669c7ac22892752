package io.hcp.testbed.pods;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.KubernetesBackend;
import io.hcp.testbed.under.UnderCluster;

/** The library, with a name of its own at the API server so that its requests can be told from others. */
final class Tenants implements AutoCloseable {
    static final String AGENT = "hcp-proof/";

    private final KubernetesClient client;
    private final HostedControlPlanes hcp;

    Tenants(UnderCluster cluster, String namespace, String name) {
        Config config = Config.fromKubeconfig(cluster.kubeconfig());
        config.setUserAgent(AGENT + name);
        client = new KubernetesClientBuilder().withConfig(config).build();
        hcp = HostedControlPlanes.on(KubernetesBackend.using(client).inNamespace(namespace));
    }

    /** Makes a namespace for tenants, in which every pod has to be restricted. */
    static void createNamespace(KubernetesClient client, String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
    }

    HostedControlPlanes hcp() {
        return hcp;
    }

    @Override
    public void close() {
        hcp.close();
        client.close();
    }
}
