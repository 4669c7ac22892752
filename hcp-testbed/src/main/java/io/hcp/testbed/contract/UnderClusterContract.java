package io.hcp.testbed.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.ClusterObjects;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.pki.TenantPki;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link UnderCluster} and {@link ClusterObjects} promise. */
public abstract class UnderClusterContract implements UnderClusterLeases, UnderClusterFollowing {
    private static final Duration SOON = Duration.ofSeconds(20);

    private UnderCluster cluster;
    private Lease lease;

    @BeforeEach
    void acquire() {
        cluster = open();
        lease = cluster.acquire(TENANT);
    }

    @AfterEach
    void release() {
        for (Kind kind : List.of(
                Kind.SECRET, Kind.SERVICE, Kind.SERVICE_ACCOUNT, Kind.DEPLOYMENT, Kind.POD, Kind.DISRUPTION_BUDGET)) {
            if (lease.isHeld()) {
                objects().list(kind, LABELS).forEach(object -> objects().delete(lease, object));
            }
        }
        lease.close();
        cluster.close();
    }

    @Override
    public UnderCluster cluster() {
        return cluster;
    }

    @Override
    public Lease lease() {
        return lease;
    }

    private ClusterObject service(int port) {
        return ClusterObject.named(Kind.SERVICE, cluster.namespace(), "acme")
                .with(LABELS, "metadata", "labels")
                .with(
                        Map.of(
                                "type",
                                "ClusterIP",
                                "ports",
                                List.of(Map.of("name", "https", "port", port, "protocol", "TCP"))),
                        "spec");
    }

    /** A pod that serves, as far as can be told; nothing runs. */
    private ClusterObject pod(String name) {
        ClusterObject pod = objects()
                .create(
                        lease,
                        ClusterObject.named(Kind.POD, cluster.namespace(), name)
                                .with(LABELS, "metadata", "labels")
                                .with(
                                        Map.of(
                                                "schedulingGates",
                                                List.of(Map.of("name", "hcp.io/test")),
                                                "containers",
                                                List.of(Map.of("name", "none", "image", "example.com/none"))),
                                        "spec"));
        return objects()
                .replaceStatus(
                        lease,
                        pod.with("Running", "status", "phase")
                                .with(List.of(Map.of("type", "Ready", "status", "True")), "status", "conditions"));
    }

    /** A budget that has been looked at by whoever keeps count. */
    private ClusterObject budget(String name, long healthy, long allowed) {
        ClusterObject budget = ClusterObject.named(Kind.DISRUPTION_BUDGET, cluster.namespace(), name)
                .with(LABELS, "metadata", "labels")
                .with(Map.of("minAvailable", 1, "selector", Map.of("matchLabels", LABELS)), "spec");
        objects().apply(lease, budget);
        return objects()
                .await(
                        Kind.DISRUPTION_BUDGET,
                        name,
                        SOON,
                        found -> found.filter(seen -> seen.number("status", "observedGeneration") > 0
                                        && seen.number("status", "currentHealthy") == healthy
                                        && seen.number("status", "disruptionsAllowed") == allowed)
                                .isPresent())
                .orElseThrow();
    }

    @Test
    void get_nothingThere_isEmpty() {
        assertThat(objects().get(Kind.SECRET, "acme-none")).isEmpty();
        assertThat(objects().list(Kind.SECRET, LABELS)).isEmpty();
    }

    @Test
    void create_new_isStoredAndReturnedAsStored() {
        ClusterObject stored = objects().create(lease, secret("acme-ca", "YQ=="));
        assertThat(stored.uid()).isPresent();
        assertThat(stored.resourceVersion()).isPresent();
        assertThat(objects().get(Kind.SECRET, "acme-ca")).contains(stored);
        assertThat(objects().list(Kind.SECRET, LABELS)).containsExactly(stored);
    }

    @Test
    void create_existing_isRefusedAndChangesNothing() {
        ClusterObject stored = objects().create(lease, secret("acme-ca", "YQ=="));
        assertFails(ErrorKind.CONFLICT, () -> objects().create(lease, secret("acme-ca", "Yg==")));
        assertThat(objects().get(Kind.SECRET, "acme-ca")).contains(stored);
    }

