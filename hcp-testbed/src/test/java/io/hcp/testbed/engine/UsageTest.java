package io.hcp.testbed.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hcp.api.ControlPlane;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.usage.Activity;
import io.hcp.api.usage.FleetUsage;
import io.hcp.api.usage.NodeUsage;
import io.hcp.api.usage.TenantUsage;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.InMemoryControlPlanes;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What tenants use that are processes of an imagined machine. */
class UsageTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final FakeWorld world = new FakeWorld();
    private final HostedControlPlanes hcp = InMemoryControlPlanes.open(world);

    @AfterEach
    void close() {
        hcp.close();
    }

    private ControlPlane apply(String name) {
        return hcp.apply(TenantControlPlane.builder()
                        .name(name)
                        .kubernetesVersion("1.36.3")
                        .build())
                .awaitReady(SOON);
    }

    @Test
    void usage_processes_areMeasuredEach() {
        world.loads().use("acme", 0.2, 30);
        TenantUsage usage = apply("acme").usage(WINDOW);
        assertThat(usage.missing()).isEmpty();
        assertThat(usage.programs()).hasSize(Component.values().length).allSatisfy(program -> {
            assertThat(program.replica()).matches("pid \\d+");
            assertThat(program.requestedCpu()).isEmpty();
        });
        assertThat(usage.cpu()).isCloseTo(0.8, within(0.01));
        assertThat(usage.api().orElseThrow().clientRequestsPerSecond()).isCloseTo(30, within(0.1));
    }

    @Test
    void usage_apiServerStopped_hasTheOthers() {
        ControlPlane acme = apply("acme");
        hcp.close(); // nobody starts it again
        world.outside().kill("acme", Component.KUBE_APISERVER);
        try (HostedControlPlanes other = InMemoryControlPlanes.open(world)) {
            TenantUsage usage = other.get(acme.spec().name()).orElseThrow().usage(WINDOW);
            assertThat(usage.missing()).containsExactly("kube-apiserver does not run");
            assertThat(usage.programs()).hasSize(Component.values().length - 1);
            assertThat(usage.api()).isEmpty();
        }
    }

    @Test
    void fleet_machine_isTheNode() {
        apply("acme");
        apply("other");
        FleetUsage fleet = hcp.fleet(WINDOW);
        assertThat(fleet.tenants(Activity.IDLE)).hasSize(2);
        NodeUsage node = fleet.nodes().get(0);
        assertThat(node.name()).isEqualTo("localhost");
        assertThat(node.tenants()).isEqualTo(2);
        assertThat(node.tenantPods()).isEqualTo(2 * Component.values().length);
        assertThat(node.cpu().orElseThrow()).isCloseTo(fleet.cpu(), within(0.01));
    }
}
