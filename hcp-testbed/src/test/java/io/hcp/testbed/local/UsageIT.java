package io.hcp.testbed.local;

import static io.hcp.testbed.local.LocalTestbed.LIMIT;
import static io.hcp.testbed.local.LocalTestbed.SOON;
import static io.hcp.testbed.local.LocalTestbed.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hcp.api.ControlPlane;
import io.hcp.api.model.Component;
import io.hcp.api.usage.Activity;
import io.hcp.api.usage.ApiUsage;
import io.hcp.api.usage.FleetUsage;
import io.hcp.api.usage.NodeUsage;
import io.hcp.api.usage.TenantUsage;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.Reports;
import io.hcp.testbed.Kubectl;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real tenant measured while nobody uses it, and while somebody does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsageIT {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final int REQUESTS = 20;

    @RegisterExtension
    static final LocalTestbed TESTBED = new LocalTestbed();

    private final HostedControlPlanes hcp = TESTBED.open();

    @BeforeAll
    void createTenant() {
        hcp.apply(describe("acme")).awaitReady(LIMIT);
    }

    @AfterAll
    void close() {
        hcp.delete("acme").await(SOON);
        hcp.close();
    }

    private ControlPlane acme() {
        return hcp.get("acme").orElseThrow();
    }

    @Test
    void fleet_nobodyUsesTheTenant_isIdle() {
        await().atMost(SOON).untilAsserted(() -> {
            FleetUsage fleet = hcp.fleet(WINDOW);
            assertThat(fleet.tenants(Activity.IDLE)).as(fleet.toString()).hasSize(1);
            assertThat(Reports.toHtml(fleet)).contains("<b>acme</b>");
            NodeUsage node = fleet.nodes().get(0);
            assertThat(node.cpu().orElseThrow()).isGreaterThanOrEqualTo(fleet.cpu() / 2);
            assertThat(node.memoryBytes().orElseThrow()).isGreaterThan(fleet.memoryBytes() / 2);
        });
    }

    @Test
    void usage_somebodyUsesTheTenant_isSeen() {
        CompletableFuture<TenantUsage> measured = CompletableFuture.supplyAsync(() -> acme().usage(WINDOW));
        try (Kubectl kubectl = new Kubectl(acme().kubeconfig(k -> k.user("tester")))) {
            for (int i = 0; i < REQUESTS && !measured.isDone(); i++) {
                kubectl.run("get", "--raw", "/api/v1/namespaces").orThrow();
            }
        }
        TenantUsage usage = measured.join();
        assertThat(usage.missing()).isEmpty();
        assertThat(usage.programs()).hasSize(Component.values().length).allSatisfy(program -> {
            assertThat(program.cpu().orElseThrow()).isBetween(0.0, 64.0);
            assertThat(program.memoryBytes().orElseThrow()).isBetween(5L << 20, 4L << 30);
        });
        ApiUsage api = usage.api().orElseThrow();
        assertThat(api.clientRequestsPerSecond()).isGreaterThanOrEqualTo(1);
        assertThat(api.requestsPerSecond()).isGreaterThan(api.clientRequestsPerSecond());
        assertThat(api.latencies()).containsKey("LIST");
        assertThat(api.datastore()).isPresent();
        assertThat(api.watches()).isGreaterThan(10);
        assertThat(api.datastoreBytes().orElseThrow()).isPositive();
    }
}
