package io.hcp.core.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Obstacle;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanKind;
import io.hcp.api.plan.PlanStep;
import io.hcp.core.fixture.Goldens;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.plan.ClusterObserved;
import io.hcp.core.internal.cluster.plan.ClusterObserved.Authorities;
import io.hcp.core.internal.cluster.plan.ClusterPlanner;
import io.hcp.core.internal.cluster.plan.Drawing;
import io.hcp.core.internal.cluster.plan.VolumeClaims;
import io.hcp.core.internal.cluster.render.TenantNames;
import io.hcp.core.internal.spec.ClusterDefaults;
import io.hcp.core.internal.spec.TenantRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Plans for pods, as people read them. */
class ClusterPlansTest {
    private static final TenantControlPlane ACME = ClusterDefaults.resolve(
            TenantControlPlane.builder()
                    .name("acme")
                    .kubernetesVersion("1.35.4")
                    .tenantId("b23456789bcdfghj")
                    .networkProfile(n -> n.address("192.0.2.7"))
                    .build(),
            Optional.empty());
    private static final Drawings DRAWINGS = new Drawings(
            new TenantNames("tenants", "acme"),
            Optional.of(ClusterObject.named(Kind.TENANT, "tenants", "acme").with("uid-1", "metadata", "uid")));

    private static final VolumeClaims VOLUMES =
            new VolumeClaims(Map.of("data-acme-etcd-0", "uid-2"), List.of(), List.of("uid-2"));

    private static TenantRecord served(TenantControlPlane tenant) {
        return new TenantRecord(
                tenant,
                Ports.UNASSIGNED,
                EncryptionState.NONE,
                Blueprint.RENDER_REVISION,
                Optional.of(tenant.kubernetesVersion()),
                true,
                Optional.of(Drawings.server(tenant).toString()),
                false);
    }

    /** A tenant that is as it should be. */
    private static ClusterObserved well(TenantControlPlane tenant) {
        Map<String, ClusterObject> live = new TreeMap<>();
        Drawing drawing = DRAWINGS.drawing(served(tenant));
        drawing.all().forEach(object -> live.put(object.id(), object));
        ClusterObject service = drawing.service()
                .with(List.of(Map.of("ip", "192.0.2.7")), "status", "loadBalancer", "ingress")
                .with("10.96.0.9", "spec", "clusterIP");
        live.put(service.id(), service);
        return observed(Optional.of(served(tenant)), live);
    }

    private static ClusterObserved observed(Optional<TenantRecord> record, Map<String, ClusterObject> live) {
        boolean there = record.isPresent();
        return new ClusterObserved(
                record,
                there,
                false,
                Optional.empty(),
                there ? Authorities.PRESENT : Authorities.ABSENT,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                there ? VOLUMES : VolumeClaims.NONE,
                live,
                List.of(),
                Map.of());
    }

    private static Plan plan(TenantControlPlane wanted, ClusterObserved observed) {
        return ClusterPlanner.apply(
                        PlanKind.APPLY,
                        wanted,
                        Optional.of(DRAWINGS.drawing(TenantRecord.planned(wanted, observed.record()))),
                        observed)
                .plan();
    }

    private static ClusterObserved with(
            ClusterObserved before, Function<Map<String, ClusterObject>, Map<String, ClusterObject>> change) {
        return observed(before.record(), change.apply(new TreeMap<>(before.live())));
    }

    private static void assertGolden(String name, Plan plan) {
        Goldens.assertMatches(ClusterPlansTest.class, "plan-" + name, plan.toString());
    }

    @Test
    void apply_new_makesEverything() {
        TenantControlPlane unexposed =
                ACME.withNetworkProfile(ACME.networkProfile().withAddress(Optional.empty()));
        assertGolden(
                "new",
                ClusterPlanner.apply(PlanKind.APPLY, unexposed, Optional.empty(), observed(Optional.empty(), Map.of()))
                        .plan());
    }

    @Test
    void apply_asItIs_isEmpty() {
        assertThat(plan(ACME, well(ACME)).isEmpty()).isTrue();
    }

    @Test
    void apply_version_rollsWithoutGap() {
        TenantControlPlane wanted = ACME.withKubernetesVersion("1.36.3");
        Plan plan = plan(wanted, well(ACME));
        assertGolden("version", plan);
        assertThat(plan.irreversible()).containsExactly("stored objects cannot go back to 1.35.4");
    }

