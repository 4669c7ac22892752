package io.hcp.testbed.pods;

import static io.hcp.testbed.pods.Screen.tell;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.Manifests;
import io.hcp.core.internal.cluster.plan.ClusterTask;
import io.hcp.testbed.Kubectl;
import io.hcp.testbed.Programs;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Jvm;
import io.hcp.testbed.proof.Proof;
import io.hcp.testbed.under.UnderClusterExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Proof(
        name = "pods-crash",
        shows = "a JVM killed by SIGKILL as each class of step begins: the next JVM goes on",
        minutes = 20,
        programs = {"kubelet", "kube-proxy", "coredns", "metallb-controller", "metallb-speaker", "kubectl"},
        root = true)
class PodsCrashProof {
    private static final int KILLED = 128 + 9;
    private static final String NAMESPACE = "tenants";
    private static final String NAME = "victim";
    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final TenantControlPlane VICTIM = TenantControlPlane.builder()
            .name(NAME)
            .tenantId("b23456789bcdfghj")
            .kubernetesVersion(Programs.KUBERNETES_VERSION)
            .controlPlane(c -> c.replicas(1))
            .kubernetes(k -> k.encryptionAtRest(e -> {}))
            .lifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN))
            .build();
    private static final TenantControlPlane FLAG =
            VICTIM.withControlPlane(c -> c.scheduler(s -> s.putExtraArg("v", "1")));
    private static final TenantControlPlane TUNED =
            FLAG.withDataStore(d -> d.etcd(e -> e.putExtraArg("max-txn-ops", "200")));
    private static final TenantControlPlane MOVED = TUNED.withNetworkProfile(n -> n.port(7443));

    @RegisterExtension
    static final UnderClusterExtension UNDER = UnderClusterExtension.shared(o -> o.nodes(2));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path files;

    private final KubernetesClient client = UNDER.cluster().client();
    private final List<String> killed = new ArrayList<>();
    private Optional<String> authority = Optional.empty();

    @BeforeEach
    void install() {
        Tenants.createNamespace(client, NAMESPACE);
        try (Tenants tenants = new Tenants(UNDER.cluster(), NAMESPACE, "install")) {
            tenants.hcp().install();
        }
    }

    @Test
    void everyStepClass(TestReporter reporter) throws Exception {
        kill(
                VICTIM,
                "record description",
                "create authorities",
                "create encryption key",
                "expose",
                "issue certificates",
                "start datastore",
                "start control plane",
                "await rollout",
                "bind first roles",
                "await readiness");
        write(finish(VICTIM));
        kill(FLAG, "roll control plane");
        finish(FLAG);
        kill(TUNED, "roll datastore");
        finish(TUNED);
        kill(MOVED, "publish endpoint");
        finish(MOVED);
        client.policy().v1().podDisruptionBudget().inNamespace(NAMESPACE).delete();
        kill("reconcile", NAME, "repair objects");
        finish(MOVED);
        kill("delete", NAME, "mark deletion", "stop control plane", "stop datastore", "retain data");
        delete();
        read(finish(MOVED));
        finish(MOVED.withLifecycle(l -> l.deletionPolicy(DeletionPolicy.DELETE)));
        kill("delete", NAME, "remove objects");
        delete();
        assertThat(left()).isEmpty();
        assertThat(killed)
                .containsExactlyInAnyOrder(Arrays.stream(ClusterTask.values())
                        .map(ClusterTask::title)
                        .toArray(String[]::new));
        Figure.publish(
                reporter, killed.size() + " step classes, each next JVM went on: same CA, same data, nothing left");
    }

    private void kill(TenantControlPlane wanted, String... steps) throws Exception {
        kill("apply", manifest(wanted), steps);
    }

    private String manifest(TenantControlPlane wanted) throws Exception {
        return Files.writeString(files.resolve("wanted.yaml"), Manifests.toYaml(wanted))
                .toString();
    }

    private void kill(String verb, String argument, String... steps) throws Exception {
        for (String step : steps) {
            assertThat(run("begun " + step, verb, argument)).as(step).isEqualTo(KILLED);
            killed.add(step);
            tell("killed at the beginning of: " + step);
            assertSameAuthority();
        }
    }

    private int run(String point, String verb, String argument) throws Exception {
        Path kubeconfig =
                Files.writeString(files.resolve("kubeconfig"), UNDER.cluster().kubeconfig());
        Process jvm =
                Jvm.start(LibraryProcess.class, Map.of(), kubeconfig.toString(), NAMESPACE, point, verb, argument);
        jvm.getOutputStream().close(); // so that it ends when it is done
        return jvm.waitFor();
    }

    private void assertSameAuthority() {
        Optional.ofNullable(client.secrets()
                        .inNamespace(NAMESPACE)
                        .withName(NAME + "-ca")
                        .get())
                .map(secret -> secret.getData().get("tls.crt"))
                .ifPresent(now -> {
                    assertThat(now).isEqualTo(authority.orElse(now));
                    authority = Optional.of(now);
                });
    }

    /** Lets a JVM go on to the end; returns a kubeconfig of the tenant. */
    private String finish(TenantControlPlane wanted) throws Exception {
        assertThat(run(LibraryProcess.NEVER, "apply", manifest(wanted))).isZero();
        assertSameAuthority();
        try (Tenants tenants = new Tenants(UNDER.cluster(), NAMESPACE, "look")) {
            HostedControlPlanes hcp = tenants.hcp();
            assertThat(hcp.plan(wanted).isEmpty()).as("%s", hcp.plan(wanted)).isTrue();
            return hcp.get(NAME).orElseThrow().awaitReady(LIMIT).kubeconfig(k -> k.user("tester"));
        }
    }

    private void delete() throws Exception {
        assertThat(run(LibraryProcess.NEVER, "delete", NAME)).isZero();
    }

    private static void write(String kubeconfig) {
        try (Kubectl kubectl = new Kubectl(kubeconfig)) {
            kubectl.run("create", "configmap", "kept", "--from-literal=word=value")
                    .orThrow();
        }
    }

    private static void read(String kubeconfig) {
        try (Kubectl kubectl = new Kubectl(kubeconfig)) {
            assertThat(kubectl.run("get", "configmap", "kept", "-o", "jsonpath={.data.word}")
                            .orThrow())
                    .isEqualTo("value");
        }
    }

    private List<String> left() {
        List<HasMetadata> all = new ArrayList<>();
        all.addAll(client.secrets().inNamespace(NAMESPACE).list().getItems());
        all.addAll(client.services().inNamespace(NAMESPACE).list().getItems());
        all.addAll(client.persistentVolumeClaims().inNamespace(NAMESPACE).list().getItems());
        all.addAll(client.pods().inNamespace(NAMESPACE).list().getItems());
        return all.stream()
                .map(one -> one.getKind() + " " + one.getMetadata().getName())
                .toList();
    }
}
