package io.hcp.testbed.pods;

import static io.hcp.testbed.pods.Screen.line;
import static io.hcp.testbed.pods.Screen.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.api.ControlPlane;
import io.hcp.api.Operation;
import io.hcp.api.model.AuditLevel;
import io.hcp.api.model.AuditPolicy;
import io.hcp.api.model.AuditStage;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.testbed.CommandLine;
import io.hcp.testbed.Kubectl;
import io.hcp.testbed.Programs;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import io.hcp.testbed.under.Outside;
import io.hcp.testbed.under.UnderCluster;
import io.hcp.testbed.under.UnderClusterExtension;
import io.hcp.testbed.under.UnderNode;
import io.hcp.testbed.under.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
        name = "pods",
        shows =
                "tenants as pods: made, reached from outside and inside, as described, told why not, gone without a trace",
        minutes = 20,
        programs = {"kubelet", "kube-proxy", "coredns", "metallb-controller", "metallb-speaker", "kubectl"},
        root = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("try") // a transcript works by being open
class PodsProof {
    private static final String NAMESPACE = "tenants";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(15);
    private static final List<TenantControlPlane> TENANTS = List.of(
            TenantPods.large("large"),
            TenantPods.small("node-port", ExposureType.NODE_PORT),
            TenantPods.small("cluster-ip", ExposureType.CLUSTER_IP));

    @RegisterExtension
    static final UnderClusterExtension UNDER =
            UnderClusterExtension.shared(options -> options.images(List.of(ClientPod.IMAGE))
                    .auditPolicy(AuditPolicy.builder()
                            .addOmitStages(AuditStage.REQUEST_RECEIVED)
                            .addRule(rule -> rule.level(AuditLevel.METADATA))
                            .build()));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path files;

    private final Map<String, String> kubeconfigs = new TreeMap<>();

    @SuppressWarnings("NullAway.Init")
    private UnderCluster cluster;

    @SuppressWarnings("NullAway.Init")
    private KubernetesClient client;

    @SuppressWarnings("NullAway.Init")
    private Kubectl kubectl;

    @SuppressWarnings("NullAway.Init")
    private Screen screen;

    @BeforeAll
    void prepare() {
        cluster = UNDER.cluster();
        client = cluster.client();
        kubectl = new Kubectl(cluster.kubeconfig());
        screen = new Screen(kubectl, NAMESPACE);
        Tenants.createNamespace(client, NAMESPACE);
        List<UnderNode> pool = cluster.nodes().subList(1, cluster.nodes().size());
        for (UnderNode node : pool) {
            tell(line(kubectl.run("label", "node", node.name(), TenantPods.POOL + "=tenants")
                    .orThrow()));
        }
        String last = pool.get(pool.size() - 1).name();
        tell(line(kubectl.run("taint", "node", last, TenantPods.POOL + "=tenants:NoSchedule")
                .orThrow()));
        try (Tenants tenants = new Tenants(cluster, NAMESPACE, "install")) {
            System.out.println(tenants.hcp().install().toString().indent(2).stripTrailing());
        }
    }

    @AfterAll
    void close() {
        kubectl.close();
    }

    @Test
    @Order(1)
    void apply_threeTenants_areReady(TestReporter reporter) throws IOException {
        try (Transcript transcript = new Transcript(kubectl, NAMESPACE)) {
            for (TenantControlPlane tenant : TENANTS) {
                try (Tenants tenants = new Tenants(cluster, NAMESPACE, tenant.name())) {
                    long begun = System.nanoTime();
                    ControlPlane made = tenants.hcp().apply(tenant).awaitReady(LIMIT);
                    double seconds = (System.nanoTime() - begun) / 1e9;
                    tellRequests(tenant.name(), seconds, reporter);
                    kubeconfigs.put(tenant.name(), made.kubeconfig(k -> k.user("jane")));
                }
            }
        }
        screen.show("get", "tcp");
        screen.show("get", "tcp", "--output=wide");
        screen.show("get", "pods", "--output=wide");
        assertThat(screen.show("get", "tcp", "--output=custom-columns=P:.status.phase", "--no-headers")
                        .lines())
                .hasSize(TENANTS.size())
                .containsOnly("Ready");
    }