    @Test
    void apply_flag_rollsTheControlPlaneAlone() {
        Plan plan = plan(
                ACME.withControlPlane(
                        c -> c.scheduler(ACME.controlPlane().scheduler().withExtraArgs(Map.of("v", "4")))),
                well(ACME));
        assertGolden("flag", plan);
        assertThat(plan.apiGap()).isZero();
    }

    @Test
    void apply_etcdOfOneMember_tellsTheGap() {
        TenantControlPlane wanted =
                ACME.withDataStore(d -> d.etcd(ACME.dataStore().etcd().withSnapshotCount(5_000L)));
        Plan plan = plan(wanted, well(ACME));
        assertGolden("etcd", plan);
        assertThat(plan.apiGap()).isPositive();
    }

    @Test
    void apply_etcdOfThreeMembers_hasNoGap() {
        TenantControlPlane three =
                ACME.withDataStore(d -> d.etcd(ACME.dataStore().etcd().withMembers(3)));
        TenantControlPlane wanted =
                three.withDataStore(d -> d.etcd(three.dataStore().etcd().withSnapshotCount(5_000L)));
        assertThat(plan(wanted, well(three)).apiGap()).isEqualTo(Duration.ZERO);
    }

    @Test
    void apply_replicas_isARepairWithoutGap() {
        Plan plan = plan(ACME.withControlPlane(c -> c.replicas(3)), well(ACME));
        assertGolden("replicas", plan);
        assertThat(plan.apiGap()).isZero();
    }

    @Test
    void reconcile_driftedObjects_areRepaired() {
        ClusterObserved drifted = with(well(ACME), live -> {
            live.remove("Service acme-etcd");
            live.computeIfPresent("Deployment acme", (id, object) -> object.with(0, "spec", "replicas"));
            return live;
        });
        assertGolden("drift", plan(ACME, drifted));
    }

    @Test
    void apply_authoritiesGone_isBlocked() {
        ClusterObserved well = well(ACME);
        ClusterObserved gone = new ClusterObserved(
                well.record(),
                true,
                false,
                Optional.empty(),
                Authorities.PARTIAL,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                VOLUMES,
                well.live(),
                List.of(),
                Map.of());
        assertThat(plan(ACME, gone).obstacles())
                .extracting(Obstacle::problem)
                .containsExactly("Secrets of the authorities of tenant \"acme\" are gone but its datastore is there");
    }

    @Test
    void apply_whatIsKeptIsLost_isBlockedAndNothingIsTakenForGranted() {
        ClusterObserved lost = new ClusterObserved(
                Optional.of(TenantRecord.of(ACME, Ports.UNASSIGNED).withEncryption(EncryptionState.NONE)),
                false,
                true,
                Optional.empty(),
                Authorities.PRESENT,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                VOLUMES,
                Map.of(),
                List.of(),
                Map.of());
        assertThat(plan(ACME, lost).obstacles())
                .singleElement()
                .extracting(Obstacle::problem)
                .asString()
                .contains("hcp.io/record");
    }

    @Test
    void apply_dataOfAnother_isBlocked() {
        ClusterObserved left = new ClusterObserved(
                Optional.empty(),
                false,
                false,
                Optional.of("otherotherother"),
                Authorities.PRESENT,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                VOLUMES,
                Map.of(),
                List.of(),
                Map.of());
        assertThat(plan(ACME, left).obstacles())
                .singleElement()
                .extracting(Obstacle::remedy)
                .asString()
                .contains("otherotherother");
    }

    private static ClusterObserved withVolumes(ClusterObserved before, VolumeClaims volumes) {
        return new ClusterObserved(
                before.record(),
                true,
                false,
                Optional.empty(),
                Authorities.PRESENT,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                volumes,
                before.live(),
                List.of(),
                Map.of());
    }

    @Test
    void apply_claimDeleted_keepsFromWhatTakesMembersAlone() {
        ClusterObserved deleted =
                withVolumes(well(ACME), new VolumeClaims(VOLUMES.uids(), List.of("data-acme-etcd-0"), VOLUMES.noted()));
        TenantControlPlane roll =
                ACME.withDataStore(d -> d.etcd(ACME.dataStore().etcd().withSnapshotCount(5_000L)));

        assertThat(plan(roll, deleted).obstacles())
                .containsExactly(VolumeClaims.deleted("acme", List.of("data-acme-etcd-0")));
        assertThat(plan(ACME.withControlPlane(c -> c.replicas(3)), deleted).obstacles())
                .isEmpty();
        deleted = withVolumes(
                with(deleted, live -> {
                    live.remove("StatefulSet acme-etcd");
                    return live;
                }),
                deleted.volumes());
        assertThat(plan(ACME, deleted).obstacles()).hasSize(1);
    }

