package io.hcp.testbed.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.cluster.UnderApi;
import io.hcp.testbed.engine.Seeds;
import io.hcp.testbed.maintain.Mischief.Drift;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Jvm;
import io.hcp.testbed.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;

/**
 * JVMs that look after the same tenants on a real API server with real controllers and a real scheduler. Nodes, and the API
 * servers in pods, are stand-ins.
 */
@Proof(
        name = "maintain-instances",
        shows = "instances share tenants: one is stopped and goes on, one is killed, one is of an earlier version",
        minutes = 25)
@TestMethodOrder(MethodOrderer.MethodName.class)
class MaintainInstancesProof {
    private static final String NAMESPACE = "maintained";
    private static final int TENANTS = 20;
    private static final int OLD_TENANTS = 4;
    private static final Duration READY = Duration.ofMinutes(5);
    private static final Duration STOPPED = Duration.ofSeconds(60);
    private static final Duration TAKEOVER = Duration.ofSeconds(20);
    /** A tenant that was held at that moment can be taken after 20 s, and is tried every 2 s. */
    private static final Duration TAKEOVER_OF_WORK = Duration.ofSeconds(24);

    private static final Duration REST = Duration.ofSeconds(60);
    private static final Duration SIDE_BY_SIDE = Duration.ofMinutes(5);
    private static final int CHANGES_BEFORE = 3;
    private static final List<String> AGENTS = List.of("one", "other", "earlier", "later");

    private static UnderApi under;
    private static StandInNode node;
    private static Plain plain;
    private static Path kubeconfig;
    private static KubernetesClient library;