    private void tellRequests(String tenant, double seconds, TestReporter reporter) throws IOException {
        AuditedRequests requests = AuditedRequests.of(cluster.auditLog(), Tenants.AGENT + tenant);
        String figure = String.format(Locale.ROOT, "%s ready after %.1f s, %s", tenant, seconds, requests.figure());
        tell(figure);
        requests.kinds().forEach((kind, count) -> tell(String.format(Locale.ROOT, "  %3d %s", count, kind)));
        tell("  objects: " + String.join(", ", requests.objects()));
        Figure.publish(reporter, figure);
        assertThat(requests.counted()).as("requests in the audit log").isPositive();
    }

    @Test
    @Order(2)
    void kubeconfig_fromOutside_works() throws IOException {
        for (TenantControlPlane tenant : TENANTS) {
            Path file = Files.writeString(files.resolve(tenant.name()), kubeconfigs.getOrDefault(tenant.name(), ""));
            boolean reachable = tenant.networkProfile()
                    .exposure()
                    .filter(ExposureType.CLUSTER_IP::equals)
                    .isEmpty();
            try (Outside outside = cluster.outside()) {
                CommandLine.Result said = outside.exec(
                        SHORT,
                        Programs.provide("kubectl").toString(),
                        "--kubeconfig=" + file,
                        "--request-timeout=5s",
                        "get",
                        "namespaces",
                        "--output=name");
                String told =
                        reachable ? line(said.output()) : said.output().lines().reduce("", (first, last) -> last);
                tell("outside, " + tenant.name() + ": " + told);
                assertThat(said.exitCode() == 0).as(said.output()).isEqualTo(reachable);
            }
        }
    }

    @Test
    @Order(3)
    void kubeconfig_fromAPod_works() {
        ClientPod.start(client, kubectl, kubeconfigs);
        for (String tenant : kubeconfigs.keySet()) {
            String file = "--kubeconfig=/kubeconfigs/" + tenant;
            String said = kubectl.run(
                            "exec", "client", "--", "/bin/kubectl", file, "get", "namespaces", "--output=name")
                    .output();
            tell("pod, " + tenant + ": " + line(said));
            assertThat(said).contains("namespace/kube-system");
        }
    }

    @Test
    @Order(4)
    void pods_areAsDescribed() {
        List.of("control-plane", "etcd").forEach(this::checkPods);
    }

    private void checkPods(String component) {
        List<Pod> pods = client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("hcp.io/tenant", "large")
                .withLabel("app.kubernetes.io/component", component)
                .list()
                .getItems();
        pods.forEach(pod -> tell(TenantPods.describe(pod)));
        assertThat(pods)
                .hasSize(TenantPods.COPIES)
                .allSatisfy(TenantPods::check)
                .extracting(pod -> pod.getSpec().getNodeName())
                .doesNotHaveDuplicates()
                .doesNotContain(cluster.nodes().get(0).name());
    }

    @Test
    @Order(5)
    void etcd_isTuned() {
        for (int member = 0; member < TenantPods.COPIES; member++) {
            ProcessHandle process = TenantPods.member(member);
            List<String> words = TenantPods.commandLine(process);
            tell("/proc/" + process.pid() + "/cmdline of member " + member + ": "
                    + words.stream().filter(TenantPods.TUNING::contains).collect(Collectors.joining(" ")));
            assertThat(words).containsAll(TenantPods.TUNING);
        }
    }

    @Test
    @Order(6)
    void namespace_isRestricted() {
        String labels = screen.show("get", "namespace", NAMESPACE, "--output=jsonpath={.metadata.labels}");
        assertThat(labels).contains("\"pod-security.kubernetes.io/enforce\":\"restricted\"");
        CommandLine.Result refused =
                kubectl.run("run", "root", "--namespace=" + NAMESPACE, "--image=" + Image.BUSYBOX, "--privileged");
        tell(line(refused.output()));
        assertThat(refused.output()).contains("violates PodSecurity \"restricted");
    }

