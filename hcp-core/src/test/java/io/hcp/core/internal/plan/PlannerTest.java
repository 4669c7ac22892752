package io.hcp.core.internal.plan;

import static io.hcp.core.internal.plan.TenantModel.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.fixture.Goldens;
import java.util.List;
import java.util.Optional;
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
        model.carryOutUntil(ACME, model.planDelete(), "stop kube-controller-manager");

        matches("delete-half-deleted", model.planDelete());
    }

    @Test
    void delete_orphanOnly_stopsIt() {
        TenantModel orphan = new TenantModel();
        orphan.running.put(Component.ETCD, List.of("0000000000000000"));

        matches("delete-orphan-only", orphan.planDelete());
    }

    @Test
    void apply_newTenant_startsWaitForTheirServersAlone() {
        List<Work> works = new TenantModel().plan(ACME);

        assertThat(after(works, "record description")).containsExactly("provide programs");
        assertThat(after(works, START_ETCD))
                .containsExactlyInAnyOrder("provide programs", "record description", "create certificates");
        assertThat(after(works, "start kube-scheduler"))
                .contains("start kube-apiserver")
                .doesNotContain("start kube-controller-manager");
    }

    @Test
    void apply_otherSettingsThroughout_stopsWaitForTheirClients() {
        model.running.replaceAll((component, digests) -> List.of("0000000000000000"));
        List<Work> works = model.plan(ACME);

        assertThat(after(works, "stop etcd")).containsExactlyInAnyOrder("provide programs", "stop kube-apiserver");
        assertThat(after(works, START_ETCD)).containsExactlyInAnyOrder("provide programs", "stop etcd");
    }

    @Test
    void apply_deleting_isRefused() {
        model.carryOutUntil(ACME, model.planDelete(), "mark deletion");

        refuses(
                ErrorKind.DELETING,
                "tenant \"acme\" is being deleted. Remedy: call delete(\"acme\") again to finish it, then apply");
    }

    @Test
    void apply_certificatesGoneButDatastoreThere_isRefused() {
        model.pki = false;

        refuses(
                ErrorKind.PKI_DAMAGED,
                "the certificates of tenant \"acme\" are gone but its datastore is there. Remedy: restore its directory"
                        + " pki from a backup, or delete the tenant: a new CA would lock out everybody who knows the"
                        + " old one");
    }

    @Test
    void apply_littleSpaceForNewDatastore_isRefused() {
        model.datastore = false;
        model.record = Optional.empty();
        model.usableBytes = Planner.LEAST_USABLE_BYTES - 1;

        refuses(
                ErrorKind.DISK_FULL,
                "the file system of tenant \"acme\" has 255 MiB free. Remedy: free at least 256 MiB, or choose another"
                        + " data directory");
    }

    @Test
    void apply_littleSpaceForKnownDatastore_goesOn() {
        model.usableBytes = 0;

        assertThat(model.plan(ACME)).isEmpty();
    }

    @Test
    void apply_justEnoughSpaceForNewDatastore_goesOn() {
        TenantModel fresh = new TenantModel();
        fresh.usableBytes = Planner.LEAST_USABLE_BYTES;

        assertThat(fresh.plan(ACME)).isNotEmpty();
    }

    @Test
    void observed_laterChangesOfItsSource_areNotSeen() {
        Observed observed = model.observed();
        model.running.clear();

        assertThat(observed.running(Component.ETCD)).hasSize(1);
    }

    @Test
    void apply_datastoreOfABootstrappedTenantGone_isRefused() {
        model.datastore = false;

        refuses(
                ErrorKind.BLOCKED,
                "the datastore of tenant \"acme\" is gone, and with it all that the tenant had stored. Remedy: restore its"
                        + " directory etcd from a backup, or delete the tenant: an empty datastore would hide the loss");
    }

    private static TenantModel crashedAfter(String step) {
        TenantModel crashed = new TenantModel();
        crashed.carryOutUntil(ACME, crashed.plan(ACME), step);
        return crashed;
    }

    private void refuses(ErrorKind kind, String message) {
        TenantControlPlane changed = ACME.withNetworkProfile(n -> n.port(7000));
        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> model.plan(changed))
                .withMessage(message)
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(kind));
    }

    private static List<String> after(List<Work> works, String id) {
        return works.stream()
                .filter(work -> work.id().equals(id))
                .flatMap(work -> work.step().after().stream())
                .toList();
    }

    private static void matches(String golden, List<Work> works) {
        Goldens.assertMatches(PlannerTest.class, golden, TenantModel.text(works));
    }
}
