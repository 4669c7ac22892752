package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hcp.api.ControlPlane;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.usage.Activity;
import io.hcp.api.usage.ApiUsage;
import io.hcp.api.usage.FleetUsage;
import io.hcp.api.usage.NodeUsage;
import io.hcp.api.usage.ProgramUsage;
import io.hcp.api.usage.TenantUsage;
import io.hcp.api.usage.UsageMeter;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.FakeLoads;
import io.hcp.testbed.fake.FakeUnderCluster;
import io.hcp.testbed.fake.InMemoryPods;
import io.hcp.testbed.fake.UnderWorld;
import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tenants use that are pods, measured in an imagined under cluster. */
class PodsUsageTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Offset<Double> NEARLY = within(0.02);
    /** Two replicas of three programs each, and one member of etcd. */
    private static final int PROGRAMS = 7;

    private final UnderWorld world = new UnderWorld();
    private final FakeUnderCluster cluster = world.open();
    private final HostedControlPlanes hcp = InMemoryPods.on(cluster);

    @BeforeEach
    void addNodes() {
        world.applyAsOther(UsageWorld.node("n1"));
        world.applyAsOther(UsageWorld.node("n2"));
    }

    @AfterEach
    void close() {
        hcp.close();
    }

    private ControlPlane apply(String name) {
        ControlPlane tenant = hcp.apply(TenantControlPlane.builder()
                        .name(name)
                        .kubernetesVersion("1.35.4")
                        .build())
                .awaitReady(LIMIT);
        cluster.pass(Duration.ofSeconds(30)); // kubelets have measured
        return tenant;
    }

    @Test
    void usage_oneTenant_isMeasuredPerReplica() {
        world.loads().use("acme", 0.1, 50);
        TenantUsage usage = apply("acme").usage(WINDOW);

        assertThat(usage.missing()).isEmpty();
        assertThat(usage.programs()).hasSize(PROGRAMS).allSatisfy(program -> {
            assertThat(program.cpu().orElseThrow()).isCloseTo(0.1, NEARLY);
            assertThat(program.memoryBytes()).hasValue(FakeLoads.MEMORY_BYTES);
            assertThat(program.requestedCpu().orElseThrow()).isPositive();
            assertThat(program.requestedMemoryBytes().orElseThrow()).isPositive();
            assertThat(program.node()).isPresent();
        });
        assertThat(usage.programs()).extracting(ProgramUsage::component).containsOnly(Component.values());
        ApiUsage api = usage.api().orElseThrow();
        assertThat(api.clientRequestsPerSecond()).isCloseTo(100, within(1.0));
        assertThat(api.requestsPerSecond()).isCloseTo(102, within(1.0));
        assertThat(api.latencies().get("GET").p50()).isEqualTo(Duration.ofMillis(5));
        assertThat(api.watches()).isEqualTo(80);
        assertThat(api.datastoreBytes()).hasValue(1_000_000);
    }

    @Test
    void usage_spanShorterThanKubeletsMeasure_saysSo() {
        ControlPlane acme = apply("acme");
        long since = world.time().instant().toEpochMilli() % 10_000; // kubelets have measured
        world.time().advance(Duration.ofMillis(15_000 - since));
        TenantUsage usage = acme.usage(Duration.ofMillis(1));
        assertThat(usage.programs()).allMatch(program -> program.memoryBytes().isPresent());
        assertThat(usage.missing()).isNotEmpty().allMatch(text -> text.contains("was not measured anew"));
    }

    @Test
    void usage_kubeletsNotAllowed_hasTheApiServersOwnWordAlone() {
        world.keepSecret(node -> true);
        TenantUsage usage = apply("acme").usage(WINDOW);
        assertThat(usage.missing())
                .containsExactly(
                        "CPU and memory on node n1: the user of the Kubernetes client may not ask it: bind role hcp-usage",
                        "CPU and memory on node n2: the user of the Kubernetes client may not ask it: bind role hcp-usage");
        assertThat(usage.cpu(Component.KUBE_APISERVER)).isCloseTo(2 * FakeLoads.CORES, NEARLY);
        assertThat(usage.cpu(Component.ETCD)).isZero();
        assertThat(usage.api()).isPresent();
    }

    @Test
    void usage_tenantGone_isNotFound() {
        ControlPlane acme = apply("acme");
        hcp.delete("acme").await(LIMIT);
        assertThatThrownBy(() -> acme.usage(WINDOW))
                .isInstanceOfSatisfying(
                        HcpException.class, thrown -> assertThat(thrown.kind()).isEqualTo(ErrorKind.NOT_FOUND));
    }

    @Test
    void usage_noSpan_isRefused() {
        ControlPlane acme = apply("acme");
        assertThatThrownBy(() -> acme.usage(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("usage is measured over a span of time, not over PT0S");
    }

    @Test
    void fleet_severalTenants_noisiestFirstAndOneRequestPerNode() {
        world.loads().use("loud", 0.6, 100);
        world.loads().use("busy", 0.05, 20);
        apply("busy");
        apply("idle");
        apply("loud");
        int before = cluster.requests().size();
        FleetUsage fleet = hcp.fleet(WINDOW);

        assertThat(cluster.requests().subList(before, cluster.requests().size()))
                .filteredOn(request -> request.equals("summary Node"))
                .as("of two nodes, at the beginning and at the end")
                .hasSize(4);
        assertThat(fleet.missing()).isEmpty();
        assertThat(fleet.tenants().get(0).usage().tenant()).isEqualTo("loud");
        assertThat(fleet.tenants(Activity.NOISY)).hasSize(1);
        assertThat(fleet.tenants(Activity.IDLE))
                .singleElement()
                .satisfies(share -> assertThat(share.usage().tenant()).isEqualTo("idle"));
        assertThat(fleet.tenants().get(0).cpuShare()).isCloseTo(0.6 / 0.7, within(0.03));
        assertThat(fleet.tenantsPerNode()).hasValue(1.5);
        assertThat(fleet.cpu()).isCloseTo(PROGRAMS * 0.7, within(0.3));
    }

    @Test
    void fleet_nodes_haveWhatCanBeHadAndWhatIsReserved() {
        apply("acme");
        List<NodeUsage> nodes = hcp.fleet(WINDOW).nodes();
        assertThat(nodes).extracting(NodeUsage::name).containsExactly("n1", "n2");
        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.allocatableCpu()).isEqualTo(3.92);
            assertThat(node.allocatableMemoryBytes()).isEqualTo(16_000_000L << 10);
            assertThat(node.allocatablePods()).hasValue(110);
            assertThat(node.tenants()).isEqualTo(1);
            assertThat(node.requestedCpu()).isPositive();
            assertThat(node.cpu().orElseThrow()).isPositive();
        });
        assertThat(nodes.stream().mapToInt(NodeUsage::tenantPods).sum()).isEqualTo(3);
        assertThat(nodes.stream().mapToInt(node -> node.pods().orElseThrow()).sum())
                .isEqualTo(3);
    }

    @Test
    void meter_readAgain_goesOnWhereItEnded() {
        world.loads().use("acme", 0.1, 50);
        apply("acme");
        UsageMeter meter = hcp.meter();
        cluster.pass(Duration.ofSeconds(30));
        assertThat(meter.read().window()).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(31));
        apply("late");
        FleetUsage second = meter.read();
        assertThat(second.tenants()).hasSize(2);
        assertThat(second.tenants().stream()
                        .filter(share -> share.usage().tenant().equals("late"))
                        .flatMap(share -> share.usage().missing().stream()))
                .contains("rates: the tenant was made in the meantime");
    }
}