    @Test
    @Order(7)
    void fault_isToldWithRemedy_andMended() {
        TenantControlPlane tenant = TenantPods.small("faulty", ExposureType.LOAD_BALANCER);
        TenantControlPlane reachable = tenant.withNetworkProfile(network -> network.address("10.203.240.99"));
        try (Tenants tenants = new Tenants(cluster, NAMESPACE, "faults");
                Transcript transcript = new Transcript(kubectl, NAMESPACE)) {
            // Not an address that the load balancer has.
            fault(
                    tenants.hcp().apply(tenant.withNetworkProfile(network -> network.address("10.203.250.1"))),
                    "NoAddress",
                    "and has this one for it");
            fault(
                    tenants.hcp().apply(from(reachable, "registry.invalid")),
                    "ImageUnavailable",
                    "see that the registry has it");
            tenants.hcp().apply(from(reachable, "registry.k8s.io")).awaitReady(LIMIT);
        }
        assertThat(screen.show("get", "tcp", "faulty", "--output=wide")).contains("Serving");
    }

    @Test
    @Order(8)
    void etcdWithoutQuorum_isToldWithRemedy_andMended() {
        TenantControlPlane tenant = TenantPods.small("torn", ExposureType.CLUSTER_IP)
                .withDataStore(store -> store.etcd(etcd -> etcd.members(TenantPods.COPIES)));
        TenantControlPlane torn = tenant.withDataStore(
                store -> store.etcd(etcd -> etcd.pods(pods -> pods.putNodeSelector("disks", "none"))));
        try (Tenants tenants = new Tenants(cluster, NAMESPACE, "quorum");
                Transcript transcript = new Transcript(kubectl, NAMESPACE)) {
            fault(tenants.hcp().apply(torn), "EtcdWithoutQuorum", "add nodes or room on them");
            tenants.hcp().apply(tenant).awaitReady(LIMIT);
        }
        assertThat(screen.show("get", "tcp", "torn", "--output=wide")).contains("Serving");
    }

    private static TenantControlPlane from(TenantControlPlane tenant, String registry) {
        return tenant.withControlPlane(plane -> plane.registrySettings(r -> r.registry(registry)));
    }

    /** Waits until the fault is told, shows it, and gives up what cannot succeed. */
    private void fault(ControlPlane broken, String reason, String remedy) {
        String name = broken.spec().name();
        await().atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> kubectl.run("get", "tcp", name, "--namespace=" + NAMESPACE, "--output=wide")
                        .output()
                        .contains(reason));
        screen.show("get", "tcp", name, "--output=wide");
        assertThat(screen.conditions(name)).contains(reason).contains(remedy);
        Operation operation = broken.operation().orElseThrow();
        operation.cancel();
        await().atMost(LIMIT).until(() -> operation.completion().isDone());
    }

    @Test
    @Order(9)
    void delete_leavesNothing() {
        try (Tenants tenants = new Tenants(cluster, NAMESPACE, "delete");
                Transcript transcript = new Transcript(kubectl, NAMESPACE)) {
            for (ControlPlane tenant : tenants.hcp().list()) {
                tenants.hcp().delete(tenant.spec().name()).await(LIMIT);
            }
        }
        String kinds = kubectl.run("api-resources", "--namespaced", "--verbs=list", "--output=name")
                .orThrow()
                .lines()
                .filter(kind -> !kind.startsWith("events"))
                .collect(Collectors.joining(","));
        String left = kubectl.run("get", kinds, "--namespace=" + NAMESPACE, "--output=name")
                .orThrow();
        tell("left in the namespace: " + line(left));
        assertThat(left.lines().filter(line -> !line.startsWith("Warning: ")))
                .containsExactlyInAnyOrder("configmap/kube-root-ca.crt", "serviceaccount/default");
    }
}