    @Test
    void list_labels_findsThoseThatHaveThemSortedByName() {
        objects().create(lease, secret("acme-b", "YQ=="));
        objects().create(lease, secret("acme-a", "YQ=="));
        ClusterObject other = secret("other", "YQ==").with(Map.of("hcp.io/tenant", "other"), "metadata", "labels");
        ClusterObject stored = objects().create(lease, other);
        assertThat(objects().list(Kind.SECRET, LABELS))
                .extracting(ClusterObject::name)
                .containsExactly("acme-a", "acme-b");
        objects().delete(lease, stored);
    }

    @Test
    void apply_absent_createsWithDefaults() {
        ClusterObject stored = objects().apply(lease, service(6443));
        assertThat(stored.uid()).isPresent();
        assertThat(stored.text("spec", "clusterIP")).isPresent();
        assertThat(objects().get(Kind.SERVICE, "acme")).contains(stored);
    }

    @Test
    void apply_asAbsent_createsAndNeverTouchesWhatIsThere() {
        ClusterObject fresh = service(6443).with(ClusterObjects.ABSENT, "metadata", "resourceVersion");
        ClusterObject stored = objects().apply(lease, fresh);
        assertFails(ErrorKind.CONFLICT, () -> objects().apply(lease, fresh.with("1", "metadata", "annotations", "a")));
        assertThat(objects().get(Kind.SERVICE, "acme")).contains(stored);
        for (Kind kind : List.of(Kind.SECRET, Kind.SERVICE_ACCOUNT)) {
            ClusterObject theirs =
                    ClusterObject.named(kind, cluster.namespace(), "acme").with(LABELS, "metadata", "labels");
            ClusterObject there = objects().create(lease, theirs);
            ClusterObject ours = theirs.with("1", "metadata", "annotations", "a")
                    .with(ClusterObjects.ABSENT, "metadata", "resourceVersion");
            assertFails(ErrorKind.CONFLICT, () -> objects().apply(lease, ours));
            assertThat(objects().get(kind, "acme")).contains(there);
        }
    }

    @Test
    void apply_createdAsAbsent_forgetsWhatIsLeftOut() {
        ClusterObject fresh = service(6443).with(ClusterObjects.ABSENT, "metadata", "resourceVersion");
        ClusterObject first = objects().apply(lease, fresh.with("1", "metadata", "annotations", "a"));
        ClusterObject stored =
                objects().apply(lease, service(6443).with(first.uid().orElseThrow(), "metadata", "uid"));
        assertThat(stored.annotation("a")).isEmpty();
    }

    @Test
    void apply_sameAgain_changesNothing() {
        ClusterObject stored = objects().apply(lease, service(6443));
        assertThat(objects().apply(lease, service(6443))).isEqualTo(stored);
    }

    @Test
    void apply_fieldLeftOut_isForgotten() {
        objects().apply(lease, service(6443).with("1", "metadata", "annotations", "a"));
        ClusterObject stored = objects().apply(lease, service(6443));
        assertThat(stored.annotation("a")).isEmpty();
    }

    @Test
    void apply_foreignFields_areKept() {
        ClusterObject ours = objects().apply(lease, service(6443));
        applyAsOther(ClusterObject.named(Kind.SERVICE, cluster.namespace(), "acme")
                .with("1", "metadata", "annotations", "theirs"));
        ClusterObject stored =
                objects().apply(lease, service(7443).with(ours.uid().orElseThrow(), "metadata", "uid"));
        assertThat(stored.annotation("theirs")).contains("1");
        assertThat(stored.objects("spec", "ports").get(0)).containsEntry("port", 7443);
    }

    @Test
    void apply_ownFieldThatOthersChanged_isTakenBackFromThatVeryObjectAlone() {
        ClusterObject ours = objects().apply(lease, service(6443).with("1", "metadata", "annotations", "a"));
        applyAsOther(ClusterObject.named(Kind.SERVICE, cluster.namespace(), "acme")
                .with("2", "metadata", "annotations", "a"));
        ClusterObject again = service(6443).with("1", "metadata", "annotations", "a");
        assertFails(ErrorKind.CONFLICT, () -> objects().apply(lease, again));
        ClusterObject stored = objects().apply(lease, again.with(ours.uid().orElseThrow(), "metadata", "uid"));
        assertThat(stored.annotation("a")).contains("1");
    }

