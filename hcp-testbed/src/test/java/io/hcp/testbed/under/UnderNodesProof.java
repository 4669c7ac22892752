package io.hcp.testbed.under;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.testbed.CommandLine;
import io.hcp.testbed.Programs;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import io.hcp.testbed.under.image.Image;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

@Proof(
        name = "under-nodes",
        shows =
                "nodes are added, drained, frozen, killed and cut off and come back; volumes, images and addresses work",
        minutes = 15,
        programs = {"kubelet", "kube-proxy", "coredns", "metallb-controller", "metallb-speaker", "kubectl"},
        root = true)
@TestMethodOrder(MethodOrderer.MethodName.class)
class UnderNodesProof {
    private static final int REPLICAS = 8;
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofSeconds(2);

    @RegisterExtension
    static final UnderClusterExtension UNDER = UnderClusterExtension.shared();

    private final UnderCluster cluster = UNDER.cluster();
    private final KubernetesClient client = cluster.client();

    @BeforeAll
    static void startWeb() {
        Web.apply(UNDER.cluster().client(), Web.deployment("web", REPLICAS, ""));
        Web.apply(UNDER.cluster().client(), Web.loadBalancer());
    }

    @BeforeEach
    void awaitWeb() {
        await().atMost(SOON)
                .until(() -> Web.ready(client).size() == REPLICAS
                        && !Web.address(client).isEmpty());
    }

    @Test
    void addresses_fromEverywhere_answer(TestReporter reporter) {
        String clusterIp = client.services()
                .inNamespace("default")
                .withName("web")
                .get()
                .getSpec()
                .getClusterIP();
        int nodePort = client.services()
                .inNamespace("default")
                .withName("web")
                .get()
                .getSpec()
                .getPorts()
                .get(0)
                .getNodePort();
        Pod pod = Web.ready(client).get(0);
        UnderNode node = cluster.node(pod.getSpec().getNodeName());
        assertThat(get(List.of(), clusterIp)).as("this machine, ClusterIP").isTrue();
        assertThat(get(List.of(), pod.getStatus().getPodIP() + ":8080"))
                .as("this machine, pod")
                .isTrue();
        try (Outside outside = cluster.outside()) {
            assertThat(get(outside.command(), Web.address(client)))
                    .as("outside, load balancer")
                    .isTrue();
            for (UnderNode each : cluster.nodes()) {
                assertThat(get(outside.command(), each.address() + ":" + nodePort))
                        .as("outside, NodePort")
                        .isTrue();
            }
            assertThat(get(outside.command(), clusterIp))
                    .as("outside, ClusterIP")
                    .isFalse();
        }
        String said = Web.run(client, pod, "wget", "-qO-", "http://web.default.svc.cluster.local");
        assertThat(said).startsWith("web-");
        assertThat(Web.run(client, pod, "wget", "-qO-", "http://" + Web.address(client)))
                .startsWith("web-");
        assertThat(node.exec("hostname").orThrow()).contains(node.name());
        tell("names, ClusterIP, NodePort on each node and load balancer answer", System.nanoTime());
        Figure.publish(reporter, "DNS, ClusterIP, NodePort, LoadBalancer answer");
    }

    @Test
    void added_runsWhatTheOthersRun(TestReporter reporter) {
        cluster.importImage(Image.of("example.test/own:1", Programs.provide("etcd"), "etcd"));
        long begun = System.nanoTime();
        UnderNode added = cluster.addNode();
        double seconds = tell("node " + added + " added and ready", begun);
        Web.apply(client, """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: own, namespace: default}
                spec:
                  selector: {matchLabels: {name: own}}
                  template:
                    metadata: {labels: {name: own}}
                    spec:
                      containers:
                      - {name: own, image: "example.test/own:1", args: [--data-dir=/tmp/etcd]}
                """);
        await().atMost(SOON).until(() -> ownReady() == cluster.nodes().size());
        tell("an image made from a binary runs on all " + cluster.nodes().size() + " nodes", begun);
        Figure.publish(reporter, String.format(Locale.ROOT, "a node is added in %.1f s", seconds));
    }

    private int ownReady() {
        return client.apps()
                .daemonSets()
                .inNamespace("default")
                .withName("own")
                .get()
                .getStatus()
                .getNumberReady();
    }

    @Test
    void cutOff_reconnected_comesBack(TestReporter reporter) {
        UnderNode node = cluster.nodes().get(1);
        Pod pod = Web.readyOn(client, node).get(0);
        int restarts = Web.restarts(client);
        long begun = System.nanoTime();
        node.cutOff();
        assertThat(pings(node)).isFalse();
        assertThat(node.exec("pgrep", "httpd").output()).as("its pods run on").isNotBlank();
        node.awaitReady(false, SOON);
        double noticed = tell("cut off: not ready", begun);
        begun = System.nanoTime();
        node.reconnect();
        node.awaitReady(true, SOON);
        double back = tell("reconnected: ready", begun);
        await().atMost(SOON).until(() -> get(List.of(), pod.getStatus().getPodIP() + ":8080"));
        assertThat(Web.restarts(client)).isEqualTo(restarts);
        Figure.publish(
                reporter, String.format(Locale.ROOT, "cut off: noticed in %.0f s, back in %.0f s", noticed, back));
    }

