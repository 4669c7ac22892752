package io.hcp.testbed.local;

import static io.hcp.testbed.local.LocalTestbed.LIMIT;
import static io.hcp.testbed.local.LocalTestbed.SOON;
import static io.hcp.testbed.local.LocalTestbed.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hcp.api.Operation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.HostedControlPlanes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JVM is killed with SIGKILL; the next one finishes what it began. */
class CrashIT {
    private static final int KILLED = 128 + 9;
    private static final List<String> ALL =
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");

    @RegisterExtension
    static final LocalTestbed TESTBED = new LocalTestbed();

    @ParameterizedTest
    @CsvSource({
        "started create certificates,      started mark deletion",
        "finished create certificates,     finished mark deletion",
        "5 after start etcd,               5 after stop kube-apiserver",
        "1500 after start kube-apiserver,  finished stop kube-apiserver",
        "finished start kube-scheduler,    2 after remove data",
    })
    void jvmKilled_nextRunFinishes(String creationPoint, String deletionPoint) throws Exception {
        String name = "crash";
        Path tenant = TESTBED.tenant(name);
        assertThat(run("create", name, creationPoint)).isEqualTo(KILLED);
        boolean hadAuthority = Files.exists(tenant.resolve("pki/ca.crt"));
        Optional<String> before = hadAuthority ? Optional.of(TESTBED.fingerprint(name)) : Optional.empty();

        try (HostedControlPlanes hcp = TESTBED.open()) {
            hcp.apply(describe(name)).awaitReady(LIMIT);

            assertThat(TESTBED.components(name)).isEqualTo(ALL);
            before.ifPresent(ca -> assertThat(TESTBED.fingerprint(name)).isEqualTo(ca));
            assertThat(hcp.plan(describe(name)).isEmpty()).isTrue();
        }

        assertThat(run("delete", name, deletionPoint)).isEqualTo(KILLED);
        try (HostedControlPlanes hcp = TESTBED.open()) {
            if (hcp.get(name).isPresent()) {
                if (hcp.get(name).orElseThrow().status().deleting()) {
                    assertThatThrownBy(() -> hcp.apply(describe(name)))
                            .isInstanceOfSatisfying(
                                    HcpException.class,
                                    e -> assertThat(e.kind()).isEqualTo(ErrorKind.DELETING));
                }
                hcp.delete(name).await(SOON);
            }
        }
        assertThat(LocalTestbed.processes(TESTBED.directory())).isEmpty();
        assertThat(tenant).doesNotExist();
    }

    @Test
    void secondJvm_sameDirectory_isToldWhichProcessHoldsTheTenant() throws Exception {
        Process holder =
                TenantProcess.start(Map.of(), "hold", TESTBED.directory().toString(), "shared", "never");
        try (HostedControlPlanes hcp = TESTBED.open()) {
            assertThat(firstLine(holder)).isEqualTo("done");

            assertThatThrownBy(() -> hcp.apply(describe("shared")))
                    .isInstanceOfSatisfying(
                            HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOCKED))
                    .hasMessageContaining("is held by process " + holder.pid())
                    .hasMessageContaining("Remedy: end that process");
            assertThat(hcp.get("shared").orElseThrow().status().ready()).isTrue();

            holder.getOutputStream().close();
            assertThat(holder.waitFor()).isZero();
            hcp.apply(describe("shared")).awaitReady(SOON);
            hcp.delete("shared").await(SOON);
        }
    }

    @Test
    void ephemeralTenant_jvmKilled_leavesNothing() throws Exception {
        Path temporary = Files.createDirectory(TESTBED.directory().resolve("temporary"));
        Process jvm = TenantProcess.start(
                Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary), "ephemeral", "-", "brief", "never");
        assertThat(firstLine(jvm)).isEqualTo("done");
        assertThat(LocalTestbed.processes(temporary)).hasSize(4);

        LocalTestbed.kill(jvm.pid());

        assertThat(jvm.waitFor()).isEqualTo(KILLED);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(LocalTestbed.processes(temporary)).isEmpty();
            try (Stream<Path> left = Files.list(temporary)) {
                assertThat(left.filter(path -> path.getFileName().toString().startsWith("hcp-")))
                        .isEmpty();
            }
        });
    }

    @Test
    void ephemeralTenant_closed_leavesNothing() throws Exception {
        Path directory;
        try (HostedControlPlanes hcp = HostedControlPlanes.local(o -> o.ephemeral())) {
            hcp.apply(describe("brief")).awaitReady(LIMIT);
            long pid = hcp.get("brief").orElseThrow().status().components().values().stream()
                    .mapToLong(component -> component.pid().orElseThrow())
                    .findFirst()
                    .orElseThrow();
            directory = Path.of("/proc", Long.toString(pid), "cwd").toRealPath();
        }
        assertThat(LocalTestbed.processes(directory)).isEmpty();
        assertThat(directory).doesNotExist();
    }

    @Test
    void apply_whileAComponentIsRestarted_endsWithOneOfEach() {
        CompletableFuture<HostedControlPlanes> hcp = new CompletableFuture<>();
        CompletableFuture<Operation> begun = new CompletableFuture<>();
        TenantControlPlane moved = describe("raced").withNetworkProfile(n -> n.port(LifecycleIT.freePort()));
        HcpListener listener = new HcpListener() {
            @Override
            public void componentRestarted(String tenant, Component component, String reason, int restarts) {
                if (!begun.isDone()) { // the plan is made now, while the process is gone
                    begun.complete(hcp.join().apply(moved).operation().orElseThrow());
                }
            }
        };
        try (HostedControlPlanes opened = TESTBED.open(o -> o.listener(listener))) {
            hcp.complete(opened);
            opened.apply(describe("raced")).awaitReady(LIMIT);

            LocalTestbed.kill(LocalTestbed.pid(TESTBED.tenant("raced"), "kube-apiserver"));

            begun.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join().await(SOON);
            assertThat(opened.get("raced")
                            .orElseThrow()
                            .awaitReady(SOON)
                            .endpoint()
                            .getPort())
                    .isEqualTo(moved.networkProfile().port().orElseThrow().number());
            assertThat(TESTBED.components("raced")).isEqualTo(ALL);
            assertThat(opened.plan(moved).isEmpty()).isTrue();
            opened.delete("raced").await(SOON);
        }
    }

    private static int run(String verb, String tenant, String point) throws Exception {
        return TenantProcess.start(Map.of(), verb, TESTBED.directory().toString(), tenant, point)
                .waitFor();
    }

    private static String firstLine(Process process) throws IOException {
        return String.valueOf(
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine());
    }
}