    @Test
    void apply_uidOfAnother_isRefused() {
        ClusterObject first = objects().apply(lease, service(6443));
        objects().delete(lease, first);
        ClusterObject old = service(6443).with(first.uid().orElseThrow(), "metadata", "uid");
        assertFails(ErrorKind.CONFLICT, () -> objects().apply(lease, old));
        assertThat(objects().get(Kind.SERVICE, "acme")).isEmpty();
        ClusterObject second = objects().apply(lease, service(6443));
        assertFails(ErrorKind.CONFLICT, () -> objects().apply(lease, old));
        assertThat(objects().get(Kind.SERVICE, "acme")).contains(second);
    }

    @Test
    void apply_stateThatIsNoMore_isRefused() {
        ClusterObject first = objects().apply(lease, service(6443));
        objects().apply(lease, service(7443).with(first.uid().orElseThrow(), "metadata", "uid"));
        ClusterObject late = service(8443)
                .with(first.uid().orElseThrow(), "metadata", "uid")
                .with(first.resourceVersion().orElseThrow(), "metadata", "resourceVersion");
        assertFails(ErrorKind.CONFLICT, () -> objects().apply(lease, late));
    }

    @Test
    void replace_stateThatWasRead_isStored() {
        ClusterObject read = objects().create(lease, secret("acme-x", "YQ=="));
        ClusterObject stored = objects().replace(lease, read.with("1", "metadata", "annotations", "a"));
        assertThat(stored.annotation("a")).contains("1");
        assertFails(ErrorKind.CONFLICT, () -> objects().replace(lease, read.with("2", "metadata", "annotations", "a")));
        assertThat(objects().get(Kind.SECRET, "acme-x")).contains(stored);
    }

    @Test
    void replace_gone_isRefusedAndMakesNothing() {
        ClusterObject read = objects().create(lease, secret("acme-x", "YQ=="));
        objects().delete(lease, read);
        assertFails(ErrorKind.CONFLICT, () -> objects().replace(lease, read.with("2", "metadata", "annotations", "a")));
        assertThat(objects().get(Kind.SECRET, "acme-x")).isEmpty();
    }

    @Test
    void replaceStatus_specBeside_isNotStored() {
        ClusterObject read = objects().apply(lease, service(6443));
        Map<String, Object> condition = Map.of(
                "type", "Tested",
                "status", "True",
                "reason", "Test",
                "message", "",
                "lastTransitionTime", "2026-01-01T00:00:00Z");
        ClusterObject stored = objects()
                .replaceStatus(
                        lease,
                        read.with(List.of(condition), "status", "conditions")
                                .with("ClientIP", "spec", "sessionAffinity"));
        assertThat(stored.objects("status", "conditions")).hasSize(1);
        assertThat(stored.text("spec", "sessionAffinity")).isNotEqualTo(Optional.of("ClientIP"));
        assertThat(objects().replace(lease, stored.with(null, "status")).objects("status", "conditions"))
                .hasSize(1);
    }

    @Test
    void delete_readObject_isGoneAndAnotherOneIsNot() {
        ClusterObject first = objects().create(lease, secret("acme-x", "YQ=="));
        objects().delete(lease, first);
        objects().delete(lease, first);
        assertThat(objects().get(Kind.SECRET, "acme-x")).isEmpty();
        ClusterObject second = objects().create(lease, secret("acme-x", "YQ=="));
        objects().delete(lease, first);
        assertThat(objects().get(Kind.SECRET, "acme-x")).contains(second);
    }

    @Test
    void delete_finalizers_keepTheObject() {
        ClusterObject object = secret("acme-x", "YQ==").with(List.of("hcp.io/test"), "metadata", "finalizers");
        objects().delete(lease, objects().create(lease, object));
        ClusterObject kept = objects().get(Kind.SECRET, "acme-x").orElseThrow();
        assertThat(kept.isDeleting()).isTrue();
        objects().replace(lease, kept.with(List.of(), "metadata", "finalizers"));
        assertThat(objects().get(Kind.SECRET, "acme-x")).isEmpty();
    }

