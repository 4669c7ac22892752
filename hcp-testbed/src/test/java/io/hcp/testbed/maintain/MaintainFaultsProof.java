package io.hcp.testbed.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.KubernetesBackend;
import io.hcp.testbed.cluster.UnderApi;
import io.hcp.testbed.engine.Seeds;
import io.hcp.testbed.maintain.TroubledApi.Asked;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * A maintainer whose way to a real API server is bad: tenants are made, edited, damaged and deleted meanwhile. Nodes, and the
 * API servers in pods, are stand-ins.
 */
@Proof(
        name = "maintain-faults",
        shows =
                "tenants are made, edited, mended and deleted while a fifth of the requests to the API server goes wrong",
        minutes = 50)
class MaintainFaultsProof {
    private static final String NAMESPACE = "troubled";
    private static final List<String> TENANTS =
            IntStream.range(0, 6).mapToObj(i -> "t" + i).toList();
    private static final double SHARE = 0.2;
    private static final Duration STAGE = Duration.ofSeconds(25);
    private static final Duration LIMIT = Duration.ofMinutes(6);

    /** Presence and renewals come with time and not with work. */
    private static final String BESIDE = "(WATCH|GET|PUT|DELETE|POST) leases(/.*)?";

    /**
     * How many requests there are at most for one without trouble. A fifth of them fails. A step is tried again by itself, for
     * a request each; when it is given up, what it belongs to begins anew, which reads about a dozen times.
     */
    private static final double MOST = 4;

    private static final double MOST_WATCHES = 40;

    private static UnderApi under;
    private static StandInNode node;
    private static Plain plain;

    private final Random random = new Random(Seeds.print(MaintainFaultsProof.class));

    @BeforeAll
    static void start() {
        under = new UnderApi();
        plain = new Plain(under.client(), NAMESPACE);
        plain.createNamespace();
        try (HostedControlPlanes hcp =
                HostedControlPlanes.on(KubernetesBackend.using(under.client()).inNamespace(NAMESPACE))) {
            hcp.install();
        }
        node = new StandInNode(under.client("stand-in"), NAMESPACE);
    }

    @AfterAll
    static void stop() {
        node.close();
        under.close();
    }

    /**
     * What a run with one class of trouble showed.
     *
     * @param requests how many, without those that come with time
     * @param watches how many were begun
     * @param met how many requests met the trouble
     * @param late after which time all was well, from the end of the trouble
     * @param objects what was there then
     */
    private record Run(long requests, long watches, long met, Duration late, SortedMap<String, String> objects) {}

    private static void tell(String what) {
        System.out.println("  " + what);
    }

    private static void awaitAll(BooleanSupplier condition) {
        await().pollInterval(Duration.ofMillis(500)).atMost(LIMIT).until(condition::getAsBoolean);
    }

    /** Until it is so, but no longer than a stage lasts. */
    private static boolean isSoon(BooleanSupplier condition) {
        Instant end = Instant.now().plus(STAGE);
        await().pollInterval(Duration.ofMillis(500))
                .atMost(LIMIT)
                .until(() -> condition.getAsBoolean() || Instant.now().isAfter(end));
        return condition.getAsBoolean();
    }

    @Test
    void maintain_onABadWay_convergesWithBoundedRequests(TestReporter reporter) throws Exception {
        Run good = run(Trouble.NONE);
        tell(String.format(
                Locale.ROOT, "%-20s %5d requests, %3d watches", "no trouble", good.requests(), good.watches()));
        double most = 0;
        for (Trouble trouble : troubles()) {
            Run run = run(trouble);
            double ratio = (double) run.requests() / good.requests();
            most = Math.max(most, ratio);
            tell(String.format(
                    Locale.ROOT,
                    "%-20s %5d requests, %.2f of those without; %3d watches; %4d met it; well %.1f s after its end",
                    trouble,
                    run.requests(),
                    ratio,
                    run.watches(),
                    run.met(),
                    run.late().toMillis() / 1e3));
            assertThat(run.objects()).containsExactlyEntriesOf(good.objects());
            assertThat(ratio).isLessThanOrEqualTo(MOST);
            assertThat((double) run.watches() / good.watches()).isLessThanOrEqualTo(MOST_WATCHES);
        }
        Figure.publish(
                reporter,
                String.format(
                        Locale.ROOT,
                        "%d classes of faults converge, with %.2f of the requests at most",
                        troubles().size(),
                        most));
    }

