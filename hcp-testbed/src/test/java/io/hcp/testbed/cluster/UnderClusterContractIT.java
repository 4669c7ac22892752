package io.hcp.testbed.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.KubernetesBackend;
import io.hcp.core.internal.cluster.fabric.FabricCluster;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.testbed.Programs;
import io.hcp.testbed.contract.UnderClusterContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A real API server, of a control plane without nodes, passes the suite of the imagined one. */
class UnderClusterContractIT extends UnderClusterContract {
    private static HostedControlPlanes local;
    private static KubernetesClient client;

    @BeforeAll
    static void start() {
        local = HostedControlPlanes.local(options -> options.ephemeral());
        String kubeconfig = local.apply(TenantControlPlane.builder()
                        .name("under")
                        .kubernetesVersion(Programs.KUBERNETES_VERSION)
                        .build())
                .awaitReady(Duration.ofMinutes(40))
                .kubeconfig(request -> request.user("contract"));
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
        try (HostedControlPlanes pods = HostedControlPlanes.on(KubernetesBackend.using(client))) {
            pods.install(); // tenants' own objects are followed too
        }
    }

    @AfterAll
    static void stop() {
        client.close();
        local.close();
    }

    @Override
    public UnderCluster open() {
        return new FabricCluster(client, "default");
    }

    @Override
    public void applyAsOther(ClusterObject object) {
        GenericKubernetesResource resource =
                client.getKubernetesSerialization().convertValue(object.tree(), GenericKubernetesResource.class);
        client.resource(resource)
                .inNamespace("default")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("other")
                        .withForce(true)
                        .build());
    }
}
