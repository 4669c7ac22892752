package io.hcp.testbed.pods;

import static io.hcp.testbed.pods.Screen.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.hcp.api.ControlPlane;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.KubernetesBackend;
import io.hcp.core.Manifests;
import io.hcp.testbed.CommandLine;
import io.hcp.testbed.Programs;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Jvm;
import io.hcp.testbed.proof.Proof;
import io.hcp.testbed.under.UnderCluster;
import io.hcp.testbed.under.UnderClusterExtension;
import io.hcp.testbed.under.UnderNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Proof(
        name = "pods-ha",
        shows = "three replicas and three members on three nodes: a node dies, is cut off, is drained; a replica hangs;"
                + " the library is gone",
        minutes = 30,
        programs = {"kubelet", "kube-proxy", "coredns", "metallb-controller", "metallb-speaker", "kubectl"},
        root = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("try") // clients work by being there
class PodsHaProof {
    private static final String NAMESPACE = "tenants";
    private static final String CONTROL_PLANE = "control-plane";
    private static final String ETCD = "etcd";
    private static final int COPIES = 3;
    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final Duration REPLACED = Duration.ofMinutes(2);
    /** One request of so many may fail while a node is drained that may have the leader of etcd. */
    private static final int DRAINED_SHARE = 500;

    private static final Duration SHARED = Duration.ofMinutes(5);
    private static final TenantControlPlane TENANT = TenantControlPlane.builder()
            .name("ha")
            .kubernetesVersion(Programs.KUBERNETES_VERSION)
            .controlPlane(c -> c.replicas(COPIES))
            .dataStore(d -> d.etcd(e -> e.members(COPIES)))
            .build();

    @RegisterExtension
    static final UnderClusterExtension UNDER = UnderClusterExtension.shared(o -> o.nodes(COPIES));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path files;

    @SuppressWarnings("NullAway.Init")
    private UnderCluster cluster;

    @SuppressWarnings("NullAway.Init")
    private KubernetesClient client;

    @SuppressWarnings("NullAway.Init")
    private HostedControlPlanes hcp;

    @SuppressWarnings("NullAway.Init")
    private TenantAccess access;

    @SuppressWarnings("NullAway.Init")
    private AcknowledgedWrites writes;

    @BeforeAll
    void create() {
        cluster = UNDER.cluster();
        client = cluster.client();
        Tenants.createNamespace(client, NAMESPACE);
        hcp = HostedControlPlanes.on(KubernetesBackend.using(client).inNamespace(NAMESPACE));
        hcp.install();
        ControlPlane tenant = hcp.apply(TENANT).awaitReady(LIMIT);
        access = TenantAccess.of(tenant);
        tell("the tenant is ready at " + access.endpoint());
        writes = new AcknowledgedWrites(access);
    }

    @AfterAll
    void end() {
        writes.close();
        hcp.close();
    }

    @Test
    @Order(1)
    void replicasAndMembers_areOnThreeNodes() {
        for (String component : List.of(CONTROL_PLANE, ETCD)) {
            tell(component + ": "
                    + ready(component).stream().map(PodsHaProof::place).toList());
            assertThat(ready(component))
                    .hasSize(COPIES)
                    .extracting(pod -> pod.getSpec().getNodeName())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    @Order(2)
    void nodeKilled_isSurvived(TestReporter reporter) throws Exception {
        UnderNode node = cluster.nodes().get(0);
        try (LongLivedClients clients = new LongLivedClients(access)) {
            double replaced = disturb("node " + node + " is killed", node::kill, () -> isAwayFrom(node));
            double shared = new ReplicaShares(access, () -> ready(CONTROL_PLANE)).awaitEven(COPIES, SHARED);
            Figure.publish(reporter, text("killed: replaced in %.0f s, clients even %.0f s later", replaced, shared));
        }
        long begun = System.nanoTime();
        hcp.apply(TENANT.withControlPlane(c -> c.apiServer(a -> a.putExtraArg("max-requests-inflight", "401"))))
                .awaitReady(LIMIT);
        tell(text("rolled on the two nodes that are left, in %.1f s", since(begun)));
        node.start();
        awaitWhole();
        assertNothingLost();
    }

    @Test
    @Order(3)
    void nodeCutOff_isSurvived(TestReporter reporter) throws Exception {
        // Spread over all three nodes again.
        hcp.apply(TENANT).awaitReady(LIMIT);
        awaitWhole();
        UnderNode node = cluster.nodes().get(1);
        double replaced = disturb("node " + node + " is cut off", node::cutOff, () -> isAwayFrom(node));
        Figure.publish(reporter, text("cut off: replaced in %.0f s", replaced));
        node.reconnect();
        awaitWhole();
        assertNothingLost();
    }

    @Test
    @Order(4)
    void apiServerStopped_isReplaced(TestReporter reporter) throws Exception {
        ProcessHandle victim = ProcessHandle.allProcesses()
                .filter(process -> isApiServer(TenantPods.commandLine(process)))
                .findFirst()
                .orElseThrow();
        double replaced = disturb(
                "one API server is stopped by SIGSTOP",
                () -> CommandLine.run(LIMIT, Map.of(), List.of("kill", "-STOP", Long.toString(victim.pid())))
                        .orThrow(),
                () -> !victim.isAlive());
        Figure.publish(reporter, text("stopped: replaced in %.0f s", replaced));
        assertNothingLost();
    }

    private boolean isApiServer(List<String> words) {
        return words.contains("kube-apiserver")
                && words.contains("--advertise-address=" + access.endpoint().getHost());
    }

    @Test
    @Order(5)
    void drain_respectsBudgets(TestReporter reporter) throws Exception {
        UnderNode first = cluster.nodes().get(0);
        UnderNode second = cluster.nodes().get(1);
        try (SteadyLoad load = new SteadyLoad(access)) {
            load.begin();
            CommandLine.Result drained = first.drain(Duration.ofMinutes(3));
            assertThat(drained.exitCode()).as(drained.output()).isZero();
            await().atMost(LIMIT).until(() -> ready(CONTROL_PLANE).size() == COPIES);
            CommandLine.Result refused = second.drain(Duration.ofSeconds(20));
            assertThat(refused.exitCode()).isNotZero();
            assertThat(refused.output()).contains("violate the pod's disruption budget");
            tell("drained " + first + "; " + second + ": "
                    + refused.output()
                            .lines()
                            .filter(line -> line.contains("budget"))
                            .findFirst()
                            .orElse(""));
            second.uncordon();
            first.uncordon();
            awaitWhole();
            load.end();
            SteadyLoad.Result result = load.take();
            tell(result.toString());
            tell(
                    "what is on its way to the leader of etcd when that one leaves is lost, and answered with 500 after 7 s");
            assertThat(result.failures()).hasSizeLessThanOrEqualTo(result.answered() / DRAINED_SHARE);
            Figure.publish(
                    reporter,
                    text(
                            "drain: the second one waits, %d of %d requests failed",
                            result.failures().size(), result.answered()));
        }
        assertNothingLost();
    }

    @Test
    @Order(6)
    void libraryGone_tenantRecoversAlone(TestReporter reporter) throws Exception {
        hcp.delete(TENANT.name()).await(LIMIT);
        Path kubeconfig = Files.writeString(files.resolve("kubeconfig"), cluster.kubeconfig());
        Path manifest = Files.writeString(files.resolve("ha.yaml"), Manifests.toYaml(TENANT));
        Process library = Jvm.start(
                LibraryProcess.class,
                Map.of(),
                kubeconfig.toString(),
                NAMESPACE,
                LibraryProcess.NEVER,
                "apply",
                manifest.toString());
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(library.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("done");
        }
        String kubeconfigOfTenant = hcp.get(TENANT.name()).orElseThrow().kubeconfig(k -> k.user("tester"));
        hcp.close(); // not even the one that does nothing
        library.destroyForcibly().waitFor();
        access = TenantAccess.of(kubeconfigOfTenant);
        writes.close();
        writes = new AcknowledgedWrites(access);
        await().atMost(LIMIT).until(() -> writes.count() > 10);
        UnderNode node = cluster.nodes().get(2);
        long begun = System.nanoTime();
        node.kill();
        client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("hcp.io/tenant", TENANT.name())
                .withGracePeriod(0)
                .delete();
        int before = writes.count();
        awaitWrites(before + 10);
        double serving = since(begun);
        await().atMost(LIMIT).until(() -> ready(CONTROL_PLANE).size() == COPIES && isAwayFrom(node));
        String figure = text("library gone: serves again after %.0f s, whole after %.0f s", serving, since(begun));
        tell(figure);
        Figure.publish(reporter, figure);
        assertNothingLost();
        node.start();
    }

    private void awaitWrites(int count) {
        try {
            await().atMost(LIMIT).until(() -> writes.count() > count);
        } catch (ConditionTimeoutException e) {
            for (Pod pod : client.pods().inNamespace(NAMESPACE).list().getItems()) {
                tell(place(pod) + ": " + pod.getStatus().getContainerStatuses());
            }
            throw e;
        }
    }

    /** Does something bad under load, and waits until there are as many replicas as there should be, without the bad one. */
    private double disturb(String what, Runnable action, BooleanSupplier mended) throws Exception {
        try (SteadyLoad load = new SteadyLoad(access)) {
            load.begin();
            awaitCalm(load);
            tell(what + ", with " + writes.count() + " writes acknowledged until now");
            long begun = System.nanoTime();
            action.run();
            await().atMost(LIMIT)
                    .until(() -> mended.getAsBoolean() && ready(CONTROL_PLANE).size() == COPIES);
            double replaced = since(begun);
            load.end();
            SteadyLoad.Result result = load.take();
            tellFailed(result);
            tell(text("as many replicas as before after %.1f s; %s", replaced, result));
            assertThat(ready(ETCD)).as("quorum").hasSizeGreaterThanOrEqualTo(2);
            assertThat(replaced).isLessThanOrEqualTo((double) REPLACED.toSeconds());
            return replaced;
        }
    }

    /** A node that is back announces addresses a moment before its kube-proxy knows where they lead to. */
    private static void awaitCalm(SteadyLoad load) {
        Duration second = Duration.ofSeconds(1);
        await().pollInterval(second.multipliedBy(3))
                .atMost(second.multipliedBy(60))
                .until(() -> load.take().failures().isEmpty());
    }

    private static void tellFailed(SteadyLoad.Result result) {
        List<String> rows = new ArrayList<>();
        result.failedSeconds().forEach((number, second) -> rows.add(number + ": " + second));
        tell("failed in second " + (rows.isEmpty() ? "(none)" : String.join(", ", rows)));
        tell(
                "a node is taken for lost 50 s after its last sign (kube-controller-manager's default), readiness fails after"
                        + " two periods of 2 s, kube-proxies follow within a second");
    }

    private void assertNothingLost() throws Exception {
        int count = writes.count();
        assertThat(writes.lost()).isEmpty();
        tell("all " + count + " acknowledged writes are there");
    }

    /** Everything is ready and each node has its share again. */
    private void awaitWhole() {
        cluster.nodes().forEach(node -> node.awaitReady(true, LIMIT));
        await().atMost(LIMIT)
                .until(() ->
                        ready(CONTROL_PLANE).size() == COPIES && ready(ETCD).size() == COPIES);
    }

    private boolean isAwayFrom(UnderNode node) {
        return ready(CONTROL_PLANE).stream()
                .noneMatch(pod -> node.name().equals(pod.getSpec().getNodeName()));
    }

    private List<Pod> ready(String component) {
        return client
                .pods()
                .inNamespace(NAMESPACE)
                .withLabels(Map.of("hcp.io/tenant", TENANT.name(), "app.kubernetes.io/component", component))
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && Readiness.isPodReady(pod))
                .toList();
    }

    private static String place(Pod pod) {
        return pod.getMetadata().getName() + " on " + pod.getSpec().getNodeName();
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
