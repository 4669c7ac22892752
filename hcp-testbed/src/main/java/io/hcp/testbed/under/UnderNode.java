package io.hcp.testbed.under;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.testbed.CommandLine;
import io.hcp.testbed.Kubectl;
import io.hcp.testbed.under.host.Names;
import io.hcp.testbed.under.host.Shell;
import io.hcp.testbed.under.node.NodeMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** One node of an {@link UnderCluster}: real kubelet, containerd and kube-proxy in namespaces of their own. */
public final class UnderNode {
    private static final Duration EXEC_LIMIT = Duration.ofSeconds(60);

    private final int index;
    private final String name;
    private final NodeMachine machine;
    private final UnderCluster cluster;

    UnderNode(int index, UnderCluster cluster) {
        this.index = index;
        this.name = "under-" + index;
        this.machine = new NodeMachine(index, name);
        this.cluster = cluster;
    }

    NodeMachine machine() {
        return machine;
    }

    int index() {
        return index;
    }

    /** The node's object, made before its kubelet starts so that its pods' addresses are known beforehand. */
    Node object() {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("topology.kubernetes.io/zone", "zone-" + index)
                .endMetadata()
                .withNewSpec()
                .withPodCIDR(Names.podSubnet(index))
                .withPodCIDRs(Names.podSubnet(index))
                .endSpec()
                .build();
    }

    /** {@return its name, for example {@code under-1}} */
    public String name() {
        return name;
    }

    /** {@return its address on the bridge} */
    public String address() {
        return machine.address();
    }

    /**
     * Returns where its files are on the machine: {@code log/} is its {@code /var/log}, {@code lib/} its
     * {@code /var/lib}, {@code etc/} what differs from the machine's {@code /etc}.
     *
     * @return a directory that is gone when the cluster is
     */
    public Path directory() {
        return machine.directory();
    }

    /**
     * Moves its pods elsewhere with {@code kubectl drain}, which respects disruption budgets, and takes no new ones.
     *
     * @param limit after which it gives up
     * @return what kubectl said; its exit code tells whether the node is drained
     */
    public CommandLine.Result drain(Duration limit) {
        try (Kubectl kubectl = new Kubectl(cluster.kubeconfig())) {
            return kubectl.run(
                    limit.plus(EXEC_LIMIT),
                    "drain",
                    name,
                    "--ignore-daemonsets",
                    "--delete-emptydir-data",
                    "--force",
                    "--timeout=" + limit.toSeconds() + "s");
        }
    }

    /** Takes new pods again after {@link #drain}. */
    public void uncordon() {
        try (Kubectl kubectl = new Kubectl(cluster.kubeconfig())) {
            String unused = kubectl.run("uncordon", name).orThrow();
        }
    }

    /** Switches it off, as a power cut does: every process is gone at once, its address answers no more. */
    public void kill() {
        machine.kill();
        cluster.routeServices();
    }

    /** Switches it on again after {@link #kill}, with the disk it had. */
    public void start() {
        machine.start();
        cluster.routeServices();
    }

    /** Stops all its processes, pods included, without ending them. The kernel still answers for its address. */
    public void freeze() {
        machine.freeze(true);
    }

    /** Lets its processes continue after {@link #freeze}. */
    public void thaw() {
        machine.freeze(false);
    }

    /** Cuts it off from the network: packets to and from it are lost. Its pods run on. */
    public void cutOff() {
        machine.plug(false);
    }

    /** Connects it again after {@link #cutOff}. */
    public void reconnect() {
        machine.plug(true);
    }

    /**
     * Runs a program in the node's namespaces, for at most a minute.
     *
     * @param command the program and its arguments; with the machine's files but the node's {@code /etc}, {@code /run},
     *     {@code /var/lib} and {@code /var/log}
     * @return what came of it
     */
    public CommandLine.Result exec(String... command) {
        return machine.exec(EXEC_LIMIT, List.of(command));
    }

    /** Gives its containerd an image. */
    void importArchive(Path archive) {
        Path file = Path.of("/var/lib/import").resolve(archive.getFileName());
        Shell.script("install -d %1$s/lib/import && ln -f %2$s %1$s/lib/import/".formatted(directory(), archive));
        String script =
                "until ctr version >/dev/null 2>&1; do sleep 0.1; done; ctr --namespace k8s.io images import %1$s; rm %1$s";
        String unused = exec("bash", "-euc", script.formatted(file)).orThrow();
    }

    /** {@return whether it is switched on; a frozen one is} */
    public boolean isRunning() {
        return machine.isRunning();
    }

    /** {@return whether the API server takes it for ready} */
    public boolean isReady() {
        return isReady(cluster.client().nodes().withName(name).get());
    }

    /**
     * Waits until the API server takes it for ready, or for not ready. A node that is silent is not ready after the node
     * monitor's grace period, 50 s by default.
     *
     * @param ready which of both
     * @param limit how long to wait at most
     * @throws HcpException {@link ErrorKind#TIMEOUT} with the end of its kubelet's log
     */
    public void awaitReady(boolean ready, Duration limit) {
        try {
            Node unused = cluster.client()
                    .nodes()
                    .withName(name)
                    .waitUntilCondition(node -> isReady(node) == ready, limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (KubernetesClientTimeoutException e) {
            throw new HcpException(
                    ErrorKind.TIMEOUT,
                    "node " + name + " is " + (ready ? "not" : "still") + " ready after " + limit.toSeconds() + " s",
                    "read the end of its kubelet's log:\n" + machine.log("kubelet"),
                    e);
        }
    }

    private static boolean isReady(Node node) {
        return node != null
                && node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition -> Objects.equals(condition.getType(), "Ready")
                                && Objects.equals(condition.getStatus(), "True"));
    }

    @Override
    public String toString() {
        return name;
    }
}