    @Test
    void drained_respectsBudgets() {
        UnderNode node = cluster.nodes().get(2);
        Web.apply(client, """
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: web, namespace: default}
                spec: {minAvailable: %d, selector: {matchLabels: {app: web}}}
                """.formatted(REPLICAS));
        CommandLine.Result refused = node.drain(Duration.ofSeconds(8));
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output()).contains("violate the pod's disruption budget");
        client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace("default")
                .withName("web")
                .delete();
        long begun = System.nanoTime();
        assertThat(node.drain(SOON).exitCode()).isZero();
        assertThat(Web.readyOn(client, node)).isEmpty();
        tell("drained once its budget allowed it", begun);
        awaitWeb();
        node.uncordon();
    }

    @Test
    void frozen_thawed_goesOn(TestReporter reporter) {
        UnderNode node = cluster.nodes().get(3);
        Pod pod = Web.readyOn(client, node).get(0);
        int restarts = Web.restarts(client);
        long begun = System.nanoTime();
        node.freeze();
        assertThat(pings(node)).as("the kernel answers").isTrue();
        assertThat(get(List.of(), pod.getStatus().getPodIP() + ":8080")).isFalse();
        node.awaitReady(false, SOON);
        double noticed = tell("frozen: not ready", begun);
        begun = System.nanoTime();
        node.thaw();
        node.awaitReady(true, SOON);
        double back = tell("thawed: ready", begun);
        await().atMost(SOON).until(() -> get(List.of(), pod.getStatus().getPodIP() + ":8080"));
        assertThat(Web.restarts(client)).isEqualTo(restarts);
        Figure.publish(
                reporter, String.format(Locale.ROOT, "frozen: noticed in %.0f s, back in %.0f s", noticed, back));
    }

    @Test
    void killed_started_comesBack(TestReporter reporter) {
        UnderNode node = announcing();
        String address = Web.address(client);
        try (Outside outside = cluster.outside()) {
            assertThat(get(outside.command(), address)).isTrue();
            long begun = System.nanoTime();
            node.kill();
            assertThat(pings(node)).isFalse();
            await().atMost(SOON).until(() -> get(outside.command(), address));
            double moved = tell("killed: another node announces the load balancer's address", begun);
            node.awaitReady(false, SOON);
            double noticed = tell("killed: not ready", begun);
            begun = System.nanoTime();
            node.start();
            // Right after a start it is still taken for what it was.
            await().atMost(SOON)
                    .until(() -> node.isReady() && !Web.readyOn(client, node).isEmpty());
            double back = tell("started: it is ready and so are its pods", begun);
            Figure.publish(
                    reporter,
                    String.format(
                            Locale.ROOT,
                            "killed: address moved in %.0f s, noticed in %.0f s, back in %.0f s",
                            moved,
                            noticed,
                            back));
        }
    }

    /** The node that MetalLB chose for the Service. */
    private UnderNode announcing() {
        String message =
                client
                        .v1()
                        .events()
                        .inNamespace("default")
                        .withField("reason", "nodeAssigned")
                        .list()
                        .getItems()
                        .stream()
                        .reduce((first, last) -> last)
                        .orElseThrow()
                        .getMessage();
        return cluster.nodes().stream()
                .filter(node -> message.contains("\"" + node.name() + "\""))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void volumes_keepAndForget() {
        Web.apply(client, Web.claim() + Web.volumePod("one", "echo kept >/data/file; exec sleep 1000"));
        await().atMost(SOON)
                .until(() ->
                        client.pods().inNamespace("default").withName("one").isReady());
        client.pods().inNamespace("default").withName("one").withGracePeriod(0).delete();
        Web.apply(client, Web.volumePod("two", "exec sleep 1000"));
        await().atMost(SOON)
                .until(() ->
                        client.pods().inNamespace("default").withName("two").isReady());
        Pod two = client.pods().inNamespace("default").withName("two").get();
        assertThat(Web.run(client, two, "cat", "/data/file")).contains("kept");
        String volume = client.persistentVolumeClaims()
                .inNamespace("default")
                .withName("data")
                .get()
                .getSpec()
                .getVolumeName();
        client.resource(two).withGracePeriod(0).delete();
        client.persistentVolumeClaims().inNamespace("default").withName("data").delete();
        await().atMost(SOON)
                .until(() -> client.persistentVolumes()
                        .withName(volume)
                        .get()
                        .getStatus()
                        .getPhase()
                        .equals("Available"));
        String node = two.getSpec().getNodeName();
        assertThat(cluster.node(node).exec("ls", "/var/lib/volumes/" + volume).orThrow())
                .isEmpty();
        tell("a volume kept its file for the next pod, and none for the next claim", System.nanoTime());
    }

    private static boolean get(List<String> prefix, String address) {
        return run(prefix, "busybox", "wget", "-qO-", "http://" + address);
    }

    private static boolean pings(UnderNode node) {
        return run(List.of(), "busybox", "ping", "-c", "1", "-W", "1", node.address());
    }

    private static boolean run(List<String> prefix, String... command) {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of(command));
        return CommandLine.run(SHORT.plusSeconds(1), Map.of(), words).exitCode() == 0;
    }

    private static double tell(String what, long since) {
        double seconds = (System.nanoTime() - since) / 1e9;
        System.out.printf(Locale.ROOT, "  %s after %.1f s%n", what, seconds);
        return seconds;
    }
}
