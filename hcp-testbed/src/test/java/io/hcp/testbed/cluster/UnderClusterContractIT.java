package io.hcp.testbed.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.KubernetesBackend;
import io.hcp.core.internal.cluster.fabric.FabricCluster;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.testbed.contract.UnderClusterContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A real API server, of a control plane without nodes, passes the suite of the imagined one. */
class UnderClusterContractIT extends UnderClusterContract {
    private static UnderApi under;
    private static KubernetesClient client;

    @BeforeAll
    static void start() {
        under = new UnderApi();
        client = under.client();
        try (HostedControlPlanes pods = HostedControlPlanes.on(KubernetesBackend.using(client))) {
            pods.install(); // tenants' own objects are followed too
        }
    }

    @AfterAll
    static void stop() {
        under.close();
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
