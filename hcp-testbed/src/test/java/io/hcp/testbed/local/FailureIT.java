package io.hcp.testbed.local;

import static io.hcp.testbed.local.LocalTestbed.LIMIT;
import static io.hcp.testbed.local.LocalTestbed.SOON;
import static io.hcp.testbed.local.LocalTestbed.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.ControlPlane;
import io.hcp.api.error.ComponentFailedException;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.component.ResolverSettings;
import io.hcp.core.internal.gateway.Machine;
import io.hcp.core.internal.local.LocalMachine;
import io.hcp.core.internal.machine.MachineBackend;
import io.hcp.core.internal.time.Time;
import io.hcp.testbed.CommandLine;
import io.hcp.testbed.Prerequisite;
import io.hcp.testbed.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes wrong on real machines, and what the user is told. */
class FailureIT {
    @RegisterExtension
    static final LocalTestbed TESTBED = new LocalTestbed();

    private static AbstractThrowableAssert<?, ?> assertFails(ErrorKind kind, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining("Remedy: ");
    }

    @Test
    void port_heldByAnotherProgram_isNamedWithItsHolder() throws IOException {
        TenantControlPlane tenant;
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HostedControlPlanes hcp = TESTBED.open()) {
            tenant = describe("busy").withNetworkProfile(n -> n.port(holder.getLocalPort()));

            assertFails(ErrorKind.PORT_BUSY, () -> hcp.apply(tenant).awaitReady(LIMIT))
                    .hasMessageContaining("kube-apiserver of tenant \"busy\" cannot start")
                    .hasMessageContaining("port " + holder.getLocalPort() + " is held by process "
                            + ProcessHandle.current().pid() + " (java)")
                    .hasMessageContaining("apply the tenant with another port(...)");
        }
        try (HostedControlPlanes hcp = TESTBED.open()) {
            hcp.apply(tenant).awaitReady(LIMIT);
            hcp.delete("busy").await(SOON);
        }
    }

    @Test
    void ports_chosenByTwoInstancesAtTheSameTime_areExchangedUntilTheyFit() throws IOException {
        // Both draw the same numbers and see the same ports free; the kernel decides, and the loser takes others.
        Path other = Files.createDirectories(TESTBED.directory().resolve("other"));
        try (HostedControlPlanes one = open(TESTBED.directory());
                HostedControlPlanes two = open(other)) {
            ControlPlane first = one.apply(describe("twin"));
            ControlPlane second = two.apply(describe("twin"));
            first.awaitReady(LIMIT);
            second.awaitReady(LIMIT);

            assertThat(first.endpoint()).isNotEqualTo(second.endpoint());
            one.delete("twin").await(SOON);
            two.delete("twin").await(SOON);
        }
    }

    private static HostedControlPlanes open(Path directory) {
        ResolverSettings programs =
                ResolverSettings.defaults(System.getenv(), Path.of(System.getProperty("user.home")));
        Random random = new Random(42);
        Machine machine = new LocalMachine(directory, false, programs, HcpListener.NONE, random);
        return HostedControlPlanes.on(new MachineBackend(machine, Time.system(), random), HcpListener.NONE);
    }

    @Test
    void program_missing_saysWhere() {
        try (HostedControlPlanes hcp = TESTBED.open(o -> o.binary(Component.ETCD, Path.of("/nowhere/etcd")))) {
            assertFails(
                            ErrorKind.COMPONENT_UNAVAILABLE,
                            () -> hcp.apply(describe("missing")).awaitReady(LIMIT))
                    .hasMessageContaining("/nowhere/etcd");
            assertThat(TESTBED.tenant("missing")).as("nothing was written").doesNotExist();
        }
    }

    @Test
    void program_ofAnotherVersion_namesBothVersions() throws IOException {
        Path fake = script("kube-scheduler", "echo Kubernetes v1.35.4");
        try (HostedControlPlanes hcp = TESTBED.open(o -> o.binary(Component.KUBE_SCHEDULER, fake))) {
            assertFails(
                            ErrorKind.COMPONENT_VERSION,
                            () -> hcp.apply(describe("old")).awaitReady(LIMIT))
                    .hasMessageContaining("1.35.4")
                    .hasMessageContaining(Programs.KUBERNETES_VERSION);
            assertThat(TESTBED.tenant("old")).as("nothing was written").doesNotExist();
        }
    }

    @Test
    void component_thatExitsAtStart_showsItsLastLogLines() throws IOException {
        Path fake = script("kube-apiserver", """
                [ "$1" = --version ] && { echo Kubernetes v%s; exit 0; }
                echo "E1123 loading the configuration"; echo "F1123 unknown flag: --made-up" >&2; exit 3
                """.formatted(Programs.KUBERNETES_VERSION));
        try (HostedControlPlanes hcp = TESTBED.open(o -> o.binary(Component.KUBE_APISERVER, fake))) {
            assertFails(
                            ErrorKind.COMPONENT_FAILED,
                            () -> hcp.apply(describe("exits")).awaitReady(LIMIT))
                    .isInstanceOfSatisfying(ComponentFailedException.class, e -> {
                        assertThat(e.component()).isEqualTo(Component.KUBE_APISERVER);
                        assertThat(e.lastLogLines())
                                .containsExactly("E1123 loading the configuration", "F1123 unknown flag: --made-up");
                    })
                    .hasMessageContaining("ended while it started")
                    .hasMessageContaining(TESTBED.tenant("exits")
                            .resolve("logs/kube-apiserver.log")
                            .toString());
        }
        String ca = TESTBED.fingerprint("exits");
        try (HostedControlPlanes hcp = TESTBED.open()) {
            hcp.apply(describe("exits")).awaitReady(LIMIT);
            assertThat(TESTBED.fingerprint("exits"))
                    .as("a correct program, the same tenant")
                    .isEqualTo(ca);
            hcp.delete("exits").await(SOON);
        }
    }

    @Test
    void disk_full_isSaidBeforeAnythingIsWritten_andWhenItFillsUpLater() throws IOException {
        Prerequisite.needs(isRoot(), "mounting a small file system needs root");
        Path small = Files.createDirectory(TESTBED.directory().resolve("small"));
        mount(small, "64m");
        try {
            try (HostedControlPlanes hcp = HostedControlPlanes.local(o -> o.dataDirectory(small))) {
                assertFails(ErrorKind.DISK_FULL, () -> hcp.apply(describe("full")))
                        .hasMessageContaining("the file system of tenant \"full\" has ")
                        .hasMessageContaining("free at least 256 MiB, or choose another data directory");
            }
            assertThat(small.resolve("tenants")).doesNotExist();
            CommandLine.run(SOON, Map.of(), List.of("mount", "-o", "remount,size=300m", small.toString()))
                    .orThrow();
            fillsUpLater(small);
        } finally {
            CommandLine.run(SOON, Map.of(), List.of("umount", small.toString())).orThrow();
        }
    }

    private static void fillsUpLater(Path small) throws IOException {
        Path filling = script("etcd", """
                [ "$1" = --version ] || head -c 400M /dev/zero > %s/filler
                exec %s "$@"
                """.formatted(small, Programs.provide("etcd")));
        try (HostedControlPlanes hcp =
                HostedControlPlanes.local(o -> o.dataDirectory(small).binary(Component.ETCD, filling))) {
            assertFails(ErrorKind.DISK_FULL, () -> hcp.apply(describe("full")).awaitReady(LIMIT))
                    .hasMessageContaining("etcd of tenant \"full\" ended: the file system of ")
                    .hasMessageContaining("nothing that was stored is lost");
            Files.delete(small.resolve("filler"));
            hcp.delete("full").await(SOON);
        }
    }

    private static boolean isRoot() {
        return CommandLine.run(SOON, Map.of(), List.of("id", "-u"))
                .orThrow()
                .trim()
                .equals("0");
    }

    private static void mount(Path directory, String size) {
        CommandLine.run(
                        SOON,
                        Map.of(),
                        List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString()))
                .orThrow();
    }

    private static Path script(String name, String body) throws IOException {
        Path file = TESTBED.directory().resolve("fake-" + name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
