package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.hcp.api.error.ComponentFailedException;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.component.ComponentResolver;
import io.hcp.core.internal.component.ResolverSettings;
import io.hcp.core.internal.gateway.Processes.Running;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Components that are shell scripts. */
@Timeout(30)
class LocalProcessesTest {
    private static final ComponentBlueprint SCHEDULER = Processes.blueprint(Component.KUBE_SCHEDULER);
    private static final ComponentBlueprint OTHER = new ComponentBlueprint(
            SCHEDULER.component(), SCHEDULER.version(), Map.of("other", "1"), new TreeMap<>(), SCHEDULER.health());
    private static final String RUNS = "echo started; exec sleep 1000";

    @TempDir
    Path directory;

    private final TestLease lease = new TestLease();
    private boolean serves = true;
    private LocalStorage storage;
    private Supervisor supervisor;
    private LocalProcesses processes;

    @BeforeEach
    void makeProcesses() throws IOException {
        storage = new LocalStorage("acme", new DataDirectory(directory));
        ResolverSettings programs = ResolverSettings.defaults(Map.of("PATH", System.getenv("PATH")), directory)
                .withExplicitPath("kube-scheduler", directory.resolve("kube-scheduler"));
        ProcessLauncher launcher = new ProcessLauncher(
                storage.layout(), new LocalPrograms(new ComponentResolver(programs)), Map.of(), name -> "");
        supervisor = new Supervisor(
                "acme", launcher::launch, check -> true, HcpListener.NONE, Runnable::run, System::nanoTime);
        processes = new LocalProcesses(storage, launcher, supervisor, check -> serves);
        program(RUNS);
    }

    @AfterEach
    void endProcesses() {
        supervisor.unwatchAll();
        ProcessTable.find(storage.layout().root())
                .forEach(entry -> entry.process().kill());
    }

