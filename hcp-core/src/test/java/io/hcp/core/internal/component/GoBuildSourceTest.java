package io.hcp.core.internal.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.fixture.Async;
import io.hcp.core.internal.files.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class GoBuildSourceTest {
    @TempDir
    Path directory;

    private Machine machine;

    @BeforeEach
    void start() throws IOException {
        machine = new Machine(directory);
    }

    @Test
    void build_programsOfOneRelease_areBuiltByOneCall() throws IOException {
        machine.installGo();

        Map<Program, Path> found = resolver().resolve(List.of(Machine.SCHEDULER, Machine.APISERVER));

        assertThat(found)
                .containsExactly(
                        Map.entry(Machine.SCHEDULER, machine.cached(Machine.SCHEDULER)),
                        Map.entry(Machine.APISERVER, machine.cached(Machine.APISERVER)));
        List<String> calls = machine.goCalls();
        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).lines().filter(line -> !line.endsWith("/bin/")))
                .containsExactly(
                        "build",
                        "-v",
                        "-mod=readonly",
                        "-trimpath",
                        "-ldflags",
                        "-s -w -X k8s.io/component-base/version.gitVersion=v1.36.3"
                                + " -X k8s.io/component-base/version.gitMajor=1"
                                + " -X k8s.io/component-base/version.gitMinor=36"
                                + " -X k8s.io/component-base/version.gitTreeState=clean",
                        "-o",
                        "k8s.io/kubernetes/cmd/kube-scheduler",
                        "k8s.io/kubernetes/cmd/kube-apiserver",
                        "CGO_ENABLED=0 GOWORK=off");
        assertThat(directory.resolve("go.mod")).content().contains("k8s.io/kubernetes/cmd/kubectl");
        assertThat(machine.cache.resolve("work")).isEmptyDirectory();
    }

    @Test
    void build_etcd_isNamedEtcd() throws IOException {
        machine.installGo();

        assertThat(resolver().resolve(List.of(Machine.ETCD)))
                .containsExactly(Map.entry(Machine.ETCD, machine.cached(Machine.ETCD)));

        assertThat(machine.goCalls().get(0)).contains("\n-s -w\n-o\n", "/bin/\ngo.etcd.io/etcd/server/v3\n");
    }

    @Test
    void build_programsOfTestClusters_areNamedAsAskedFor() throws IOException {
        machine.installGo();
        Program coredns = new Program("coredns", "1.14.7");
        Program controller = new Program("metallb-controller", "0.16.1");
        Machine.script(machine.bin.resolve("metallb-controller"), "#!/bin/sh\necho v0.16.1\n");

        assertThat(resolver().resolve(List.of(coredns, controller)))
                .as("MetalLB's does not tell its version, and so must be built to be sure")
                .containsExactly(
                        Map.entry(coredns, machine.cached(coredns)), Map.entry(controller, machine.cached(controller)));

        assertThat(machine.goCalls().get(0)).contains("\ngithub.com/coredns/coredns\n");
        assertThat(machine.goCalls().get(1)).contains("\ngo.universe.tf/metallb/controller\n");
    }

    @Test
    void build_fails_lastLinesOfItsOutputAreInTheReason() throws IOException {
        machine.installGo("i=1; while [ $i -le 25 ]; do echo line $i; i=$((i+1)); done; exit 3");

        HcpException e =
                catchThrowableOfType(HcpException.class, () -> resolver().resolve(List.of(Machine.APISERVER)));

        assertThat(e.kind()).isEqualTo(ErrorKind.COMPONENT_UNAVAILABLE);
        assertThat(e)
                .hasMessageContaining("\n  go build: go build ended with exit code 3:\n    line 6\n    line 7\n")
                .hasMessageContaining("\n    line 25. Remedy: ");
        assertThat(machine.activities).endsWith("kube-apiserver: building", "kube-apiserver: not built");
    }

    @Test
    void build_afterFailure_succeeds() throws IOException {
        machine.installGo("touch \"${out}half-made\"; exit 3");
        assertThatThrownBy(() -> resolver().resolve(List.of(Machine.APISERVER))).isInstanceOf(HcpException.class);
        machine.installGo();

        assertThat(resolver().resolve(List.of(Machine.APISERVER)).get(Machine.APISERVER))
                .isExecutable();
    }

    @Test
    void build_afterKilledRun_ignoresWhatItLeft() throws IOException {
        machine.installGo();
        Path left = machine.cache.resolve("work/build-kubernetes-1.36.3/run-1/bin");
        Machine.script(left.resolve("kube-apiserver"), "#!/bin/sh\nexit 1\n");
        Path staged = machine.cache.resolve("work/kube-apiserver-1.36.3-" + Platform.current() + "/entry");
        Machine.script(staged.resolve("kube-apiserver"), "#!/bin/sh\nexit 1\n");
        Files.createDirectories(machine.cache.resolve("locks"));
        Files.writeString(machine.cache.resolve("locks/build-kubernetes-1.36.3.lock.pid"), "1\n");

        assertThat(resolver().resolve(List.of(Machine.APISERVER)).get(Machine.APISERVER))
                .hasContent("#!/bin/sh\necho Kubernetes v1.36.3");
        assertThat(machine.cache.resolve("work")).isEmptyDirectory();
    }

    @Test
    void build_tooLong_isEnded() throws IOException {
        machine.installGo("sleep 1000");
        ResolverLimits limits = new ResolverLimits(
                Machine.FAST.connect(),
                Machine.FAST.stall(),
                Machine.FAST.backOff(),
                Machine.FAST.versionCommand(),
                Duration.ofMillis(1));

        assertThatThrownBy(() -> new ComponentResolver(machine.settings().withLimits(limits))
                        .resolve(List.of(Machine.APISERVER)))
                .hasMessageContaining("go build: go build took longer than 0 min; its output is in "
                        + machine.cache.resolve("logs/build-kubernetes-1.36.3.log"));
    }

    @Test
    void build_interrupted_killsAllItsProcesses() throws Exception {
        machine.installGo("sleep 1000 & echo $$ $! > '" + directory + "/pids.new'; mv '" + directory + "/pids.new' '"
                + directory + "/pids'; wait");
        AtomicReference<HcpException> failure = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            failure.set(
                    catchThrowableOfType(HcpException.class, () -> resolver().resolve(List.of(Machine.APISERVER))));
            flag.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        Path pids = directory.resolve("pids");
        await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(pids));

        caller.interrupt();
        caller.join();

        assertThat(failure.get()).extracting(e -> e.kind()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(flag.get()).isTrue();
        for (String pid : Files.readString(pids).strip().split(" ", -1)) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> ProcessHandle.of(Long.parseLong(pid))
                            .map(handle -> !handle.isAlive())
                            .orElse(true));
        }
    }

    @Test
    void build_twoThreads_buildsOnce() throws Exception {
        machine.installGo();

        CompletableFuture<Map<Program, Path>> other =
                Async.supply(() -> resolver().resolve(List.of(Machine.APISERVER)));
        Map<Program, Path> own = resolver().resolve(List.of(Machine.APISERVER));

        assertThat(other.get(20, TimeUnit.SECONDS)).isEqualTo(own);
        assertThat(machine.goCalls()).hasSize(1);
    }

    @Test
    void build_heldBySomebodyElse_waitsAndTellsWhom() throws Exception {
        machine.installGo();
        Path lockFile = machine.cache.resolve("locks/build-kubernetes-1.36.3.lock");
        CompletableFuture<Map<Program, Path>> waiting;
        try (ProcessLock lock = ProcessLock.tryAcquire(lockFile).orElseThrow()) {
            assertThat(lock).isNotNull();
            waiting = Async.supply(() -> resolver().resolve(List.of(Machine.APISERVER)));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> machine.activities.contains("kube-apiserver: waiting for another build of it"
                            + ", by process " + ProcessHandle.current().pid()));
        }

        assertThat(waiting.get(20, TimeUnit.SECONDS)).hasSize(1);
    }

    @Test
    void build_goesOn_isReportedWithCount() throws IOException {
        Path heard = directory.resolve("heard");
        machine.installGo("echo 'go: downloading x v1'; echo example.org/a/b; echo example.org/a/c;" + " while [ ! -e '"
                + heard + "' ]; do sleep 0.02; done");
        HcpListener listener = new HcpListener() {
            @Override
            public void providing(String component, String activity) {
                if (activity.equals("building: 2 packages compiled, package example.org/a/c")) {
                    heard.toFile().mkdir();
                }
            }
        };

        assertThat(new ComponentResolver(
                                machine.settings().withListener(listener).withClock(Clock.systemUTC()))
                        .resolve(List.of(Machine.APISERVER)))
                .hasSize(1);
    }

    @Test
    void build_listenerThrows_isIgnored() throws IOException {
        machine.installGo();
        HcpListener failing = new HcpListener() {
            @Override
            public void providing(String component, String activity) {
                throw new IllegalStateException("deliberate, of the test");
            }
        };

        assertThat(new ComponentResolver(machine.settings().withListener(failing)).resolve(List.of(Machine.APISERVER)))
                .hasSize(1);
    }

    @Test
    void build_otherProgramHasNoRecipe_isNotBegun() throws IOException {
        machine.installGo();
        Program unknown = new Program("etcd", "3.6.99");

        assertThatThrownBy(() -> resolver().resolve(List.of(Machine.APISERVER, unknown)))
                .hasMessageStartingWith("etcd 3.6.99 is not to be had:\n")
                .hasMessageContaining("go build: no recipe for etcd 3.6.99 (there are: 3.6.16, 3.7.3). Remedy: ");

        assertThat(machine.goCalls()).isEmpty();
    }

    private ComponentResolver resolver() {
        return new ComponentResolver(machine.settings());
    }
}
