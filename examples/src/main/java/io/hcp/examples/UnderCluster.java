package io.hcp.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A real Kubernetes cluster with nodes on this machine, to be used with kubectl. Needs root. */
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
        try (var cluster = io.hcp.testbed.under.UnderCluster.start(o -> o.nodes(nodes))) {
            explain(cluster.kubeconfigFile());
            awaitEnd();
        }
        System.out.println("Removed. Left behind: " + io.hcp.testbed.under.UnderCluster.leftovers());
    }

    private static void awaitEnd() throws IOException, InterruptedException {
        if (Boolean.getBoolean("hcp.interactive")) { // examples/run sets it when a person is watching
            System.out.print("\nPress Enter to remove the cluster. ");
            int unused = System.in.read();
        } else {
            System.out.println("\nEnd this process, in any way, to remove the cluster.");
            new CountDownLatch(1).await();
        }
    }

    private static void explain(Path kubeconfig) {
        System.out.println("\nTry it, in another terminal:");
        System.out.println("  export KUBECONFIG=" + kubeconfig);
        System.out.println("  kubectl get nodes,pods --all-namespaces -o wide");
        System.out.println("  kubectl create deployment web --image=busybox:1 --replicas=4 -- httpd -f -h /etc");
        System.out.println("  kubectl expose deployment web --port=80 --type=LoadBalancer");
        System.out.println("  kubectl get service web    # its EXTERNAL-IP answers on this machine, too");
        System.out.println("\nImages are those of a control plane, and busybox:1. Nothing is pulled.");
    }
}
