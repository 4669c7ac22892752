package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.component.ResolverSettings;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.TenantGateways;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalMachineTest {
    private static final ComponentBlueprint SCHEDULER = Processes.blueprint(Component.KUBE_SCHEDULER);

    @TempDir
    Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    private LocalMachine open(boolean ephemeral) {
        ResolverSettings programs = ResolverSettings.defaults(Map.of("PATH", System.getenv("PATH")), directory)
                .withExplicitPath("kube-scheduler", directory.resolve("kube-scheduler"));
        HcpListener listener = new HcpListener() {
            @Override
            public void componentRestarted(String tenant, Component component, String reason, int restarts) {
                heard.add("%s %s: %s, %d".formatted(tenant, component, reason, restarts));
            }
        };
        LocalMachine machine = new LocalMachine(data(), ephemeral, programs, listener, ScriptedRandom.from(20_000));
        opened.add(machine);
        return machine;
    }

    private Path data() {
        return directory.resolve("data");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable machine : opened) {
            machine.close();
        }
        ProcessTable.find(data().resolve("tenants/acme"))
                .forEach(entry -> entry.process().kill());
    }

    private static TenantGateways start(LocalMachine machine, Lease lease, Path script) throws IOException {
        Files.writeString(
                script, "#!/bin/sh\n[ \"$1\" = --version ] && { echo Kubernetes v1.36.3; exit 0; }\nexec sleep 1000\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        TenantGateways acme = machine.tenant("acme");
        acme.processes().start(lease, SCHEDULER, List.of());
        acme.processes().adopt(lease, List.of(SCHEDULER));
        return acme;
    }

    private static RunningProcess only(TenantGateways tenant) {
        assertThat(tenant.processes().running()).hasSize(1);
        return RunningProcess.of(tenant.processes().running().get(0).pid()).orElseThrow();
    }

    @Test
    void tenants_foreignEntries_arePassedOver() throws IOException {
        LocalMachine machine = open(false);
        assertThat(machine.tenants()).isEmpty();

        Files.createDirectories(data().resolve("tenants/globex"));
        Files.createDirectories(data().resolve("tenants/acme"));
        Files.createDirectories(data().resolve("tenants/lost+found"));
        Files.writeString(data().resolve("tenants/.DS_Store"), "");

        assertThat(machine.tenants()).containsExactly("acme", "globex");
        assertThat(machine.name()).isEqualTo(data().toString());
    }

    @Test
    void tenant_sameName_isOneAndTheSame() {
        LocalMachine machine = open(false);
        TenantGateways acme = machine.tenant("acme");

        assertThat(machine.tenant("acme")).isSameAs(acme);
        assertThat(machine.tenant("globex")).isNotSameAs(acme);
        assertThat(acme.layout().root()).isEqualTo(data().resolve("tenants/acme"));
    }

    @Test
    void acquire_heldByAnotherOfThisProcess_isLockedUntilGivenBack() {
        LocalMachine one = open(false);
        LocalMachine two = open(false);
        Lease lease = one.acquire("acme");

        assertThat(lease.tenant()).isEqualTo("acme");
        assertThat(lease.isHeld()).isTrue();
        assertThat(one.holder("acme")).contains("this HostedControlPlanes");
        assertThat(two.holder("acme")).contains("another HostedControlPlanes of this process");
        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> two.acquire("acme"))
                .withMessage("tenant \"acme\" in " + data() + " is held by another HostedControlPlanes of this process."
                        + " Remedy: end that process or close its HostedControlPlanes, use it to change the tenant, or"
                        + " use another data directory; get(...) works without the lock")
                .satisfies(locked -> assertThat(locked.kind()).isEqualTo(ErrorKind.LOCKED));

        lease.close();
        lease.close();

        assertThat(lease.isHeld()).isFalse();
        assertThat(one.holder("acme")).isEmpty();
        try (Lease next = two.acquire("acme")) {
            assertThat(next.isHeld()).isTrue();
            assertThat(lease.isHeld()).isFalse();
        }
    }

    @Test
    void acquire_twiceHere_isLocked() {
        LocalMachine machine = open(false);
        Lease lease = machine.acquire("acme");

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> machine.acquire("acme"))
                .withMessageContaining("is held by this HostedControlPlanes")
                .satisfies(locked -> assertThat(locked.kind()).isEqualTo(ErrorKind.LOCKED));
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void holder_whoeverHeldItIsGone_isNobody() throws Exception {
        LocalMachine machine = open(false);
        machine.acquire("acme").close();
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(data().resolve("locks/acme.lock.pid"), gone.pid() + " 4711\n");

        assertThat(machine.holder("acme")).isEmpty();
        assertThat(machine.holder("globex")).isEmpty();
    }

    @Test
    void lease_held_componentsAreLookedAfterUntilItIsGivenBack() throws IOException {
        LocalMachine machine = open(false);
        Lease lease = machine.acquire("acme");
        TenantGateways acme = start(machine, lease, directory.resolve("kube-scheduler"));

        only(acme).kill();

        await().until(() -> !heard.isEmpty() && acme.processes().running().size() == 1);
        assertThat(heard).containsExactly("acme kube-scheduler: it ended, 1");
        assertThat(acme.processes().restarts(Component.KUBE_SCHEDULER)).isEqualTo(1);

        RunningProcess second = only(acme);
        lease.close();

        assertThat(acme.processes().restarts(Component.KUBE_SCHEDULER)).isZero();
        assertThat(second.isAlive()).as("runs on, unwatched").isTrue();
    }

    @Test
    void close_withLease_givesItBackAndLeavesProcesses() throws IOException {
        LocalMachine machine = open(false);
        Lease lease = machine.acquire("acme");
        TenantGateways acme = start(machine, lease, directory.resolve("kube-scheduler"));

        machine.close();
        machine.close();

        assertThat(lease.isHeld()).isFalse();
        assertThat(only(acme).isAlive()).isTrue();
        open(false).acquire("acme").close();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> machine.acquire("acme"))
                .withMessage("the machine is closed");
    }

    @Test
    void close_ephemeral_leavesNothing() throws IOException {
        LocalMachine machine = open(true);
        Lease lease = machine.acquire("acme");
        TenantGateways acme = start(machine, lease, directory.resolve("kube-scheduler"));
        RunningProcess process = only(acme);

        machine.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(data()).doesNotExist();
        assertThat(lease.isHeld()).isFalse();
    }
}