    private static List<Trouble> troubles() {
        String named = System.getProperty("hcp.troubles", "");
        return Arrays.stream(Trouble.values())
                .filter(trouble -> trouble != Trouble.NONE)
                .filter(trouble ->
                        named.isEmpty() || List.of(named.split(",", -1)).contains(trouble.name()))
                .toList();
    }

    private Run run(Trouble trouble) throws IOException {
        try (TroubledApi api = new TroubledApi(under.config("library"), random);
                SeenAuthorities authorities = new SeenAuthorities(under.client(), NAMESPACE);
                KubernetesClient client = api.client();
                HostedControlPlanes hcp = Plain.library(client, under.client(), NAMESPACE)) {
            api.begin(trouble, SHARE);
            hcp.maintain();
            work();
            api.begin(Trouble.NONE, 0);
            Duration late = awaitWell();
            SortedMap<String, String> objects = Likeness.of(plain.objects());
            api.begin(trouble, SHARE);
            TENANTS.forEach(plain::delete);
            boolean unused = isSoon(() -> plain.objects().isEmpty());
            api.begin(Trouble.NONE, 0);
            awaitAll(MaintainFaultsProof::isEmpty);
            assertThat(authorities.seen())
                    .hasSize(TENANTS.size())
                    .allSatisfy((name, made) -> assertThat(made).isEqualTo(1));
            return judged(api.asked(), late, objects);
        }
    }

    /** Things that people do, each a while after the one before, whether or not that is carried out by then. */
    private void work() {
        Instant begun = Instant.now();
        TENANTS.forEach(tenant -> plain.write(tenant, 1));
        boolean made = isSoon(() -> TENANTS.stream().allMatch(plain::isReady));
        TENANTS.forEach(tenant -> plain.write(tenant, 2));
        boolean edited = isSoon(() -> TENANTS.stream().allMatch(plain::isReady));
        TENANTS.forEach(this::damage);
        boolean mended = isSoon(() -> TENANTS.stream().allMatch(MaintainFaultsProof::isWhole));
        tell("  meanwhile made: %s, edited: %s, mended: %s, within %d s"
                .formatted(
                        made,
                        edited,
                        mended,
                        Duration.between(begun, Instant.now()).toSeconds()));
    }

    private void damage(String tenant) {
        KubernetesClient client = plain.client();
        var unusedBudget = client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(NAMESPACE)
                .withName(tenant)
                .delete();
        var unusedService = client.services()
                .inNamespace(NAMESPACE)
                .withName(tenant + "-etcd")
                .delete();
    }

    private static boolean isWhole(String tenant) {
        KubernetesClient client = plain.client();
        return client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(NAMESPACE)
                                .withName(tenant)
                                .get()
                        != null
                && client.services()
                                .inNamespace(NAMESPACE)
                                .withName(tenant + "-etcd")
                                .get()
                        != null;
    }

    /** By what the tenants tell, and by what a maintainer on a good way would do. */
    private static Duration awaitWell() {
        Instant ended = Instant.now();
        try (HostedControlPlanes hcp = Plain.library(under.client(), under.client(), NAMESPACE)) {
            awaitAll(() -> TENANTS.stream()
                    .allMatch(tenant -> plain.isReady(tenant)
                            && isWhole(tenant)
                            && hcp.plan(tenant).isEmpty()));
        }
        return Duration.between(ended, Instant.now());
    }

    private static boolean isEmpty() {
        KubernetesClient client = plain.client();
        return plain.objects().isEmpty()
                && client.persistentVolumeClaims()
                        .inNamespace(NAMESPACE)
                        .list()
                        .getItems()
                        .isEmpty()
                && client.leases()
                        .inNamespace(NAMESPACE)
                        .withLabel("hcp.io/tenant")
                        .list()
                        .getItems()
                        .isEmpty();
    }

    private static Run judged(List<Asked> asked, Duration late, SortedMap<String, String> objects) {
        Map<Boolean, Long> byWatch = asked.stream()
                .filter(one -> !one.what().matches(BESIDE))
                .collect(Collectors.partitioningBy(one -> one.what().startsWith("WATCH "), Collectors.counting()));
        long met = asked.stream().filter(one -> one.met() != Trouble.NONE).count();
        return new Run(byWatch.getOrDefault(false, 0L), byWatch.getOrDefault(true, 0L), met, late, objects);
    }
}
