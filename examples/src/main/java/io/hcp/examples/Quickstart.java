package io.hcp.examples;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.hcp.api.ControlPlane;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A real control plane for tenant {@code acme} on this machine, used and removed again. {@code --keep} leaves it running.
 */
public final class Quickstart {
    private static final String TENANT = "acme";
    private static final Duration FIRST_TIME = Duration.ofMinutes(60); // programs may have to be built

    private Quickstart() {}

    /**
     * Runs the example.
     *
     * @param arguments {@code --keep} leaves the tenant running
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        boolean keep = Arrays.asList(arguments).contains("--keep");
        try (HostedControlPlanes hcp = HostedControlPlanes.local(o -> o.listener(new ConsoleListener()))) {
            if (hcp.get(TENANT).map(found -> found.status().deleting()).orElse(false)) {
                hcp.delete(TENANT).await(Duration.ofMinutes(2)); // an earlier run was interrupted
            }
            TenantControlPlane acme = TenantControlPlane.builder()
                    .name(TENANT)
                    .kubernetesVersion("1.36.3")
                    .build();
            System.out.println(hcp.plan(acme) + "\n");
            long begun = System.nanoTime();
            ControlPlane controlPlane = hcp.apply(acme).awaitReady(FIRST_TIME);
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(Locale.ROOT, "%nReady after %.1f s at %s%n", seconds, controlPlane.endpoint());

            String kubeconfig = controlPlane.kubeconfig(k -> k.user("quickstart"));
            Path file = writePrivately(kubeconfig);
            System.out.println("\nTry it:");
            System.out.println("  export KUBECONFIG=" + file);
            System.out.println("  kubectl version");
            System.out.println("  kubectl get --raw '/readyz?verbose'");
            System.out.println(
                    "  kubectl create deployment web --image=nginx && kubectl get deployments,replicasets,pods\n");

            useApi(kubeconfig);
            if (keep) {
                System.out.println("\nThe tenant runs on. Run examples/run quickstart to remove it.");
                return;
            }
            if (Boolean.getBoolean("hcp.interactive")) { // examples/run sets it when a person is watching
                System.out.print("\nPress Enter to remove the tenant. ");
                int unused = System.in.read();
            }
            hcp.delete(TENANT).await(Duration.ofMinutes(2));
            Files.deleteIfExists(file);
            System.out.println("\nRemoved: its processes, certificates and data are gone.");
        }
    }

    private static void useApi(String kubeconfig) {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build()) {
            Deployment deployment = deployment();
            client.resource(deployment).serverSideApply();
            List<Pod> pods = client.pods()
                    .inNamespace("default")
                    .withLabel("app", "hello")
                    .informOnCondition(found -> found.size() == 2)
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
            System.out.println("The API at work:");
            client.apps().replicaSets().inNamespace("default").withLabel("app", "hello").list().getItems().stream()
                    .map(set -> "  ReplicaSet " + set.getMetadata().getName())
                    .forEach(System.out::println);
            pods.stream()
                    .map(pod -> "  Pod        " + pod.getMetadata().getName() + " "
                            + pod.getStatus().getPhase())
                    .forEach(System.out::println);
            System.out.println("  Event      FailedScheduling: " + failedScheduling(client));
            client.resource(deployment).delete();
        }
    }

    private static Deployment deployment() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("hello")
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewSelector()
                .addToMatchLabels("app", "hello")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "hello")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("hello")
                .withImage("registry.k8s.io/pause:3.10")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /** There are no nodes: the scheduler's own words. */
    private static String failedScheduling(KubernetesClient client) {
        return client.v1()
                .events()
                .inNamespace("default")
                .withField("reason", "FailedScheduling")
                .informOnCondition(events -> !events.isEmpty())
                .orTimeout(30, TimeUnit.SECONDS)
                .join()
                .get(0)
                .getMessage();
    }

    private static Path writePrivately(String kubeconfig) throws IOException {
        Path file = Path.of(System.getProperty("user.home"), ".hcp", TENANT + ".kubeconfig");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, kubeconfig);
    }
}
