package io.hcp.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;

/** A real Kubernetes cluster with nodes on this machine, to be used with kubectl until Ctrl-C. Needs root. */
public final class UnderCluster {
    private UnderCluster() {}

    /**
     * Runs the example.
     *
     * @param arguments the number of nodes; default 4
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        int nodes = arguments.length == 0 ? 4 : Integer.parseInt(arguments[0]);
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch removed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            try {
                removed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        Path file = Files.createTempFile(
                "under-",
                ".kubeconfig",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var cluster = io.hcp.testbed.under.UnderCluster.start(o -> o.nodes(nodes))) {
            Files.writeString(file, cluster.kubeconfig());
            explain(file);
            stop.await();
            System.out.println("Removing it ...");
        } finally {
            Files.deleteIfExists(file);
            removed.countDown();
        }
        System.out.println("Left behind: " + io.hcp.testbed.under.UnderCluster.leftovers());
    }

    private static void explain(Path kubeconfig) throws IOException {
        System.out.println("\nTry it, in another terminal:");
        System.out.println("  export KUBECONFIG=" + kubeconfig);
        System.out.println("  kubectl get nodes,pods --all-namespaces -o wide");
        System.out.println("  kubectl create deployment web --image=busybox:1 --replicas=4 -- httpd -f -h /etc");
        System.out.println("  kubectl expose deployment web --port=80 --type=LoadBalancer");
        System.out.println("  kubectl get service web    # its EXTERNAL-IP answers on this machine, too");
        System.out.println("\nImages are those of a control plane, and busybox:1. Nothing is pulled.");
        System.out.println("Ctrl-C removes the cluster and leaves nothing.");
    }
}
