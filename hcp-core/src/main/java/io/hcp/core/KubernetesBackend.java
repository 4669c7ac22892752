package io.hcp.core;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.api.Backend;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.internal.cluster.ClusterBackend;
import io.hcp.core.internal.cluster.fabric.FabricCluster;
import io.hcp.core.internal.cluster.fabric.FabricInstallationObjects;
import io.hcp.core.internal.cluster.install.Installer;
import io.hcp.core.internal.engine.EngineBackend;
import io.hcp.core.internal.time.Time;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Runs control planes as pods of a Kubernetes cluster, the under cluster, all in one namespace. Each call of {@link
 * HostedControlPlanes#on(Backend, HcpListener)} works on the tenants of the backend's namespace; for more namespaces, make more
 * of both, on the same client. Immutable and thread-safe.
 */
public final class KubernetesBackend implements Backend {
    private static final String DEFAULT_NAMESPACE = "default";

    private final KubernetesClient client;
    private final String namespace;

    private KubernetesBackend(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Takes a client of the under cluster, and the namespace that it works in, as its kubeconfig or the pod that it runs
     * in says.
     *
     * @param client never closed by this library; must stay open for as long as control planes are worked on
     * @return a backend
     */
    public static KubernetesBackend using(KubernetesClient client) {
        return new KubernetesBackend(
                client, Optional.ofNullable(client.getNamespace()).orElse(DEFAULT_NAMESPACE));
    }

    /**
     * Chooses the namespace of the tenants.
     *
     * @param name a namespace that exists
     * @return a changed copy
     */
    public KubernetesBackend inNamespace(String name) {
        return new KubernetesBackend(client, name);
    }

    EngineBackend open() {
        Installer installer = new Installer(new FabricInstallationObjects(client), Time.system());
        return new ClusterBackend(
                new FabricCluster(client, namespace),
                Optional.of(installer),
                Time.system(),
                RandomGenerator.getDefault());
    }
}