    @Test
    void evict_budgetHasRoom_podIsGone() {
        ClusterObject pod = pod("acme-0");
        pod("acme-1");
        budget("acme-pods", 2, 1);
        assertThat(objects().evict(lease, pod)).isEmpty();
        assertThat(objects().get(Kind.POD, "acme-0")).isEmpty();
        assertThat(objects().evict(lease, pod)).as("gone").isEmpty();
    }

    @Test
    void evict_budgetHasNoRoom_isRefusedInTheNameOfTheBudget() {
        ClusterObject pod = pod("acme-0");
        ClusterObject budget = budget("acme-pods", 1, 0);
        assertThat(objects().evict(lease, pod))
                .hasValueSatisfying(why -> assertThat(why).contains("disruption budget acme-pods"));
        assertThat(objects().get(Kind.POD, "acme-0")).contains(pod);
        objects().delete(lease, budget);
        assertThat(objects().evict(lease, pod)).isEmpty();
        assertThat(objects().get(Kind.POD, "acme-0")).isEmpty();
    }

    @Test
    void evict_anotherOfThatName_isLeftAlone() {
        ClusterObject first = pod("acme-0");
        objects().delete(lease, first);
        ClusterObject second = pod("acme-0");
        assertThat(objects().evict(lease, first)).isEmpty();
        assertThat(objects().get(Kind.POD, "acme-0")).contains(second);
    }

    @Test
    void evict_severalBudgets_isBlocked() {
        ClusterObject pod = pod("acme-0");
        budget("acme-a", 1, 0);
        budget("acme-b", 1, 0);
        assertFails(ErrorKind.BLOCKED, () -> objects().evict(lease, pod));
        assertThat(objects().get(Kind.POD, "acme-0")).contains(pod);
    }

    @Test
    void summary_noSuchNode_tellsWhy() {
        assertThat(cluster.nodes().summary("none").value()).isEmpty();
        assertThat(cluster.nodes().summary("none").problem()).contains("\"none\" not found");
    }

    @Test
    void metrics_podThatCannotBeReached_tellsWhy() {
        TenantPki authorities = TenantPki.create(List.of(), Clock.systemUTC());
        assertThat(cluster.pods().metrics("acme-none", authorities).value()).isEmpty();
        assertThat(cluster.pods().metrics("acme-none", authorities).problem()).isNotEmpty();
    }

    @Test
    void await_changeOfAnother_isSeen() {
        cluster.later(Duration.ofMillis(300), () -> objects().create(lease, secret("acme-x", "YQ==")));
        assertThat(objects().await(Kind.SECRET, "acme-x", SOON, Optional::isPresent))
                .isPresent();
        cluster.later(
                Duration.ofMillis(300),
                () -> objects()
                        .delete(lease, objects().get(Kind.SECRET, "acme-x").orElseThrow()));
        assertThat(objects().await(Kind.SECRET, "acme-x", SOON, Optional::isEmpty))
                .isEmpty();
    }

    @Test
    void await_limit_returnsWhatWasSeen() {
        ClusterObject stored = objects().create(lease, secret("acme-x", "YQ=="));
        assertThat(objects().await(Kind.SECRET, "acme-x", Duration.ofSeconds(1), found -> false))
                .contains(stored);
    }

    @Test
    void write_lostLease_isRefused() {
        ClusterObject pod = pod("acme-0");
        lease.close();
        assertFails(ErrorKind.LOCKED, () -> objects().evict(lease, pod));
        assertThat(objects().get(Kind.POD, "acme-0")).contains(pod);
        assertFails(ErrorKind.LOCKED, () -> objects().create(lease, secret("acme-x", "YQ==")));
        assertFails(ErrorKind.LOCKED, () -> objects().apply(lease, service(6443)));
        assertThat(objects().get(Kind.SECRET, "acme-x")).isEmpty();
        assertThat(objects().get(Kind.SERVICE, "acme")).isEmpty();
    }
}