    private void program(String script) throws IOException {
        Path file = directory.resolve("kube-scheduler");
        Files.writeString(
                file, "#!/bin/sh\n[ \"$1\" = --version ] && { echo Kubernetes v1.36.3; exit 0; }\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** A script that becomes its program is nowhere to be found for a moment. */
    private RunningProcess only() {
        await().untilAsserted(() -> assertThat(processes.running()).hasSize(1));
        return RunningProcess.of(processes.running().get(0).pid()).orElseThrow();
    }

    private void awaitServing() {
        await().until(() -> processes.isServing(SCHEDULER));
    }

    @Test
    void start_nothingRuns_runsAsDrawnUp() {
        processes.start(lease, SCHEDULER, List.of());

        assertThat(processes.running())
                .extracting(Running::component, Running::digest)
                .containsExactly(tuple(Component.KUBE_SCHEDULER, SCHEDULER.digest()));
    }

    @Test
    void start_runsAsDrawnUp_isKept() {
        processes.start(lease, SCHEDULER, List.of());
        RunningProcess first = only();

        processes.start(lease, SCHEDULER, List.of());

        assertThat(only()).isEqualTo(first);
    }

    @Test
    void start_anotherOneOrSeveralRun_areEndedFirst() {
        processes.start(lease, OTHER, List.of());
        RunningProcess other = only();

        processes.start(lease, SCHEDULER, List.of());

        assertThat(only()).isNotEqualTo(other);
        assertThat(other.isAlive()).isFalse();
        assertThat(processes.running()).extracting(Running::digest).containsExactly(SCHEDULER.digest());
    }

    @Test
    void start_portHeldByAnotherProgram_isNamedWithItsHolder() throws IOException {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = holder.getLocalPort();

            assertThatExceptionOfType(ComponentFailedException.class)
                    .isThrownBy(() -> processes.start(lease, SCHEDULER, List.of(port)))
                    .withMessage("kube-scheduler of tenant \"acme\" cannot start: port %d is held by process %d (%s)."
                                    .formatted(
                                            port,
                                            ProcessHandle.current().pid(),
                                            Files.readString(Path.of("/proc/self/comm"))
                                                    .trim())
                            + " Remedy: end that program, or apply the tenant with another port(...)")
                    .satisfies(busy -> assertThat(busy.kind()).isEqualTo(ErrorKind.PORT_BUSY))
                    .satisfies(busy -> assertThat(busy.component()).isEqualTo(Component.KUBE_SCHEDULER));
        }
        assertThat(processes.running()).isEmpty();
    }

    @Test
    void isServing_firstYes_beginsToWatch() {
        processes.start(lease, SCHEDULER, List.of());
        serves = false;
        assertThat(processes.isServing(SCHEDULER)).isFalse();
        only().kill();
        processes.lookAfter();
        assertThat(processes.running()).as("nobody watches yet").isEmpty();

        processes.start(lease, SCHEDULER, List.of());
        serves = true;
        awaitServing();
        RunningProcess watched = only();
        watched.kill();
        processes.lookAfter();

        assertThat(only()).isNotEqualTo(watched);
        assertThat(processes.restarts(Component.KUBE_SCHEDULER)).isEqualTo(1);
        awaitServing();
        assertThat(processes.restarts(Component.KUBE_SCHEDULER)).isEqualTo(1);
    }

    @Test
    void isServing_componentEnded_showsWhatItLoggedSince() throws IOException {
        Path log = storage.layout().log(Component.KUBE_SCHEDULER);
        Files.createDirectories(log.resolveSibling(""));
        Files.writeString(log, "an earlier run: address already in use\n");
        program("echo E1123 loading; echo F1123 unknown flag >&2; exit 3");
        processes.start(lease, SCHEDULER, List.of());
        serves = false;

        assertThatExceptionOfType(ComponentFailedException.class)
                .isThrownBy(this::awaitServing)
                .withMessageStartingWith(
                        "kube-scheduler 1.36.3 of tenant \"acme\" ended while it started. Its last log")
                .withMessageEndingWith("correct what the log says, then apply again; the whole log is " + log)
                .satisfies(ended -> {
                    assertThat(ended.kind()).isEqualTo(ErrorKind.COMPONENT_FAILED);
                    assertThat(ended.lastLogLines()).containsExactly("E1123 loading", "F1123 unknown flag");
                });
    }

    @Test
    void isServing_endedSincePortOrDiskWasTaken_isToldApart() throws IOException {
        serves = false;
        program("echo listen tcp 127.0.0.1:1: bind: address already in use; exit 1");
        processes.start(lease, SCHEDULER, List.of());
        assertThatExceptionOfType(ComponentFailedException.class)
                .isThrownBy(this::awaitServing)
                .withMessageContaining("cannot start: another program took its port at the same moment")
                .satisfies(ended -> assertThat(ended.kind()).isEqualTo(ErrorKind.PORT_BUSY));

        program("echo write: no space left on device; exit 1");
        processes.start(lease, SCHEDULER, List.of());
        assertThatExceptionOfType(ComponentFailedException.class)
                .isThrownBy(this::awaitServing)
                .withMessageContaining(
                        "ended: the file system of " + storage.layout().root() + " is full")
                .satisfies(ended -> assertThat(ended.kind()).isEqualTo(ErrorKind.DISK_FULL));
    }

    @Test
    void isServing_startedByAnotherInstance_isToldAndNotWatched() {
        processes.start(lease, SCHEDULER, List.of());
        processes.letGo();

        awaitServing();
        only().kill();
        processes.lookAfter();

        assertThat(processes.running()).isEmpty();
    }

    @Test
    void isServing_leaseGivenBackMeanwhile_isNotWatched() {
        processes.start(lease, SCHEDULER, List.of());
        lease.close();

        awaitServing();
        only().kill();
        processes.lookAfter();

        assertThat(processes.running()).isEmpty();
    }

    @Test
    void stop_watchedComponent_endsForGood() {
        processes.start(lease, SCHEDULER, List.of());
        awaitServing();

        processes.stop(lease, Component.KUBE_SCHEDULER);
        processes.stop(lease, Component.KUBE_SCHEDULER);
        processes.lookAfter();

        assertThat(processes.running()).isEmpty();
    }

    @Test
    void adopt_runsAsDrawnUpOrNot_watchesTheFormerAlone() {
        processes.start(lease, SCHEDULER, List.of());
        processes.letGo();

        processes.adopt(lease, List.of(SCHEDULER));
        only().kill();
        processes.lookAfter();
        assertThat(processes.running()).hasSize(1);

        processes.letGo();
        processes.adopt(lease, List.of(OTHER));
        only().kill();
        processes.lookAfter();
        assertThat(processes.running()).isEmpty();
    }

    @Test
    void rotateLogs_largeLog_isEmptied() throws IOException {
        Path log = storage.layout().log(Component.ETCD);
        Files.createDirectories(log.resolveSibling(""));
        try (var sparse = Files.newByteChannel(log, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            sparse.position(LogRotation.LIMIT).write(ByteBuffer.wrap(new byte[] {'\n'}));
        }

        processes.rotateLogs();

        assertThat(log).isEmptyFile();
    }

    @Test
    void writes_leaseLost_areRefused() {
        processes.start(lease, SCHEDULER, List.of());
        TestLease lost = TestLease.lost();

        TestLease.assertRefused(() -> processes.start(lost, OTHER, List.of()));
        TestLease.assertRefused(() -> processes.stop(lost, Component.KUBE_SCHEDULER));
        TestLease.assertRefused(() -> processes.adopt(lost, List.of(SCHEDULER)));
        assertThat(only().isAlive()).isTrue();
    }

    @Test
    void start_interrupted_isCancelled() throws IOException {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(HcpException.class)
                    .isThrownBy(() -> processes.start(lease, SCHEDULER, List.of(holder.getLocalPort())))
                    .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.CANCELLED));
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
