package io.hcp.testbed.local;

import static io.hcp.testbed.local.LocalTestbed.LIMIT;
import static io.hcp.testbed.local.LocalTestbed.SOON;
import static io.hcp.testbed.local.LocalTestbed.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hcp.api.ControlPlane;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.Kubectl;
import io.hcp.testbed.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One tenant from its creation to its removal, seen with the real kubectl. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LifecycleIT {
    private static final List<String> ALL =
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");

    @RegisterExtension
    static final LocalTestbed TESTBED = new LocalTestbed();

    private HostedControlPlanes hcp = TESTBED.open();
    private Kubectl kubectl = new Kubectl("");

    @BeforeAll
    void createTenant() {
        ControlPlane acme = hcp.apply(describe("acme")).awaitReady(LIMIT);
        kubectl.close();
        kubectl = new Kubectl(acme.kubeconfig(k -> k.user("tester")));
        // Must be the first request: nothing else may be needed after awaitReady.
        kubectl.run("run", "first", "--image=registry.k8s.io/pause:3.10").orThrow();
    }

    @AfterAll
    void close() {
        kubectl.close();
        hcp.close();
    }

    @Test
    @Order(1)
    void kubectl_versionAndReadyz_allOk() {
        assertThat(kubectl.run("version").orThrow())
                .contains("Client Version: v" + Programs.KUBERNETES_VERSION)
                .contains("Server Version: v" + Programs.KUBERNETES_VERSION);
        assertThat(kubectl.run("get", "--raw", "/readyz?verbose")
                        .orThrow()
                        .lines()
                        .filter(line -> line.startsWith("[")))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("[+]") && line.endsWith(" ok"));
    }

    @Test
    @Order(1)
    void deployment_created_hasReplicaSetAndPodsThatNoNodeTakes() {
        kubectl.run("create", "deployment", "web", "--image=registry.k8s.io/pause:3.10", "--replicas=3")
                .orThrow();

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(kubectl.run("get", "replicasets", "-l", "app=web", "-o", "name")
                            .orThrow())
                    .startsWith("replicaset.apps/web-");
            assertThat(kubectl.run("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[*].status.phase}")
                            .orThrow())
                    .isEqualTo("Pending Pending Pending");
            assertThat(kubectl.run("get", "events", "--field-selector", "reason=FailedScheduling")
                            .orThrow())
                    .contains("no nodes available to schedule pods");
        });
    }

    @Test
    @Order(1)
    void kubeconfig_ofAGroupWithoutRole_mayDoNothing() {
        ControlPlane acme = hcp.get("acme").orElseThrow();
        try (Kubectl viewer = new Kubectl(acme.kubeconfig(k -> k.user("eve").addGroup("viewers")))) {
            assertThat(viewer.run("auth", "whoami").orThrow()).contains("eve").contains("viewers");
            assertThat(viewer.run("get", "pods").output()).contains("User \"eve\" cannot list resource \"pods\"");
        }
    }

    @Test
    @Order(1)
    void files_allOfThem_areTheOwnersAlone() throws Exception {
        try (var files = Files.walk(TESTBED.tenant("acme").resolve("pki"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .as(file.toString())
                            .containsExactlyInAnyOrder(
                                    PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
        }
        assertThat(Files.getPosixFilePermissions(TESTBED.tenant("acme"))).hasSize(3);
    }

    @Test
    @Order(2)
    void plan_unchangedTenant_isEmpty() {
        assertThat(hcp.plan(describe("acme")).isEmpty()).isTrue();
        assertThat(hcp.apply(describe("acme"))
                        .awaitReady(SOON)
                        .operation()
                        .orElseThrow()
                        .plan()
                        .isEmpty())
                .isTrue();
    }

    @Test
    @Order(3)
    void etcdKilled_comesBackWithItsData() {
        kubectl.run("create", "configmap", "kept", "--from-literal=key=value").orThrow();
        long before = LocalTestbed.pid(TESTBED.tenant("acme"), "etcd");

        LocalTestbed.kill(before);

        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(kubectl.run("get", "configmap", "kept", "-o", "jsonpath={.data.key}")
                                .output())
                        .isEqualTo("value"));
        assertThat(LocalTestbed.pid(TESTBED.tenant("acme"), "etcd")).isNotEqualTo(before);
    }

    @Test
    @Order(3)
    void apiServerKilled_comesBackWithinSeconds() {
        LocalTestbed.kill(LocalTestbed.pid(TESTBED.tenant("acme"), "kube-apiserver"));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(kubectl.run("get", "--raw", "/readyz").output())
                                .isEqualTo("ok"));
        await().atMost(SOON).untilAsserted(() -> {
            var status = hcp.get("acme").orElseThrow().status();
            assertThat(status.ready()).isTrue();
            assertThat(status.supervised()).isTrue();
            assertThat(status.components().get(Component.KUBE_APISERVER))
                    .satisfies(component -> assertThat(component.restarts()).isEqualTo(1));
        });
    }

    @Test
    @Order(4)
    void secondInstance_sameTenant_isToldWhoHoldsIt() {
        try (HostedControlPlanes other = TESTBED.open()) {
            assertThatThrownBy(() -> other.apply(describe("acme")))
                    .isInstanceOfSatisfying(
                            HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOCKED))
                    .hasMessageContaining("tenant \"acme\" in " + TESTBED.directory())
                    .hasMessageContaining("is held by another HostedControlPlanes of this process");
            assertThat(other.get("acme").orElseThrow().status().ready())
                    .as("looking needs no lock")
                    .isTrue();
        }
    }

    @Test
    @Order(5)
    void close_leavesTenantRunning_nextInstanceTakesItOver() {
        String ca = TESTBED.fingerprint("acme");
        List<String> before = LocalTestbed.processes(TESTBED.tenant("acme"));

        hcp.close();

        assertThat(LocalTestbed.processes(TESTBED.tenant("acme")))
                .isEqualTo(before)
                .hasSize(4);
        hcp = TESTBED.open();
        assertThat(hcp.get("acme").orElseThrow().status().supervised()).isFalse();
        assertThat(hcp.plan(describe("acme")).isEmpty()).isTrue();
        ControlPlane adopted = hcp.apply(describe("acme")).awaitReady(SOON);
        assertThat(adopted.status().supervised()).isTrue();
        assertThat(TESTBED.fingerprint("acme")).isEqualTo(ca);
        LocalTestbed.kill(LocalTestbed.pid(TESTBED.tenant("acme"), "kube-scheduler"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> TESTBED.components("acme").equals(ALL));
    }

    @Test
    @Order(6)
    void plan_ofAnotherWorld_isStale() {
        var plan = hcp.plan(describe("acme").withNetworkProfile(n -> n.port(freePort())));
        assertThat(plan.steps()).extracting(step -> step.id()).contains("stop kube-apiserver", "start kube-scheduler");
        assertThat(plan.steps()).extracting(step -> step.id()).doesNotContain("stop etcd");
        hcp.apply(plan).awaitReady(SOON);

        assertThatThrownBy(() -> hcp.apply(plan))
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PLAN_STALE));
        assertThat(hcp.get("acme").orElseThrow().endpoint().getPort())
                .isEqualTo(plan.wanted().networkProfile().port().orElseThrow().number());
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Order(7)
    void delete_leavesNothing() {
        hcp.delete("acme").await(SOON);

        assertThat(LocalTestbed.processes(TESTBED.tenant("acme"))).isEmpty();
        assertThat(TESTBED.tenant("acme")).doesNotExist();
        assertThat(hcp.list()).isEmpty();
        assertThatThrownBy(() -> hcp.delete("acme"))
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND))
                .hasMessageContaining("tenant \"acme\" does not exist in " + TESTBED.directory());
    }
}
