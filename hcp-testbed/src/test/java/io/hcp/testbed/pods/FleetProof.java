package io.hcp.testbed.pods;

import static io.hcp.testbed.pods.Screen.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.api.ControlPlane;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.usage.Activity;
import io.hcp.api.usage.FleetUsage;
import io.hcp.api.usage.Latency;
import io.hcp.api.usage.NodeUsage;
import io.hcp.api.usage.TenantShare;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.Reports;
import io.hcp.testbed.CommandLine;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import io.hcp.testbed.under.UnderClusterExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
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
        name = "fleet",
        shows =
                "what the library measures of six tenants agrees with kernel and load generator, and its page names the noisy one",
        minutes = 20,
        programs = {"kubelet", "kube-proxy", "coredns", "metallb-controller", "metallb-speaker"},
        root = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetProof {
    private static final String NAMESPACE = "tenants";
    private static final String LOUD = "loud";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration WINDOW = Duration.ofMinutes(2);
    private static final int PER_SECOND = 250;
    private static final double TOLERANCE = 0.05;
    /** The bounds of apiserver_request_duration_seconds up to a second, in milliseconds. */
    private static final List<Integer> BOUNDS = List.of(5, 25, 50, 100, 200, 400, 600, 800, 1000);

    @RegisterExtension
    static final UnderClusterExtension UNDER = UnderClusterExtension.shared(o -> o.nodes(2));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path files;

    @SuppressWarnings("NullAway.Init")
    private KubernetesClient client;

    @SuppressWarnings("NullAway.Init")
    private Tenants tenants;

    @SuppressWarnings("NullAway.Init")
    private HostedControlPlanes hcp;

    private final SortedMap<String, List<Long>> processes = new TreeMap<>();

    @SuppressWarnings("NullAway.Init")
    private PacedLoad load;

    @SuppressWarnings("NullAway.Init")
    private FleetUsage fleet;

    @BeforeAll
    void create() {
        client = UNDER.cluster().client();
        tenants = new Tenants(UNDER.cluster(), NAMESPACE, "fleet");
        hcp = tenants.hcp();
        Tenants.createNamespace(client, NAMESPACE);
        hcp.install();
        List<ControlPlane> all = Stream.of("a", "b", "c", "d", "e", LOUD)
                .map(name -> hcp.apply(described(name)))
                .toList();
        all.forEach(tenant -> tenant.awaitReady(LIMIT));
        load = new PacedLoad(TenantAccess.of(all.get(all.size() - 1)), PER_SECOND);
        all.forEach(tenant -> processes.put(
                tenant.spec().name(), IdleCost.of(tenant.spec().name()).pids()));
    }

    private static TenantControlPlane described(String name) {
        return TenantPods.small(name, name.equals(LOUD) ? ExposureType.LOAD_BALANCER : ExposureType.CLUSTER_IP);
    }

    @AfterAll
    void close() {
        load.close();
        tenants.close();
    }

    @Test
    @Order(1)
    void figures_agreeWithKernelAndLoad(TestReporter reporter) throws IOException {
        FleetUsage unusedWarm = hcp.fleet(Duration.ofSeconds(20)); // ways into pods are opened
        SortedMap<String, CgroupUse> before = counted();
        load.begin();
        long begun = System.nanoTime();
        fleet = hcp.fleet(WINDOW);
        PacedLoad.Result asked = load.take();
        double seconds = (System.nanoTime() - begun) / 1e9;
        SortedMap<String, CgroupUse> after = counted();
        assertThat(unusedWarm.tenants()).hasSize(processes.size());
        assertThat(fleet.missing()).isEmpty();
        double sum = 0;
        for (TenantShare share : fleet.tenants()) {
            String name = share.usage().tenant();
            CgroupUse now = Objects.requireNonNull(after.get(name));
            double cpu =
                    (now.cpuSeconds() - Objects.requireNonNull(before.get(name)).cpuSeconds()) / seconds;
            sum += cpu;
            tell(text(
                    "%-5s %-7s %.3f cores (kernel %.3f), %d MiB (kernel %d)",
                    name,
                    share.activity(),
                    share.usage().cpu(),
                    cpu,
                    share.usage().memoryBytes() >> 20,
                    now.workingSet() >> 20));
            assertThat(share.usage().missing()).isEmpty();
            assertThat((double) share.usage().memoryBytes())
                    .as("memory of " + name)
                    .isCloseTo((double) now.workingSet(), withinShare((double) now.workingSet()));
            if (name.equals(LOUD)) {
                assertThat(share.usage().cpu()).as("CPU of " + name).isCloseTo(cpu, withinShare(cpu));
            }
        }
        assertThat(fleet.cpu()).as("CPU of all").isCloseTo(sum, withinShare(sum));
        Latency list = Objects.requireNonNull(
                loud().usage().api().orElseThrow().latencies().get("LIST"));
        tell(text(
                "loud: %.1f LIST/s with p99 %d ms; the clients had %.1f/s, %d failed, p99 %d ms",
                list.perSecond(),
                list.p99().toMillis(),
                asked.perSecond(),
                asked.failed(),
                asked.p99().toMillis()));
        assertThat(list.perSecond()).as("rate").isCloseTo(asked.perSecond(), withinShare(asked.perSecond()));
        assertThat(bucket(list.p99())).as("bucket of p99").isCloseTo(bucket(asked.p99()), within(1));
        Figure.publish(
                reporter,
                text(
                        "CPU %.3f of the kernel's, rate %.3f of the clients'",
                        fleet.cpu() / sum, list.perSecond() / asked.perSecond()));
    }

    private TenantShare loud() {
        return fleet.tenants().stream()
                .filter(share -> share.usage().tenant().equals(LOUD))
                .findFirst()
                .orElseThrow();
    }

    private static Offset<Double> withinShare(double whole) {
        return within(TOLERANCE * whole);
    }

    private static int bucket(Duration time) {
        return (int) BOUNDS.stream().filter(bound -> bound < time.toMillis()).count();
    }

    private SortedMap<String, CgroupUse> counted() throws IOException {
        SortedMap<String, CgroupUse> use = new TreeMap<>();
        for (Map.Entry<String, List<Long>> tenant : processes.entrySet()) {
            CgroupUse sum = CgroupUse.NONE;
            for (long pid : tenant.getValue()) {
                sum = sum.plus(CgroupUse.of(pid));
            }
            use.put(tenant.getKey(), sum);
        }
        return use;
    }

    @Test
    @Order(2)
    void requestedAndDensity_areThoseOfThePods(TestReporter reporter) {
        List<Pod> pods = client.pods().inNamespace(NAMESPACE).list().getItems();
        for (TenantShare share : fleet.tenants()) {
            List<Pod> own = pods.stream()
                    .filter(pod -> share.usage()
                            .tenant()
                            .equals(pod.getMetadata().getLabels().get("hcp.io/tenant")))
                    .toList();
            assertThat(share.usage().requestedCpu()).isCloseTo(requested(own, "cpu"), within(1e-9));
            assertThat((double) share.usage().requestedMemoryBytes()).isEqualTo(requested(own, "memory"));
        }
        for (NodeUsage node : fleet.nodes()) {
            List<Pod> there = pods.stream()
                    .filter(pod -> node.name().equals(pod.getSpec().getNodeName()))
                    .toList();
            assertThat(node.tenantPods()).isEqualTo(there.size());
            assertThat(node.tenants()).isEqualTo((int) there.stream()
                    .map(pod -> pod.getMetadata().getLabels().get("hcp.io/tenant"))
                    .distinct()
                    .count());
            assertThat(node.requestedCpu()).isCloseTo(requested(there, "cpu"), within(1e-9));
            assertThat((double) node.requestedMemoryBytes()).isEqualTo(requested(there, "memory"));
        }
        Figure.publish(reporter, "requested and density of 6 tenants and 2 nodes exact");
    }

    private static double requested(List<Pod> pods, String resource) {
        return pods.stream()
                .flatMap(pod -> pod.getSpec().getContainers().stream())
                .map(container -> container.getResources().getRequests().get(resource))
                .map(Quantity::getNumericalAmount)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .doubleValue();
    }

    @Test
    @Order(3)
    void page_namesTheNoisyOneFirst(TestReporter reporter) throws IOException {
        Path page = Files.writeString(files.resolve("fleet.html"), Reports.toHtml(fleet));
        String dom = browser("--dump-dom", page.toUri().toString());
        List<String> rows = rows(dom);
        rows.forEach(row -> tell(row.replaceAll("<[^>]*>", " ").replaceAll(" +", " ")));
        assertThat(rows).hasSizeGreaterThanOrEqualTo(processes.size());
        assertThat(rows.get(0)).contains(LOUD);
        assertThat(loud().activity()).isEqualTo(Activity.NOISY);
        Path picture = Path.of(System.getProperty("hcp.top", "."), "docs/proof/fleet-report.png");
        String unused = browser(
                "--window-size=1200,900",
                "--screenshot=" + picture,
                page.toUri().toString());
        Figure.publish(reporter, "the first row names the noisy one, see " + picture.getFileName());
    }

    /** The rows of the first table that are not of its head, as the browser has them. */
    private static List<String> rows(String dom) {
        String body = dom.substring(dom.indexOf("<tbody"), dom.indexOf("</tbody>"));
        List<String> rows = new ArrayList<>(List.of(body.split("<tr")));
        rows.remove(0);
        return rows;
    }

    private String browser(String... arguments) {
        String chromium = "command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq"
                + " --no-install-recommends chromium; } >&2; exec chromium \"$@\"";
        List<String> words = new ArrayList<>(List.of("bash", "-euc", chromium, "chromium"));
        words.addAll(List.of("--headless", "--no-sandbox", "--user-data-dir=" + files.resolve("browser")));
        words.addAll(List.of(arguments));
        return CommandLine.run(LIMIT, Map.of("DEBIAN_FRONTEND", "noninteractive"), words)
                .orThrow();
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
