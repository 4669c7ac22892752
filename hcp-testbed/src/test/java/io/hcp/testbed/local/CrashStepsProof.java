package io.hcp.testbed.local;

import static io.hcp.testbed.local.LocalTestbed.LIMIT;
import static io.hcp.testbed.local.LocalTestbed.describe;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.ControlPlane;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.Manifests;
import io.hcp.core.internal.plan.Verb;
import io.hcp.testbed.Kubectl;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Jvm;
import io.hcp.testbed.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

@Proof(
        name = "crash-steps",
        shows = "a JVM killed by SIGKILL as each class of step begins, and as it is done: each next JVM goes on",
        minutes = 10,
        programs = "kubectl")
class CrashStepsProof {
    private static final int KILLED = 128 + 9;
    private static final String NAME = "victim";
    private static final String TENANT_ID = "b23456789bcdfghj";
    private static final TenantControlPlane VICTIM = describe(NAME)
            .withTenantId(TENANT_ID)
            .withKubernetes(k -> k.encryptionAtRest(e -> {}))
            .withLifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN));
    private static final TenantControlPlane CHANGED = VICTIM.withNetworkProfile(n -> n.addCertSan("api.example"))
            .withControlPlane(c -> c.apiServer(a -> a.putExtraArg("v", "3")));

    @RegisterExtension
    static final LocalTestbed TESTBED = new LocalTestbed();

    private final List<String> points = new ArrayList<>();
    private Optional<String> authority = Optional.empty();

    @Test
    void everyStepClass(TestReporter reporter) throws Exception {
        create();
        change();
        removeAndBringBack();
        finallyRemove();
        long classes =
                points.stream().map(CrashStepsProof::stepClass).distinct().count();
        assertThat(classes).isEqualTo(Verb.values().length);
        Figure.publish(
                reporter,
                classes + " step classes, " + points.size()
                        + " kills, each next JVM went on: same CA, same data, 0 orphans");
    }

    private void create() throws Exception {
        killBothWays(
                VICTIM,
                "provide programs",
                "record description",
                "create certificates",
                "create encryption key",
                "start kube-apiserver",
                "bind first roles");
        String kubeconfig = finish(VICTIM);
        try (Kubectl kubectl = new Kubectl(kubeconfig)) {
            kubectl.run("create", "configmap", "kept", "--from-literal=word=value")
                    .orThrow();
        }
    }

    private void change() throws Exception {
        killBothWays(CHANGED, "reissue certificates", "stop kube-apiserver");
        kill("begun await readiness", CHANGED);
        TenantControlPlane louder = louder("4");
        kill("done await readiness", louder);
        finish(louder);
    }

    private void removeAndBringBack() throws Exception {
        for (String step : List.of("mark deletion", "retain data")) {
            kill("begun " + step, "delete", NAME);
            kill("done " + step, "delete", NAME);
        }
        assertGone();
        TenantControlPlane back = louder("4");
        killBothWays(back, "bring back data");
        String kubeconfig = finish(back);
        try (Kubectl kubectl = new Kubectl(kubeconfig)) {
            assertThat(kubectl.run("get", "configmap", "kept", "-o", "jsonpath={.data.word}")
                            .orThrow())
                    .isEqualTo("value");
        }
    }

    private void finallyRemove() throws Exception {
        finish(louder("4").withLifecycle(l -> l.deletionPolicy(DeletionPolicy.DELETE)));
        kill("begun remove data", "delete", NAME);
        kill("done remove data", "delete", NAME);
        assertGone();
        assertNothingKept();
    }

    private static TenantControlPlane louder(String verbosity) {
        return CHANGED.withControlPlane(c -> c.scheduler(s -> s.putExtraArg("v", verbosity)));
    }

    private void killBothWays(TenantControlPlane wanted, String... steps) throws Exception {
        for (String step : steps) {
            kill("begun " + step, wanted);
            kill("done " + step, wanted);
        }
    }

    private void kill(String point, TenantControlPlane wanted) throws Exception {
        Path manifest = TESTBED.directory().resolve("wanted.yaml");
        Files.writeString(manifest, Manifests.toYaml(wanted));
        kill(point, "apply", manifest.toString());
    }

    /** Lets a JVM go on with what the last one left, be killed, and the tenant be looked at by the next one. */
    private void kill(String point, String verb, String argument) throws Exception {
        boolean known = exists();
        Process jvm = Jvm.start(StepVictim.class, Map.of(), TESTBED.directory().toString(), point, verb, argument);
        assertThat(jvm.waitFor()).as(point).isEqualTo(KILLED);
        points.add(point);
        try (HostedControlPlanes next = TESTBED.open()) {
            Optional<OperationReport> last = next.get(NAME).flatMap(ControlPlane::lastOperation);
            assertThat(last.map(OperationReport::state))
                    .as(point)
                    .isIn(Optional.empty(), Optional.of(OperationState.INTERRUPTED));
            if (known && exists()) {
                assertThat(last).as(point).isPresent();
            }
            System.out.printf(
                    Locale.ROOT,
                    "  %-34s %s%n",
                    point,
                    last.map(report -> "then " + report.kind() + " is " + report.state())
                            .orElse(exists() ? "then there is no journal yet" : "then there is no tenant"));
        }
        assertSameAuthority();
        assertThat(TESTBED.components(NAME)).doesNotHaveDuplicates();
    }

    private void assertSameAuthority() {
        if (Files.exists(TESTBED.tenant(NAME).resolve("pki/ca.crt"))) {
            String now = TESTBED.fingerprint(NAME);
            assertThat(now).isEqualTo(authority.orElse(now));
            authority = Optional.of(now);
        }
    }

    private String finish(TenantControlPlane wanted) {
        try (HostedControlPlanes hcp = TESTBED.open()) {
            ControlPlane ready = hcp.apply(wanted).awaitReady(LIMIT);
            assertThat(hcp.plan(wanted).isEmpty()).isTrue();
            assertThat(TESTBED.components(NAME)).hasSize(4).doesNotHaveDuplicates();
            assertSameAuthority();
            assertThat(ready.lastOperation().orElseThrow().state()).isEqualTo(OperationState.DONE);
            return ready.kubeconfig(k -> k.user("tester"));
        }
    }

    private static boolean exists() {
        return Files.exists(TESTBED.tenant(NAME));
    }

    private static void assertGone() {
        assertThat(exists()).isFalse();
        assertThat(LocalTestbed.processes(TESTBED.directory())).isEmpty();
    }

    /** Of a tenant that is removed only its lock stays, as it has to for ever. */
    private static void assertNothingKept() throws Exception {
        Path locks = TESTBED.directory().resolve("locks");
        try (Stream<Path> files = Files.walk(TESTBED.directory())) {
            assertThat(files.filter(file -> !file.startsWith(locks)).map(Path::toString))
                    .noneMatch(file -> file.contains(NAME) || file.contains(TENANT_ID));
        }
    }

    /** Starts and stops of whichever component are one class each. */
    private static String stepClass(String point) {
        String step = point.substring(point.indexOf(' ') + 1);
        return step.startsWith("start ") || step.startsWith("stop ") ? step.substring(0, step.indexOf(' ')) : step;
    }
}
