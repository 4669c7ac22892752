package io.hcp.examples;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.KubernetesBackend;
import java.util.concurrent.CountDownLatch;

/**
 * Looks after the tenants of a namespace until it is stopped, for those that write TenantControlPlanes by {@code kubectl} or
 * GitOps. Started once more it is a second instance, which takes its share of the tenants.
 */
public final class Operator {
    private Operator() {}

    /**
     * Runs the example.
     *
     * @param arguments the namespace; without it that of the kubeconfig, or of the pod that this runs in
     * @throws InterruptedException never: it is ended by a signal
     */
    public static void main(String[] arguments) throws InterruptedException {
        KubernetesClient client = new KubernetesClientBuilder().build();
        KubernetesBackend backend = KubernetesBackend.using(client);
        HostedControlPlanes hcp = HostedControlPlanes.on(
                arguments.length == 0 ? backend : backend.inNamespace(arguments[0]), new ConsoleListener());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> { // gives the tenants to the other instances at once
                            hcp.close();
                            client.close();
                        }));
        System.out.println(hcp.install());
        hcp.maintain();
        System.out.println("Looking after the tenants of namespace "
                + (arguments.length == 0 ? client.getNamespace() : arguments[0]) + ". End it with Ctrl-C.");
        new CountDownLatch(1).await();
    }
}
