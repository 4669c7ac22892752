package io.hcp.core.internal.plan;

import static io.hcp.api.model.DeletionPolicy.RETAIN;
import static io.hcp.core.internal.plan.TenantModel.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanStep;
import io.hcp.core.fixture.Goldens;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final String START_ETCD = "start etcd";

    private final TenantModel model = TenantModel.runningAsWanted();

    @Test
    void apply_newTenant_makesAll() {
        matches("apply-new-tenant", new TenantModel().plan(ACME));
    }

    @Test
    void apply_unchangedRunning_isEmpty() {
        matches("apply-unchanged-running", model.plan(ACME));
    }

    @Test
    void apply_allStoppedAfterReboot_startsAllAgain() {
        model.running.clear();

        matches("apply-after-reboot", model.plan(ACME));
    }

    @Test
    void apply_controllerManagerGone_startsItAlone() {
        model.running.remove(Component.KUBE_CONTROLLER_MANAGER);

        matches("apply-controller-manager-gone", model.plan(ACME));
    }

    @Test
    void apply_versionChanged_restartsAllButEtcd() {
        matches("apply-version-changed", model.plan(ACME.withKubernetesVersion("1.36.4")));
    }

    @Test
    void apply_portChanged_restartsTheApiServerAndItsClients() {
        matches("apply-port-changed", model.plan(ACME.withNetworkProfile(n -> n.port(6443))));
    }

    @Test
    void apply_versionAndPortChanged_restartsOnce() {
        matches(
                "apply-version-and-port-changed",
                model.plan(ACME.withKubernetesVersion("1.36.4").withNetworkProfile(n -> n.port(6443))));
    }

    @Test
    void apply_etcdTwice_stopsBothAndStartsOne() {
        String digest = model.blueprint(ACME).of(Component.ETCD).digest();
        model.running.put(Component.ETCD, List.of(digest, digest));

        matches("apply-etcd-twice", model.plan(ACME));
    }

    @Test
    void apply_otherSettingsThroughout_stopsClientsBeforeServers() {
        model.running.replaceAll((component, digests) -> List.of("0000000000000000"));

        matches("apply-other-settings-throughout", model.plan(ACME));
    }

    @Test
    void apply_crashedAfterRecord_goesOnWithCertificates() {
        matches("apply-crashed-after-record", crashedAfter("record description").plan(ACME));
    }

    @Test
    void apply_crashedAfterCertificates_goesOnWithStarts() {
        matches(
                "apply-crashed-after-certificates",
                crashedAfter("create certificates").plan(ACME));
    }

    @Test
    void apply_crashedAfterEtcdStart_leavesEtcdRunning() {
        matches("apply-crashed-after-etcd-start", crashedAfter(START_ETCD).plan(ACME));
    }

    @Test
    void apply_crashedBeforeFirstRoles_bindsThem() {
        matches(
                "apply-crashed-before-first-roles",
                crashedAfter("start kube-scheduler").plan(ACME));
    }

    @Test
    void apply_certificatesMissingWhileRunning_reissuesThem() {
        model.outdatedCertificates = List.of("apiserver", "etcd/peer");

        matches("apply-certificates-missing-while-running", model.plan(ACME));
    }

    @Test
    void apply_certificatesMissingWhileStopped_reissuesThemBeforeStarts() {
        model.outdatedCertificates = List.of("apiserver");
        model.running.clear();

        matches("apply-certificates-missing-while-stopped", model.plan(ACME));
    }

    @Test
    void delete_runningTenant_stopsClientsBeforeServers() {
        matches("delete-running", model.planDelete());
    }

    @Test
    void delete_stoppedTenant_removesData() {
        model.running.clear();

        matches("delete-stopped", model.planDelete());
    }

    @Test
    void delete_halfDeleted_goesOn() {
        model.carryOutUntil(ACME, model.plannedDelete().works(), "stop kube-controller-manager");

        matches("delete-half-deleted", model.planDelete());
    }

    @Test
    void delete_orphanOnly_stopsIt() {
        TenantModel orphan = new TenantModel();
        orphan.running.put(Component.ETCD, List.of("0000000000000000"));

        matches("delete-orphan-only", orphan.planDelete());
    }

    @Test
    void apply_newTenant_stepsWaitForWhatIsRightBeforeThem() {
        Plan plan = new TenantModel().plan(ACME);

        assertThat(after(plan, "record description")).containsExactly("provide programs");
        assertThat(after(plan, START_ETCD)).containsExactly("create certificates");
        assertThat(after(plan, "start kube-scheduler")).containsExactly("start kube-apiserver");
        assertThat(after(plan, "bind first roles"))
                .containsExactlyInAnyOrder("start kube-controller-manager", "start kube-scheduler");
    }

    @Test
    void apply_otherSettingsThroughout_stopsWaitForTheirClients() {
        model.running.replaceAll((component, digests) -> List.of("0000000000000000"));
        Plan plan = model.plan(ACME);

        assertThat(after(plan, "stop kube-apiserver"))
                .containsExactlyInAnyOrder("stop kube-scheduler", "stop kube-controller-manager");
        assertThat(after(plan, "stop etcd")).containsExactly("stop kube-apiserver");
        assertThat(after(plan, START_ETCD)).containsExactly("stop etcd");
    }

    @Test
    void apply_deleting_isAnObstacleAndNoOther() {
        model.carryOutUntil(ACME, model.plannedDelete().works(), "mark deletion");
        model.pki = false;
        model.datastore = false;

        assertObstacles(
                model.plan(ACME),
                "DELETING: tenant \"acme\" is being deleted. Remedy: call delete(\"acme\") again to finish it, then"
                        + " apply");
    }

    @Test
    void apply_severalObstacles_areToldTogether() {
        model.pki = false;
        model.damagedKeys = List.of("secretbox-1", "aesgcm-1");
        model.record = Optional.of(revision(3));

        assertObstacles(
                model.plan(ACME),
                "BLOCKED: tenant \"acme\" is kept by rules of revision 3, and this library knows those up to 2. Remedy:"
                        + " use the newer version of this library that it was changed with; this one can look at it, and delete it",
                "PKI_DAMAGED: the certificates of tenant \"acme\" are gone but its datastore is there. Remedy: restore its"
                        + " directory pki from a backup, or delete the tenant: a new CA would lock out everybody who"
                        + " knows the old one",
                "PKI_DAMAGED: encryption keys of tenant \"acme\" are missing or damaged: secretbox-1, aesgcm-1. Remedy:"
                        + " restore its directory pki from a backup, or delete the tenant: without the key nothing that"
                        + " was encrypted can be read");
        assertThat(model.plan(ACME).steps()).extracting(PlanStep::id).contains("create certificates");
    }

    @Test
    void apply_littleSpaceForNewDatastore_isAnObstacle() {
        TenantModel fresh = new TenantModel();
        fresh.usableBytes = Planner.LEAST_USABLE_BYTES - 1;

        assertObstacles(
                fresh.plan(ACME),
                "DISK_FULL: the file system of tenant \"acme\" has 255 MiB free. Remedy: free at least 256 MiB, or choose"
                        + " another data directory");
    }

    @Test
    void apply_littleSpaceForKnownDatastore_goesOn() {
        model.usableBytes = 0;

        assertThat(model.plan(ACME).isEmpty()).isTrue();
        assertObstacles(model.plan(ACME));
    }

    @Test
    void apply_justEnoughSpaceForNewDatastore_goesOn() {
        TenantModel fresh = new TenantModel();
        fresh.usableBytes = Planner.LEAST_USABLE_BYTES;

        assertObstacles(fresh.plan(ACME));
    }

    @Test
    void apply_datastoreOfABootstrappedTenantGone_isAnObstacle() {
        model.datastore = false;
        model.usableBytes = 0;

        assertObstacles(
                model.plan(ACME),
                "BLOCKED: the datastore of tenant \"acme\" is gone, and with it all that the tenant had stored. Remedy:"
                        + " restore its directory etcd from a backup, or delete the tenant: an empty datastore would hide"
                        + " the loss");
    }

    @Test
    void apply_recordGoneAndDatastoreThere_isAnObstacle() {
        model.record = Optional.empty();

        assertObstacles(
                model.plan(ACME),
                "BLOCKED: the record of tenant \"acme\" is gone but its datastore is there. Remedy: restore its file"
                        + " tenant.yaml from a backup, or delete the tenant with its data");
    }

    @Test
    void apply_dataPutAsideWithoutAuthorities_isAnObstacle() {
        TenantControlPlane kept = ACME.withTenantId("bcdfghjkmnpqrstv").withLifecycle(l -> l.deletionPolicy(RETAIN));
        TenantModel aside = TenantModel.running(kept);
        aside.pki = false;
        aside.carryOut(kept, aside.plannedDelete().works());

        assertObstacles(
                aside.plan(kept),
                "PKI_DAMAGED: the certificates of tenant \"acme\" are gone but its datastore is there. Remedy: restore its"
                        + " directory pki from a backup, or delete the tenant: a new CA would lock out everybody who"
                        + " knows the old one");
    }

    @Test
    void delete_dataPutAsideUnderItsIdAlready_isAnObstacle() {
        TenantControlPlane kept = ACME.withTenantId("bcdfghjkmnpqrstv").withLifecycle(l -> l.deletionPolicy(RETAIN));
        TenantModel running = TenantModel.running(kept);
        running.aside = Optional.of(new TenantModel.Aside(running.record.orElseThrow(), true, Optional.empty(), true));

        assertObstacles(
                running.planDelete(),
                "BLOCKED: data is put aside already under the id of tenant \"acme\". Remedy: look whose it is, and move it"
                        + " away if it is not needed");
    }

    @Test
    void delete_dataToBeRetainedWithoutId_isAnObstacle() {
        TenantControlPlane nameless = ACME.withLifecycle(l -> l.deletionPolicy(RETAIN));

        assertObstacles(
                TenantModel.running(nameless).planDelete(),
                "BLOCKED: tenant \"acme\" has no id under which its data could be put aside. Remedy: apply its description"
                        + " first, which gives it one");
    }

    @Test
    void apply_controllerManagerFlag_touchesItAlone() {
        Plan plan = model.plan(ACME.withControlPlane(c -> c.controllerManager(m -> m.putExtraArg("v", "3"))));

        assertThat(plan.touches()).containsExactly(Component.KUBE_CONTROLLER_MANAGER);
        assertThat(plan.apiGap()).isZero();
        assertThat(plan.steps())
                .extracting(PlanStep::id)
                .containsExactly(
                        "provide programs",
                        "record description",
                        "stop kube-controller-manager",
                        "start kube-controller-manager",
                        "await readiness");
    }

    @Test
    void observed_laterChangesOfItsSource_areNotSeen() {
        Observed observed = model.observed();
        model.running.clear();

        assertThat(observed.running(Component.ETCD)).hasSize(1);
    }

    private TenantRecord revision(int revision) {
        TenantRecord known = model.record.orElseThrow();
        return new TenantRecord(
                known.spec(),
                known.ports(),
                known.encryption(),
                revision,
                known.servedVersion(),
                true,
                Optional.empty(),
                false);
    }

    private static TenantModel crashedAfter(String step) {
        TenantModel crashed = new TenantModel();
        crashed.carryOutUntil(ACME, crashed.works(ACME), step);
        return crashed;
    }

    private static void assertObstacles(Plan plan, String... expected) {
        assertThat(plan.obstacles())
                .extracting(obstacle ->
                        obstacle.kind() + ": " + obstacle.asException().getMessage())
                .containsExactly(expected);
    }

    private static Set<String> after(Plan plan, String id) {
        return plan.steps().stream()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow()
                .after();
    }

    private static void matches(String golden, Plan plan) {
        Goldens.assertMatches(PlannerTest.class, golden, plan.toString());
    }
}
