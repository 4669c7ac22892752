package io.hcp.examples;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.api.ControlPlane;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.KubernetesBackend;
import io.hcp.testbed.under.UnderCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A tenant's control plane as pods of a real Kubernetes cluster, which is started for it on this machine. Needs root. */
public final class TenantAsPods {
    private static final String NAMESPACE = "tenants";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private TenantAsPods() {}

    /**
     * Runs the example.
     *
     * @param arguments none
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        try (UnderCluster cluster = UnderCluster.start(o -> o.nodes(2))) {
            createNamespace(cluster.client());
            try (HostedControlPlanes hcp = HostedControlPlanes.on(
                    KubernetesBackend.using(cluster.client()).inNamespace(NAMESPACE), new ConsoleListener())) {
                System.out.println(hcp.install());
                TenantControlPlane acme = TenantControlPlane.builder()
                        .name("acme")
                        .kubernetesVersion("1.36.3")
                        .build();
                System.out.println(hcp.plan(acme));
                explain(cluster, hcp.apply(acme).awaitReady(LIMIT));
                hcp.delete("acme").await(LIMIT);
            }
        }
        System.out.println("Removed. Left behind: " + UnderCluster.leftovers());
    }

    /** Whoever may read Secrets there has the tenants' keys: it is a namespace for nothing else. */
    private static void createNamespace(KubernetesClient client) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
    }

    private static void explain(UnderCluster cluster, ControlPlane acme) throws Exception {
        Path kubeconfig = Files.createTempFile("acme-", ".kubeconfig");
        Files.writeString(kubeconfig, acme.kubeconfig(k -> k.user("jane").validFor(Duration.ofHours(1))));
        System.out.println("\nTenant acme is at " + acme.endpoint() + ". In another terminal:");
        System.out.println("  kubectl --kubeconfig=" + kubeconfig + " get namespaces");
        System.out.println("  kubectl --kubeconfig=" + cluster.kubeconfigFile() + " -n " + NAMESPACE + " get tcp,pods");
        if (Boolean.getBoolean("hcp.interactive")) { // examples/run sets it when a person is watching
            System.out.print("\nPress Enter to remove all of it. ");
            int unused = System.in.read();
        }
        Files.delete(kubeconfig);
    }
}