    @Test
    void delete_claimDeleted_isBlockedIfTheDataIsToStay() {
        VolumeClaims deleted = new VolumeClaims(VOLUMES.uids(), List.of("data-acme-etcd-0"), List.of());
        TenantControlPlane kept = ACME.withLifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN));

        assertThat(ClusterPlanner.delete(kept, withVolumes(well(kept), deleted))
                        .plan()
                        .obstacles())
                .containsExactly(VolumeClaims.deleted("acme", List.of("data-acme-etcd-0")));
        assertThat(ClusterPlanner.delete(ACME, withVolumes(well(ACME), deleted))
                        .plan()
                        .obstacles())
                .isEmpty();
    }

    @Test
    void apply_claimsMadeAnew_isBlockedUnlessOneIsKnown() {
        Map<String, String> uids = Map.of("data-acme-etcd-0", "uid-2", "data-acme-etcd-1", "uid-3");
        ClusterObserved anew = withVolumes(well(ACME), new VolumeClaims(uids, List.of(), List.of("uid-1")));

        assertThat(plan(ACME, anew).obstacles()).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.problem())
                    .isEqualTo("the volumes of tenant \"acme\" are gone, and with them all that the tenant had stored:"
                            + " others were made in their place, data-acme-etcd-0, data-acme-etcd-1");
            assertThat(obstacle.remedy()).contains("kubectl patch tcp acme --subresource=status");
        });
        for (List<String> noted : List.of(List.of("uid-1", "uid-3"), List.<String>of())) {
            assertThat(plan(ACME, withVolumes(anew, new VolumeClaims(uids, List.of(), noted)))
                            .obstacles())
                    .isEmpty();
        }
    }

    @Test
    void apply_fieldTakenOutOfATemplate_isARoll() {
        Map<String, Object> applied = Map.of(
                "f:spec", Map.of("f:template", Map.of("f:spec", Map.of("f:nodeSelector", Map.of("f:disk", Map.of())))));
        Map<String, Object> entry = Map.of("manager", "hcp", "operation", "Apply", "fieldsV1", applied);
        ClusterObserved selected = with(well(ACME), live -> {
            live.computeIfPresent(
                    "Deployment acme", (id, object) -> object.with(List.of(entry), "metadata", "managedFields"));
            return live;
        });
        assertThat(plan(ACME, selected).steps())
                .filteredOn(step -> step.id().equals("roll control plane"))
                .singleElement()
                .extracting(PlanStep::reason)
                .isEqualTo("differs in spec.template.spec.nodeSelector");
    }

    @Test
    void apply_addressLost_isExposedAgain() {
        ClusterObserved lost = with(well(ACME), live -> {
            live.computeIfPresent("Service acme", (id, object) -> object.with(null, "status"));
            return live;
        });
        assertThat(plan(ACME, lost).steps())
                .extracting(PlanStep::reason)
                .first()
                .isEqualTo("the Service has lost address 192.0.2.7");
    }

    @Test
    void apply_endpointNeverPublished_isPublished() {
        TenantRecord never = TenantRecord.of(ACME, Ports.UNASSIGNED).asServed().asBootstrapped();
        ClusterObserved killed = observed(Optional.of(never), well(ACME).live());
        assertThat(plan(ACME, killed).steps())
                .extracting(PlanStep::id)
                .containsExactly("publish endpoint", "await readiness");
    }

    @Test
    void apply_otherExposureAtTheSameAddress_isBlocked() {
        TenantControlPlane wanted =
                ACME.withNetworkProfile(ACME.networkProfile().withExposure(ExposureType.NODE_PORT));
        assertThat(plan(wanted, well(ACME)).obstacles())
                .extracting(Obstacle::problem)
                .containsExactly("tenant \"acme\" is known at 192.0.2.7, an address of exposure LoadBalancer,"
                        + " and would not be reached there by exposure NodePort");
    }

    @Test
    void apply_otherClusterIp_isBlocked() {
        TenantControlPlane wanted = ACME.withNetworkProfile(
                ACME.networkProfile().withExposure(ExposureType.CLUSTER_IP).withAddress(IpAddress.parse("10.96.0.10")));
        assertThat(plan(wanted, well(ACME)).obstacles())
                .extracting(Obstacle::problem)
                .containsExactly(
                        "the Service of tenant \"acme\" has clusterIP 10.96.0.9 for its life, and not 10.96.0.10");
    }

    @Test
    void delete_running_stopsClientsFirst() {
        assertGolden("delete", ClusterPlanner.delete(ACME, well(ACME)).plan());
    }
}
