package io.hcp.testbed.pods;

import static io.hcp.testbed.pods.Screen.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hcp.testbed.CommandLine;
import io.hcp.testbed.Kubectl;
import io.hcp.testbed.Programs;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import io.hcp.testbed.under.UnderClusterExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Proof(
        name = "kubectl-story",
        shows = "tenants of a git directory that only kubectl writes: status and events tell the story, with remedies",
        minutes = 15,
        programs = {"kubelet", "kube-proxy", "coredns", "metallb-controller", "metallb-speaker", "kubectl"},
        root = true)
class KubectlStoryProof {
    private static final String NAMESPACE = "tenants";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String TENANT = """
            apiVersion: hcp.io/v1alpha1
            kind: TenantControlPlane
            metadata:
              name: %s
            spec:
              kubernetes:
                version: %s
              controlPlane:
                replicas: 1
            """;

    @RegisterExtension
    static final UnderClusterExtension UNDER = UnderClusterExtension.shared(o -> o.nodes(2));

    private final Kubectl kubectl = new Kubectl(UNDER.cluster().kubeconfig());
    private final Tenants tenants = new Tenants(UNDER.cluster(), NAMESPACE, "story");
    private final StringBuilder story = new StringBuilder();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @BeforeEach
    void maintain() {
        Tenants.createNamespace(UNDER.cluster().client(), NAMESPACE);
        tenants.hcp().install();
        tenants.hcp().maintain();
        git("init", "--quiet");
    }

    @AfterEach
    void close() {
        tenants.close();
        kubectl.close();
    }

    @Test
    void story_isToldByStatusAndEvents(TestReporter reporter) throws IOException {
        commit("acme.yaml", described("acme"), "acme wants a control plane");
        until("acme", "Ready", "Serving");
        commit("acme.yaml", withFlag("no-such-flag"), "a flag that there is not");
        until("acme", "Reconciled", "InvalidSpec");
        commit("acme.yaml", withFlag("max-requests-inflight"), "a flag that there is");
        until("acme", "Reconciled", "AsDescribed");
        String typo = described("beta") + "    registrySettings:\n      registry: registry.invalid\n";
        commit("beta.yaml", typo, "beta wants one, too; its registry is mistyped");
        until("beta", "Ready", "ImageUnavailable");
        commit("beta.yaml", described("beta"), "the registry is the usual one");
        until("beta", "Ready", "Serving");
        remove("beta.yaml", "beta is not needed any more");
        remove("acme.yaml", "nor is acme");
        assertThat(story.toString()).isEqualTo(golden());
        Figure.publish(
                reporter,
                "7 commits, each carried out by itself; status and events are as committed, nothing repeats unaggregated");
    }

    private static String described(String name) {
        return TENANT.formatted(name, Programs.KUBERNETES_VERSION);
    }

    private static String withFlag(String flag) {
        return described("acme") + "    apiServer:\n      extraArgs:\n        " + flag + ": \"401\"\n";
    }

    private void commit(String file, String text, String why) throws IOException {
        Files.writeString(directory.resolve(file), text);
        record(file, why);
        tell(kubectl("apply", "--filename=" + directory.resolve(file)).strip());
    }

    private void record(String file, String why) {
        git("add", "--all", file);
        git("-c", "user.name=story", "-c", "user.email=story@example", "commit", "--quiet", "--message=" + why);
        tell("git: " + why);
        story.append("## ").append(why).append("\n\n");
    }

    private void remove(String file, String why) throws IOException {
        Path path = directory.resolve(file);
        String name = file.replace(".yaml", "");
        String manifest = Files.readString(path);
        Files.delete(path);
        record(file, why);
        kubectl.run("delete", "tcp", name, "--namespace=" + NAMESPACE, "--timeout=" + LIMIT.toSeconds() + "s")
                .orThrow();
        assertThat(manifest).contains(name);
        String left = kubectl(
                "get",
                "all,secrets,serviceaccounts,poddisruptionbudgets,persistentvolumeclaims,leases",
                "--selector=hcp.io/tenant=" + name,
                "--output=name");
        assertThat(left).isEmpty();
        story.append("nothing is left of ").append(name).append("\n\n");
    }

    private void until(String tenant, String condition, String reason) {
        Map<String, String> wanted = Map.of(condition, reason);
        await().atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> wanted.equals(Map.of(condition, reason(tenant, condition))));
        String conditions = kubectl(
                "get",
                "tcp",
                tenant,
                "--output=jsonpath={range .status.conditions[*]}{.type}={.status} {.reason}: {.message}{\"\\n\"}{end}");
        assertThat(conditions.lines().filter(line -> line.contains("=False ") && !line.contains(" Progressing: ")))
                .allSatisfy(line -> assertThat(line).contains("Remedy: "));
        String told = masked("status:\n" + conditions + "events:\n" + events(tenant) + "\n");
        System.out.print(told.indent(4));
        story.append(told);
    }

    /** Names of pods are drawn, and what a registry's absence looks like depends on the machine. */
    private static String masked(String told) {
        return told.replaceAll("pod ([a-z]+)-[0-9a-f]+-[a-z0-9]{5}", "pod $1-...")
                .replaceAll("cannot be had: .*?\\. Remedy", "cannot be had: .... Remedy");
    }

    private String reason(String tenant, String condition) {
        return kubectl(
                "get", "tcp", tenant, "--output=jsonpath={.status.conditions[?(@.type=='" + condition + "')].reason}");
    }

    private String events(String tenant) {
        List<String> rows = kubectl(
                        "get",
                        "events",
                        "--field-selector=involvedObject.kind=TenantControlPlane,involvedObject.name=" + tenant,
                        "--sort-by=.metadata.creationTimestamp",
                        "--output=jsonpath={range .items[*]}{.type} {.reason}: {.message}{\"\\n\"}{end}")
                .lines()
                .toList();
        assertThat(rows).as("each is told once, and counted").doesNotHaveDuplicates();
        return String.join("\n", rows) + "\n";
    }

    private String kubectl(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.add("--namespace=" + NAMESPACE);
        return kubectl.run(words.toArray(String[]::new)).orThrow();
    }

    private void git(String... arguments) {
        List<String> words = new ArrayList<>(List.of("git", "-C", directory.toString()));
        words.addAll(List.of(arguments));
        CommandLine.run(LIMIT, Map.of(), words).orThrow();
    }

    private static String golden() {
        try (InputStream file =
                Objects.requireNonNull(KubectlStoryProof.class.getResourceAsStream("kubectl-story.txt"), "golden")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
