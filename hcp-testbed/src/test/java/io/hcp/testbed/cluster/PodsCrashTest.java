package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.HcpException;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.testbed.fake.Crashed;
import io.hcp.testbed.fake.FakeUnderCluster;
import io.hcp.testbed.fake.InMemoryPods;
import io.hcp.testbed.fake.UnderWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A JVM that is killed at any single write of any sort of work leaves what the next call finishes. */
class PodsCrashTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int CALLS = 3;
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.35.4")
            .tenantId("t234bcdfghjkmnpq")
            .build();
    private static final TenantControlPlane KEPT = ACME.withLifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN));

    /** Something that is asked for, after other things. */
    private record Scenario(
            String name,
            List<Consumer<HostedControlPlanes>> before,
            Consumer<UnderWorld> drift,
            Consumer<HostedControlPlanes> ask) {
        UnderWorld prepared() {
            UnderWorld world = new UnderWorld();
            try (HostedControlPlanes hcp = InMemoryPods.on(world.open())) {
                before.forEach(earlier -> earlier.accept(hcp));
            }
            drift.accept(world);
            return world;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Consumer<HostedControlPlanes> apply(TenantControlPlane tenant) {
        return hcp -> hcp.apply(tenant).awaitReady(LIMIT);
    }

    private static void delete(HostedControlPlanes hcp) {
        if (hcp.get("acme").isPresent()) {
            hcp.delete("acme").await(LIMIT);
        }
    }

    private static Scenario update(String name, TenantControlPlane changed) {
        return new Scenario(name, List.of(apply(ACME)), world -> {}, apply(changed));
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(
                new Scenario("create", List.of(), world -> {}, apply(ACME)),
                update("flag", ACME.withControlPlane(c -> c.scheduler(s -> s.putExtraArg("v", "4")))),
                update("version", ACME.withKubernetesVersion("1.36.3")),
                update("encryption", ACME.withKubernetes(k -> k.encryptionAtRest(e -> {}))),
                update("etcd", ACME.withDataStore(d -> d.etcd(e -> e.snapshotCount(5_000)))),
                new Scenario("delete", List.of(apply(ACME)), world -> {}, PodsCrashTest::delete),
                new Scenario("retain", List.of(apply(KEPT)), world -> {}, PodsCrashTest::delete),
                new Scenario("bring back", List.of(apply(KEPT), PodsCrashTest::delete), world -> {}, apply(KEPT)),
                new Scenario(
                        "reconcile",
                        List.of(apply(ACME)),
                        PodsCrashTest::letDrift,
                        hcp -> hcp.reconcile("acme").await(LIMIT)));
    }

    private static void letDrift(UnderWorld world) {
        Stream.of("Service acme-etcd", "Secret acme-scheduler", "Deployment acme", "PodDisruptionBudget acme")
                .forEach(world::destroy);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void ask_killedAtEachWrite_endsAsIfItWereNot(Scenario scenario) {
        UnderWorld undisturbed = scenario.prepared();
        FakeUnderCluster cluster = undisturbed.open();
        try (HostedControlPlanes hcp = InMemoryPods.on(cluster)) {
            scenario.ask().accept(hcp);
        }
        SortedMap<String, String> expected = portrait(undisturbed);
        for (long write = 1; write <= cluster.writes(); write++) {
            for (boolean after : new boolean[] {false, true}) {
                trial(scenario, write, after, expected);
            }
        }
        System.out.printf("%s: killed at %d writes%n", scenario, cluster.writes());
    }

    private static void trial(Scenario scenario, long write, boolean after, Map<String, String> expected) {
        String name = "%s, killed %s write %d".formatted(scenario, after ? "after" : "before", write);
        UnderWorld world = scenario.prepared();
        FakeUnderCluster victim = world.open().crashAt(write, after);
        try (HostedControlPlanes hcp = InMemoryPods.on(victim)) {
            scenario.ask().accept(hcp);
        } catch (HcpException | Crashed e) {
            assertThat(victim.isCrashed()).as("%s: %s", name, e).isTrue();
        }
        SortedMap<String, String> kept = authorities(world);
        world.time().advance(UnderWorld.LEASE_LASTS);
        finish(scenario, world, name);
        assertThat(portrait(world)).as(name).isEqualTo(expected);
        SortedMap<String, String> now = authorities(world);
        if (!now.isEmpty()) {
            assertThat(now).as("%s: authorities are made once", name).containsAllEntriesOf(kept);
        }
    }

    private static void finish(Scenario scenario, UnderWorld world, String name) {
        for (int call = 1; ; call++) {
            try (HostedControlPlanes hcp = InMemoryPods.on(world.open())) {
                scenario.ask().accept(hcp);
                return;
            } catch (HcpException e) {
                if (call == CALLS) {
                    throw new AssertionError(name + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private static SortedMap<String, String> authorities(UnderWorld world) {
        SortedMap<String, String> uids = new TreeMap<>();
        world.objects().forEach((id, object) -> {
            if (id.matches("Secret acme-(ca|etcd|proxy|sa|encryption-.*)")) {
                uids.put(id, object.uid().orElse(""));
            }
        });
        return uids;
    }

    /** What is there, but for what nobody can foresee. */
    private static SortedMap<String, String> portrait(UnderWorld world) {
        SortedMap<String, String> all = new TreeMap<>();
        world.objects().forEach((id, object) -> {
            if (!id.startsWith("Pod ") && !id.startsWith("Service acme")) {
                all.put(id, text(object));
            }
        });
        world.written().keySet().forEach(name -> all.put("tenant " + name, ""));
        return all;
    }

    private static String text(ClusterObject object) {
        return switch (object.kind().name()) {
            case "Secret" -> object.object("data").keySet().toString();
            case "TenantControlPlane" ->
                object.object("spec").toString().replaceAll("\\d+\\.\\d+\\.\\d+\\.\\d+", "ADDRESS")
                        + object.annotation("hcp.io/record").orElse("");
            default -> object.object("spec").toString().replaceAll("\\d+\\.\\d+\\.\\d+\\.\\d+", "ADDRESS");
        };
    }
}
