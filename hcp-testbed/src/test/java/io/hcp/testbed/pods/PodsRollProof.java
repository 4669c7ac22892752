package io.hcp.testbed.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.api.ControlPlane;
import io.hcp.api.model.KubernetesVersion;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.KubernetesBackend;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import io.hcp.core.internal.component.Program;
import io.hcp.testbed.Programs;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import io.hcp.testbed.under.UnderClusterExtension;
import io.hcp.testbed.under.image.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Proof(
        name = "pods-roll",
        shows = "replicas are rolled, upgraded and scaled under load without a request that fails",
        minutes = 25,
        programs = {"kubelet", "kube-proxy", "coredns", "metallb-controller", "metallb-speaker"},
        releases = PodsRollProof.NEXT,
        root = true)
@SuppressWarnings("try") // a timeline works by being open
class PodsRollProof {
    static final String NEXT = "1.37.2";

    private static final String NAMESPACE = "tenants";
    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int WATCHES = 20;
    private static final double LEAST_PER_SECOND = 50;

    @RegisterExtension
    static final UnderClusterExtension UNDER = UnderClusterExtension.shared(
            o -> o.nodes(3).images(Image.ofKubernetes(NEXT)).images(List.of(etcd())));

    private static final List<HostedControlPlanes> OPEN = new ArrayList<>();

    private final KubernetesClient client = UNDER.cluster().client();

    @BeforeAll
    static void install() {
        KubernetesClient client = UNDER.cluster().client();
        Tenants.createNamespace(client, NAMESPACE);
        HostedControlPlanes hcp =
                HostedControlPlanes.on(KubernetesBackend.using(client).inNamespace(NAMESPACE));
        OPEN.add(hcp);
        hcp.install();
    }

    @AfterAll
    static void end() {
        OPEN.forEach(HostedControlPlanes::close);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void rolled_underLoad_losesNothing(int replicas, TestReporter reporter) throws Exception {
        TenantControlPlane tenant = tenant("rolled-" + replicas, replicas);
        TenantControlPlane flag =
                tenant.withControlPlane(c -> c.apiServer(a -> a.putExtraArg("max-requests-inflight", "401")));
        int failed = underLoad(tenant, List.of(flag, flag.withKubernetesVersion(NEXT)));
        Figure.publish(reporter, replicas + " replicas, flag and " + NEXT + ": " + failed + " failed");
    }

    @Test
    void scaled_underLoad_losesNothing(TestReporter reporter) throws Exception {
        TenantControlPlane one = tenant("scaled", 1);
        int failed = underLoad(one, List.of(one.withControlPlane(c -> c.replicas(3)), one));
        Figure.publish(reporter, "1 to 3 to 1: " + failed + " failed");
    }

    /** A new minor brings a new etcd: its members are rolled, too. */
    private static Image etcd() {
        String version = ReleaseCatalog.bundled()
                .find(KubernetesVersion.parse(NEXT))
                .orElseThrow()
                .etcdVersion();
        Path binary = Programs.provide(List.of(new Program("etcd", version)))
                .values()
                .iterator()
                .next();
        return Image.of("registry.k8s.io/etcd:v" + version, binary, "etcd");
    }

    /** Three members, so that the datastore does not stop while they are rolled. */
    private static TenantControlPlane tenant(String name, int replicas) {
        return TenantControlPlane.builder()
                .name(name)
                .kubernetesVersion(Programs.KUBERNETES_VERSION)
                .controlPlane(c -> c.replicas(replicas))
                .dataStore(d -> d.etcd(e -> e.members(3)))
                .build();
    }

    /** Makes a tenant and changes it step by step; returns how many requests failed and watches broke. */
    private int underLoad(TenantControlPlane first, List<TenantControlPlane> changes)
            throws IOException, InterruptedException {
        HostedControlPlanes hcp = OPEN.get(0);
        ControlPlane tenant = hcp.apply(first).awaitReady(LIMIT);
        TenantAccess access = TenantAccess.of(tenant);
        System.out.println("  " + first.name() + " is at " + access.endpoint());
        try (SteadyLoad load = new SteadyLoad(access);
                OpenWatches watches = new OpenWatches(access, WATCHES);
                Timeline timeline = new Timeline(client, NAMESPACE, labels(first))) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(watches.areOpen())
                            .as("%s", watches.failures())
                            .isTrue());
            load.begin();
            List<SteadyLoad.Result> results = new ArrayList<>();
            TenantControlPlane before = first;
            for (TenantControlPlane next : changes) {
                results.add(change(before, next, load));
                before = next;
            }
            load.end();
            await().atMost(SOON).until(() -> watches.complete(load.written()) == WATCHES - 1);
            return judge(results, load, watches);
        } finally {
            hcp.delete(first.name()).await(SOON);
        }
    }

    private SteadyLoad.Result change(TenantControlPlane before, TenantControlPlane next, SteadyLoad load) {
        long begun = System.nanoTime();
        System.out.println("    " + Timeline.now() + " " + what(before, next));
        ControlPlane tenant = OPEN.get(0).apply(next).awaitReady(LIMIT);
        double ready = (System.nanoTime() - begun) / 1e9;
        int replicas = next.controlPlane().replicas().orElse(1);
        await().atMost(SOON).until(() -> pods(next) == replicas);
        double gone = (System.nanoTime() - begun) / 1e9;
        SteadyLoad.Result result = load.take();
        System.out.printf(
                Locale.ROOT,
                "    %s: ready again after %.1f s, old pods gone after %.1f s%n    %s%n",
                what(before, tenant.spec()),
                ready,
                gone,
                result);
        return result;
    }

    private static String what(TenantControlPlane before, TenantControlPlane next) {
        int from = before.controlPlane().replicas().orElse(1);
        int to = next.controlPlane().replicas().orElse(1);
        if (from != to) {
            return "scaled from " + from + " to " + to;
        }
        return to + " replicas, "
                + (before.kubernetesVersion().equals(next.kubernetesVersion())
                        ? "a flag of the API server"
                        : before.kubernetesVersion() + " to " + next.kubernetesVersion());
    }

    private int pods(TenantControlPlane tenant) {
        return client.pods()
                .inNamespace(NAMESPACE)
                .withLabels(labels(tenant))
                .list()
                .getItems()
                .size();
    }

    private static Map<String, String> labels(TenantControlPlane tenant) {
        return Map.of("hcp.io/tenant", tenant.name(), "app.kubernetes.io/component", "control-plane");
    }

    private static int judge(List<SteadyLoad.Result> results, SteadyLoad load, OpenWatches watches) {
        watches.failures().forEach(failure -> System.out.println("      failed: " + failure));
        System.out.printf(
                Locale.ROOT,
                "    %d watches: opened again %d times, listed again %d times, %d failed; all were told of all %d writes%n",
                WATCHES,
                watches.reopened(),
                watches.relisted(),
                watches.failures().size(),
                load.written().size());
        System.out.printf(
                Locale.ROOT,
                "    endpoints of default/kubernetes: never fewer than %d, in %d events%n",
                watches.fewestEndpoints(),
                watches.endpointEvents());
        assertThat(results).flatExtracting(SteadyLoad.Result::failures).isEmpty();
        assertThat(results)
                .as("otherwise this machine has too much other work")
                .allMatch(result -> result.perSecond() >= LEAST_PER_SECOND);
        assertThat(watches.failures()).isEmpty();
        assertThat(watches.fewestEndpoints()).isPositive();
        return results.stream().mapToInt(result -> result.failures().size()).sum()
                + watches.failures().size();
    }
}
