package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.HcpException;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.cluster.resource.InstalledObject;
import io.hcp.core.internal.cluster.resource.InstalledObjects;
import io.hcp.testbed.fake.FakeUnderCluster;
import io.hcp.testbed.fake.InMemoryPods;
import io.hcp.testbed.fake.UnderWorld;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The library has the rights that it makes use of, and no others. */
class PodsRightsTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.35.4")
            .tenantId("t234bcdfghjkmnpq")
            .build();

    /** How tenants are held, and how pods are reached, is the client's alone. */
    private static final Set<String> BY_THE_CLIENT = Set.of(
            "get leases",
            "create leases",
            "update leases",
            "delete leases",
            "get pods/portforward",
            "create pods/portforward");

    /** Who looks after tenants follows what is theirs. */
    private static final Set<String> FOLLOWING = Set.of(
            "list leases",
            "watch tenantcontrolplanes",
            "watch secrets",
            "watch serviceaccounts",
            "watch poddisruptionbudgets");

    /** Waiting for a load balancer that takes its time: the imagined one takes none. */
    private static final String LATE = "watch services";

    /** Objects that creating them met, see {@link PodsSafetyTest}; members that never serve, see {@link PodsDatastoreTest}. */
    private static final Set<String> RARE = Set.of(
            "get secrets",
            "get serviceaccounts",
            "get services",
            "get poddisruptionbudgets",
            "get statefulsets",
            "get deployments",
            "delete pods");

    @Test
    void roles_rightsOfTheLibrary_areThoseThatItMakesUseOf() {
        FakeUnderCluster cluster = new UnderWorld().open();
        try (HostedControlPlanes hcp = InMemoryPods.on(cluster)) {
            live(hcp);
        }
        SortedSet<String> used = new TreeSet<>();
        cluster.requests().forEach(request -> used.addAll(rights(request)));
        used.addAll(BY_THE_CLIENT);
        used.addAll(FOLLOWING);
        used.add(LATE);
        used.addAll(RARE);

        assertThat(granted(Set.of("hcp", "hcp-tenants"))).containsExactlyInAnyOrderElementsOf(used);
    }

    private static void live(HostedControlPlanes hcp) {
        hcp.apply(ACME).awaitReady(LIMIT);
        hcp.apply(ACME.withDataStore(d -> d.etcd(e -> e.snapshotCount(5_000)))).awaitReady(LIMIT);
        assertThat(hcp.list()).hasSize(1);
        hcp.apply(ACME.withLifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN)))
                .awaitReady(LIMIT);
        hcp.delete("acme").await(LIMIT);
        hcp.apply(ACME).awaitReady(LIMIT);
        hcp.delete("acme").await(LIMIT);
        TenantControlPlane onNodes = TenantControlPlane.builder()
                .name("nodes")
                .kubernetesVersion("1.35.4")
                .networkProfile(n -> n.exposure(ExposureType.NODE_PORT))
                .build();
        assertThatThrownBy(() -> hcp.apply(onNodes).awaitReady(LIMIT))
                .isInstanceOf(HcpException.class)
                .hasMessageContaining("no node");
    }

    /** What kubelets tell is not among the rights that the library works with: there is a role of its own for it. */
    @Test
    void roles_usage_isWhatMeasuringAsksForBeside() {
        UnderWorld world = new UnderWorld();
        world.applyAsOther(UsageWorld.node("n1"));
        FakeUnderCluster cluster = world.open();
        try (HostedControlPlanes hcp = InMemoryPods.on(cluster)) {
            hcp.apply(ACME).awaitReady(LIMIT);
            int before = cluster.requests().size();
            assertThat(hcp.fleet(Duration.ofSeconds(30)).nodes()).hasSize(1);
            SortedSet<String> used = new TreeSet<>();
            cluster.requests()
                    .subList(before, cluster.requests().size())
                    .forEach(request -> used.addAll(rights(request)));
            used.removeAll(granted(Set.of("hcp", "hcp-tenants")));
            assertThat(granted(Set.of("hcp-usage"))).containsExactlyElementsOf(used);
        }
    }

    /** What one has to be allowed for a request, which is named by what is done and with which kind of object. */
    private static List<String> rights(String request) {
        String[] words = request.split(" ", -1);
        String resource = words[1].toLowerCase(Locale.ROOT) + "s";
        return switch (words[0]) {
            case "apply" -> List.of("create " + resource, "patch " + resource);
            case "replace" -> List.of("update " + resource);
            case "replaceStatus" -> List.of("update " + resource + "/status");
            case "summary" -> List.of("get " + resource + "/proxy");
            case "evict" -> List.of("create " + resource + "/eviction");
            default -> List.of(words[0] + " " + resource);
        };
    }

    private static SortedSet<String> granted(Set<String> roles) {
        SortedSet<String> granted = new TreeSet<>();
        for (InstalledObject object : InstalledObjects.all()) {
            if (roles.contains(object.name())) {
                ((List<?>) object.tree().get("rules")).forEach(rule -> grant((Map<?, ?>) rule, granted));
            }
        }
        return granted;
    }

    private static void grant(Map<?, ?> rule, Set<String> granted) {
        for (Object resource : (List<?>) rule.get("resources")) {
            ((List<?>) rule.get("verbs")).forEach(verb -> granted.add(verb + " " + resource));
        }
    }
}
