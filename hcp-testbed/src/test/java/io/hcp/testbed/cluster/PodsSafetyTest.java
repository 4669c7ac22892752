package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.ControlPlane;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.ClusterObjects;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.testbed.fake.FakeUnderCluster;
import io.hcp.testbed.fake.InMemoryPods;
import io.hcp.testbed.fake.UnderWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data and keys of tenants, and what is others', outlive damage, mistakes and other writers. */
class PodsSafetyTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String ID = "t234bcdfghjkmnpq";
    private static final String OWN = "TenantControlPlane acme";
    private static final String RECORD = "hcp.io/record";
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.35.4")
            .tenantId(ID)
            .kubernetes(k -> k.encryptionAtRest(e -> {}))
            .build();
    private static final TenantControlPlane KEPT = ACME.withLifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN));

    private final UnderWorld world = new UnderWorld();

    private void with(Consumer<HostedControlPlanes> work) {
        try (HostedControlPlanes hcp = InMemoryPods.on(world.open())) {
            work.accept(hcp);
        }
    }

    private void apply(TenantControlPlane tenant) {
        with(hcp -> hcp.apply(tenant).awaitReady(LIMIT));
    }

    private void delete() {
        with(hcp -> hcp.delete("acme").await(LIMIT));
    }

    /** Does something with objects, as somebody with kubectl might. */
    private void outside(BiConsumer<ClusterObjects, Lease> work) {
        try (FakeUnderCluster cluster = world.open();
                Lease lease = cluster.acquire("acme")) {
            work.accept(cluster.objects(), lease);
        }
    }

    private void edit(UnaryOperator<ClusterObject> change) {
        outside((objects, lease) -> objects.replace(lease, change.apply(object(OWN))));
    }

    private void loseRecord() {
        edit(own -> own.with(null, "metadata", "annotations", RECORD));
        outside((objects, lease) -> objects.replaceStatus(lease, object(OWN).with(null, "status", "record")));
    }

    private void create(Kind kind, String name, Map<String, Object> spec) {
        ClusterObject object = ClusterObject.named(kind, "tenants", name);
        outside((objects, lease) -> objects.create(lease, spec.isEmpty() ? object : object.with(spec, "spec")));
    }

    private ClusterObject object(String id) {
        return world.objects().get(id);
    }

    /** What nobody can make anew, by uid. */
    private SortedMap<String, String> treasures() {
        SortedMap<String, String> uids = new TreeMap<>();
        world.objects().forEach((id, object) -> {
            if (id.matches("Secret acme-(ca|etcd|proxy|sa|encryption-.*)|PersistentVolumeClaim .*")) {
                uids.put(id, object.uid().orElse(""));
            }
        });
        return uids;
    }

    private static void assertFails(ErrorKind kind, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(HcpException.class)
                .hasMessageContaining(message)
                .extracting(thrown -> ((HcpException) thrown).kind())
                .isEqualTo(kind);
    }

    @Test
    void delete_againAfterRetain_findsNoTenantAndLeavesItsData() {
        apply(KEPT);
        delete();
        SortedMap<String, String> left = treasures();
        assertThat(left).hasSize(6);
        assertFails(ErrorKind.NOT_FOUND, ID, this::delete);
        assertFails(ErrorKind.NOT_FOUND, ID, () -> with(hcp -> hcp.planDelete("acme")));
        assertThat(treasures()).isEqualTo(left);
    }

    @Test
    void delete_retainWithoutRecord_keepsTheKeysAndTakesNothingForGranted() {
        apply(KEPT);
        SortedMap<String, String> before = treasures();
        loseRecord();
        delete();
        assertThat(world.objects()).doesNotContainKey(OWN);
        assertThat(treasures()).isEqualTo(before);
        with(hcp -> assertThat(hcp.plan(KEPT).obstacles())
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.problem()).contains("is lost")));
    }

    @Test
    void reconcile_retainedTenantMadeAnewWithItsId_bringsItBack() {
        apply(KEPT);
        delete();
        SortedMap<String, String> before = treasures();
        create(
                Kind.TENANT,
                "acme",
                Map.of("tenantId", ID, "kubernetes", Map.of("version", "1.35.4", "encryptionAtRest", Map.of())));
        with(hcp -> hcp.reconcile("acme").await(LIMIT));
        with(hcp -> assertThat(hcp.plan("acme").isEmpty()).isTrue());
        assertThat(treasures()).isEqualTo(before);
        assertThat(object(OWN).annotation(RECORD).orElseThrow()).contains("secretbox-1");
        assertThat(object("Secret acme-ca").object("metadata", "annotations")).isEmpty();
    }

    @Test
    void delete_dataToBeKeptAfterAllSaidWhileItIsUnderWay_isKept() {
        apply(ACME);
        SortedMap<String, String> before = treasures();
        FakeUnderCluster cluster = world.open();
        try (HostedControlPlanes hcp = InMemoryPods.on(cluster)) {
            keepOnceDeleting(cluster);
            hcp.delete("acme").await(LIMIT);
        }
        assertThat(world.objects()).doesNotContainKey(OWN);
        assertThat(treasures()).isEqualTo(before);
    }

    private void keepOnceDeleting(FakeUnderCluster cluster) {
        cluster.later(Duration.ofMillis(1), () -> {
            if (object(OWN).isDeleting()) {
                world.applyAsOther(ClusterObject.named(Kind.TENANT, "tenants", "acme")
                        .with("Retain", "spec", "lifecycle", "deletionPolicy"));
            } else {
                keepOnceDeleting(cluster);
            }
        });
    }

    @Test
    void plan_retainedTenantWithoutItsVolumes_isBlocked() {
        apply(KEPT);
        delete();
        treasures().keySet().stream()
                .filter(id -> id.startsWith("PersistentVolumeClaim "))
                .forEach(world::destroy);
        with(hcp -> assertThat(hcp.plan(KEPT).obstacles())
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.problem()).startsWith("the volumes of tenant")));
    }

    @Test
    void plan_retainedTenantMadeAnewWithOlderVersion_isRefused() {
        apply(KEPT.withKubernetesVersion("1.36.3"));
        delete();
        create(Kind.TENANT, "acme", Map.of("tenantId", ID, "kubernetes", Map.of("version", "1.35.4")));
        assertFails(ErrorKind.INVALID_SPEC, "kubernetes.version", () -> with(hcp -> hcp.plan("acme")));
    }

    @Test
    void delete_anotherTenantOfTheName_leavesWhatWasRetained() {
        apply(KEPT);
        delete();
        SortedMap<String, String> left = treasures();
        create(Kind.TENANT, "acme", Map.of("kubernetes", Map.of("version", "1.35.4")));
        with(hcp -> assertThat(hcp.plan("acme").obstacles())
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.remedy()).contains(ID)));
        delete();
        assertThat(world.objects()).doesNotContainKey(OWN);
        assertThat(treasures()).isEqualTo(left);
        apply(KEPT);
        assertThat(treasures()).isEqualTo(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Secret acme-ca", "Secret acme-encryption-secretbox-1", "Secret acme-scheduler"})
    void apply_secretOfOthers_isBlockedAndLeftAlone(String id) {
        create(Kind.SECRET, id.substring("Secret ".length()), Map.of());
        assertIsLeftAlone(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ServiceAccount acme", "Service acme-etcd", "Deployment acme"})
    void apply_objectOfOthers_isBlockedAndLeftAlone(String id) {
        String[] words = id.split(" ", -1);
        Kind kind = List.of(Kind.SERVICE_ACCOUNT, Kind.SERVICE, Kind.DEPLOYMENT).stream()
                .filter(one -> one.name().equals(words[0]))
                .findFirst()
                .orElseThrow();
        create(kind, words[1], Map.of());
        assertIsLeftAlone(id);
    }

    private void assertIsLeftAlone(String id) {
        ClusterObject theirs = object(id);
        assertFails(ErrorKind.BLOCKED, "is not this tenant's", () -> apply(ACME));
        assertThat(object(id).object("metadata", "labels")).isEmpty();
        assertThat(object(id).object("data")).isEmpty();
        assertThat(object(id).object("spec")).isEqualTo(theirs.object("spec"));
    }

    @Test
    void reconcile_ownObjectWithoutLabels_isStillTheTenants() {
        apply(ACME);
        outside((objects, lease) ->
                objects.replace(lease, object("Service acme-etcd").with(null, "metadata", "labels")));
        with(hcp -> hcp.reconcile("acme").await(LIMIT));
        assertThat(object("Service acme-etcd").label("hcp.io/tenant")).contains("acme");
    }

    @Test
    void list_unreadableTenant_isPassedOver() {
        apply(ACME);
        create(Kind.TENANT, "broken", Map.of("kubernetes", Map.of("version", List.of(1))));
        with(hcp -> {
            assertThat(hcp.list()).extracting(ControlPlane::toString).containsExactly("ControlPlane[acme]");
            assertFails(ErrorKind.RECORD_DAMAGED, "broken", () -> hcp.get("broken"));
        });
    }

    @Test
    void delete_unreadableTenant_removesIt() {
        apply(ACME);
        edit(own -> own.with(List.of(1), "spec", "kubernetes", "version"));
        delete();
        assertThat(world.objects()).isEmpty();
    }

    @Test
    void delete_unreadableTenantWhoseDataIsToStay_isRefused() {
        apply(KEPT);
        edit(own -> own.with(List.of(1), "spec", "kubernetes", "version"));
        SortedMap<String, String> before = treasures();
        assertFails(ErrorKind.RECORD_DAMAGED, "acme", this::delete);
        assertThat(treasures()).isEqualTo(before);
    }

    @Test
    void reconcile_damagedRecord_isMadeGoodFromItsCopy() {
        apply(ACME);
        String record = object(OWN).annotation(RECORD).orElseThrow();
        edit(own -> own.with("{", "metadata", "annotations", RECORD));
        with(hcp -> hcp.reconcile("acme").await(LIMIT));
        assertThat(object(OWN).annotation(RECORD)).contains(record);
        assertThat(object(OWN).text("status", "record")).contains(record);
    }

    @Test
    void delete_damagedRecordWithoutCopy_removesTheTenant() {
        apply(ACME);
        loseRecord();
        edit(own -> own.with("{", "metadata", "annotations", RECORD));
        with(hcp -> assertThat(hcp.plan("acme").obstacles()).hasSize(1));
        delete();
        assertThat(world.objects()).isEmpty();
    }
}