    private final List<String> figures = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        under = new UnderApi(AuditedWrite.policy(NAMESPACE));
        plain = new Plain(under.client(), NAMESPACE);
        plain.createNamespace();
        library = under.client("library");
        try (HostedControlPlanes hcp = HostedControlPlanes.on(
                io.hcp.core.KubernetesBackend.using(library).inNamespace(NAMESPACE))) {
            hcp.install();
        }
        node = new StandInNode(under.client("stand-in"), NAMESPACE);
        kubeconfig = Files.writeString(Files.createTempFile("hcp-", ".kubeconfig"), under.kubeconfig());
    }

    @AfterAll
    static void stop() throws IOException {
        node.close();
        library.close();
        under.close();
        Files.delete(kubeconfig);
    }

    private static void tell(String what) {
        System.out.println("  " + what);
    }

    private static Instance instance(String name, String classPath) {
        return Instance.start(classPath, kubeconfig, NAMESPACE, name);
    }

    private static Repairs repairs() {
        return new Repairs(AuditedWrite.all(under.auditLog()), AGENTS);
    }

    private static List<String> names(String start, int count) {
        return IntStream.range(0, count).mapToObj(i -> start + i).toList();
    }

    private static void awaitAll(Duration limit, BooleanSupplier condition) {
        await().pollInterval(Duration.ofMillis(500)).atMost(limit).until(condition::getAsBoolean);
    }

    private static void create(List<String> tenants) {
        long begun = System.nanoTime();
        tenants.forEach(tenant -> plain.write(tenant, 1));
        awaitAll(READY, () -> tenants.stream().allMatch(plain::isReady));
        tell("%d tenants are ready after %.0f s".formatted(tenants.size(), (System.nanoTime() - begun) / 1e9));
    }

    /** Lets time pass in which something is to happen, or not. */
    private static void pass(Duration duration) {
        Instant end = Instant.now().plus(duration);
        await().pollInterval(Duration.ofSeconds(1))
                .atMost(duration.plusMinutes(1))
                .until(() -> Instant.now().isAfter(end));
    }

    @Test
    void maintain_oneStoppedAndOneKilled_everyTenantIsMendedOnceByOne(TestReporter reporter) {
        long seed = Seeds.print(MaintainInstancesProof.class);
        List<String> tenants = names("t", TENANTS);
        try (Instance one = instance("one", Jvm.classPath());
                Instance other = instance("other", Jvm.classPath())) {
            create(tenants);
            try (Mischief mischief = new Mischief(plain, tenants, new Random(seed))) {
                story(tenants, mischief, one, other);
            }
        }
        Figure.publish(reporter, String.join(", ", figures));
    }

    private void story(List<String> tenants, Mischief mischief, Instance one, Instance other) {
        Instant begun = Instant.now();
        awaitAll(
                READY,
                () -> tenants.stream()
                        .allMatch(tenant -> mischief.drifts().stream()
                                        .filter(drift -> drift.tenant().equals(tenant))
                                        .count()
                                >= 2));
        Map<String, Set<String>> shares = phase("both run", mischief, begun);
        assertThat(shares.values()).contains(Set.of("one"), Set.of("other"));

        Instant stopped = Instant.now();
        one.signal("STOP");
        takeOver("the one that was stopped", mischief, stopped, Repairs.owned(shares, "one"));
        pass(Duration.between(Instant.now(), stopped.plus(STOPPED)));
        assertThat(phase("one is stopped", mischief, stopped.plus(TAKEOVER)).values())
                .containsOnly(Set.of("other"));
        one.signal("CONT");
        pass(TAKEOVER);
        Instant back = Instant.now();
        pass(REST);
        assertThat(phase("it goes on", mischief, back)).isEqualTo(shares);

        Instant killed = Instant.now();
        other.signal("KILL");
        takeOver("the one that was killed", mischief, killed, Repairs.owned(shares, "other"));
        pass(TAKEOVER);
        assertThat(phase("the other is killed", mischief, killed.plus(TAKEOVER)).values())
                .containsOnly(Set.of("one"));
        mischief.end();
        awaitAll(READY, () -> mischief.damaged().isEmpty());
        judge(tenants, mischief.drifts(), begun);
        rest();
    }

    /** Who mended what since then: each tenant one instance. */
    private static Map<String, Set<String>> phase(String what, Mischief mischief, Instant since) {
        List<Drift> all = mischief.drifts();
        List<Drift> some =
                all.stream().filter(drift -> drift.at().isAfter(since)).toList();
        Map<String, Set<String>> owners = repairs().owners(some, all);
        tell("%s: %d drifts, mended by %s"
                .formatted(
                        what, some.size(), owners.values().stream().distinct().toList()));
        assertThat(owners.values()).as(owners.toString()).allMatch(instances -> instances.size() == 1);
        return owners;
    }

    /** From the signal to the repair of what was damaged right after it. */
    private void takeOver(String what, Mischief mischief, Instant signal, List<String> share) {
        List<String> damaged = mischief.now(share);
        awaitAll(READY, () -> mischief.damaged().stream().noneMatch(share::contains));
        List<Drift> first = mischief.drifts().stream()
                .filter(drift ->
                        share.contains(drift.tenant()) && drift.mended().isAfter(signal))
                .toList();
        double rest = Repairs.longest(first, signal, drift -> damaged.contains(drift.tenant()));
        double work = Repairs.longest(first, signal, drift -> !damaged.contains(drift.tenant()));
        tell(String.format(
                Locale.ROOT,
                "%s had %d tenants; the other has mended after %.1f s those at rest, after %.1f s the %d it was at work with",
                what,
                share.size(),
                rest,
                work,
                share.size() - damaged.size()));
        figures.add(String.format(Locale.ROOT, "takeover of %s within %.1f s", what, Math.max(rest, work)));
        assertThat(rest).isLessThanOrEqualTo((double) TAKEOVER.toSeconds());
        assertThat(work).isLessThanOrEqualTo((double) TAKEOVER_OF_WORK.toSeconds());
    }

    private void judge(List<String> tenants, List<Drift> drifts, Instant begun) {
        Repairs repairs = repairs();
        List<String> notOnce = repairs.notOnce(drifts);
        notOnce.forEach(MaintainInstancesProof::tell);
        List<AuditedWrite> besides = repairs.besides(drifts, begun, Instant.now());
        besides.forEach(write -> tell(write.toString()));
        tell("%d drifts were mended, %d of them not by exactly one write; %d other writes"
                .formatted(drifts.size(), notOnce.size(), besides.size()));
        figures.add(drifts.size() + " drifts mended once each");
        assertThat(notOnce).isEmpty();
        assertThat(besides).isEmpty();
        tenants.forEach(tenant -> assertThat(repairs.creations("secrets/" + tenant + "-ca"))
                .as(tenant)
                .isEqualTo(1));
    }

    private static void rest() {
        pass(TAKEOVER);
        SortedMap<String, String> before = plain.versions();
        Instant begun = Instant.now();
        pass(REST);
        assertThat(plain.versions()).isEqualTo(before);
        assertThat(repairs().between(begun, Instant.now())).isEmpty();
        tell("at rest for %d s: the versions of %d objects did not move".formatted(REST.toSeconds(), before.size()));
    }

    @Test
    void maintain_twoVersions_writeNothingBackAndForth(TestReporter reporter) throws IOException {
        String commit = EarlierLibrary.commit(CHANGES_BEFORE);
        tell("the earlier library is " + EarlierLibrary.subject(commit));
        Path directory = Files.createTempDirectory("hcp-earlier-");
        List<String> tenants = names("old", OLD_TENANTS);
        try {
            try (Instance earlier = instance("earlier", EarlierLibrary.classPath(commit, directory))) {
                create(tenants);
                tenants.forEach(tenant -> assertThat(repairs().writes().stream()
                                .filter(write -> write.object().equals("secrets/" + tenant + "-ca"))
                                .map(AuditedWrite::agent))
                        .containsOnly("earlier"));
                planned(tenants);
                try (Instance later = instance("later", Jvm.classPath())) {
                    sideBySide(reporter, earlier, later);
                }
            }
        } finally {
            EarlierLibrary.remove(directory);
        }
    }

    private static void planned(List<String> tenants) {
        try (KubernetesClient beside = under.client("stand-in");
                HostedControlPlanes hcp = Plain.library(library, beside, NAMESPACE)) {
            tenants.forEach(tenant -> assertThat(hcp.plan(tenant).isEmpty())
                    .as(hcp.plan(tenant).toString())
                    .isTrue());
        }
        tell("the plans of " + tenants.size() + " tenants that the earlier library made are empty");
    }

    /** Both look after all tenants, and each is made to look at all of them again and again. */
    private static void sideBySide(TestReporter reporter, Instance earlier, Instance later) {
        List<String> all = plain.objects().stream()
                .filter(object -> object.getKind().equals("TenantControlPlane"))
                .map(object -> object.getMetadata().getName())
                .toList();
        pass(REST.plusSeconds(30)); // the first looks are spread over a minute
        List.of(earlier, later).forEach(instance -> instance.reconcile(all)); // the first notes volumes in the status
        SortedMap<String, String> before = plain.versions();
        Instant begun = Instant.now();
        int looks = 0;
        while (Instant.now().isBefore(begun.plus(SIDE_BY_SIDE))) {
            for (Instance instance : List.of(earlier, later)) {
                instance.reconcile(all);
                looks += all.size();
            }
        }
        List<AuditedWrite> writes = repairs().between(begun, Instant.now());
        writes.forEach(write -> tell(write.toString()));
        tell("%d looks of both versions at %d tenants: %d writes".formatted(looks, all.size(), writes.size()));
        Figure.publish(reporter, looks + " looks of two versions, " + writes.size() + " writes");
        assertThat(writes).isEmpty();
        assertThat(plain.versions()).isEqualTo(before);
    }
}
