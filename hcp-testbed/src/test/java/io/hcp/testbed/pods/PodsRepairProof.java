package io.hcp.testbed.pods;

import static io.hcp.testbed.pods.Screen.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.CommandLine;
import io.hcp.testbed.Kubectl;
import io.hcp.testbed.Programs;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import io.hcp.testbed.under.UnderClusterExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

@Proof(
        name = "pods-repair",
        shows = "every object of a tenant edited, then deleted: reconcile repairs it, or says what to do",
        minutes = 20,
        programs = {"kubelet", "kube-proxy", "coredns", "metallb-controller", "metallb-speaker", "kubectl"},
        root = true)
class PodsRepairProof {
    private static final String NAMESPACE = "tenants";
    private static final String NAME = "acme";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final List<String> KINDS =
            List.of("secrets", "serviceaccounts", "services", "poddisruptionbudgets", "statefulsets", "deployments");

    /** What cannot be made again: nothing else has the keys. */
    private static final List<String> AUTHORITIES =
            List.of("secret/acme-ca", "secret/acme-etcd", "secret/acme-proxy", "secret/acme-sa");

    private static final Map<String, String> EDITS = Map.of(
            "secret", "{\"data\": {\"KEY\": \"c3BvaWx0\"}}",
            "serviceaccount", "{\"automountServiceAccountToken\": true}",
            "service", "{\"spec\": {\"selector\": {\"example.com/other\": \"pods\"}}}",
            "poddisruptionbudget.policy", "{\"spec\": {\"maxUnavailable\": 3}}",
            "statefulset.apps",
                    "{\"spec\": {\"template\": {\"metadata\": {\"annotations\": {\"hcp.io/digest\": \"x\"}}}}}",
            "deployment.apps", "{\"spec\": {\"replicas\": 0}}");

    @RegisterExtension
    static final UnderClusterExtension UNDER = UnderClusterExtension.shared(o -> o.nodes(2));

    private final KubernetesClient client = UNDER.cluster().client();
    private final Kubectl kubectl = new Kubectl(UNDER.cluster().kubeconfig());
    private final Tenants tenants = new Tenants(UNDER.cluster(), NAMESPACE, "repair");
    private final HostedControlPlanes hcp = tenants.hcp();

    @BeforeEach
    void create() {
        Tenants.createNamespace(client, NAMESPACE);
        hcp.install();
        hcp.apply(TenantControlPlane.builder()
                        .name(NAME)
                        .kubernetesVersion(Programs.KUBERNETES_VERSION)
                        .controlPlane(c -> c.replicas(1))
                        .build())
                .awaitReady(LIMIT);
    }

    @AfterEach
    void close() {
        tenants.close();
        kubectl.close();
    }

    @Test
    void everyObject_editedThenDeleted_isRepairedOrBlocks(TestReporter reporter) {
        List<String> objects = owned();
        assertThat(objects).containsAll(AUTHORITIES).hasSizeGreaterThan(12);
        for (String object : objects) {
            if (AUTHORITIES.contains(object)) {
                blocks(object);
            } else {
                edit(object);
                isRepaired(object + " edited", object);
                run("delete", object, "--wait=true");
                isRepaired(object + " deleted", object);
            }
        }
        assertThat(owned()).isEqualTo(objects);
        Figure.publish(
                reporter,
                (objects.size() - AUTHORITIES.size()) + " objects repaired twice, " + AUTHORITIES.size()
                        + " with keys refuse edits and block with a remedy when they are gone");
    }

    private List<String> owned() {
        return run("get", String.join(",", KINDS), "--selector=hcp.io/tenant=" + NAME, "--output=name")
                .lines()
                .sorted()
                .toList();
    }

    private String run(String... arguments) {
        return runUnchecked(arguments).orThrow();
    }

    private CommandLine.Result runUnchecked(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.add("--namespace=" + NAMESPACE);
        return kubectl.run(words.toArray(String[]::new));
    }

    private void edit(String object) {
        String kind = object.substring(0, object.indexOf('/'));
        String patch = Optional.ofNullable(EDITS.get(kind)).orElseThrow();
        if (kind.equals("secret")) {
            String key = run("get", object, "--output=go-template={{range $k, $v := .data}}{{$k}} {{end}}")
                    .split(" ", -1)[0];
            patch = patch.replace("KEY", key);
        }
        String unused = run("patch", object, "--type=merge", "--patch=" + patch);
    }

    /** The next reconcile finds it, and afterwards nothing is left to do. */
    private void isRepaired(String what, String object) {
        Plan plan = hcp.plan(NAME);
        assertThat(plan.isEmpty()).as(what).isFalse();
        hcp.reconcile(NAME).await(LIMIT);
        assertThat(hcp.plan(NAME).isEmpty()).as("%s: %s", what, hcp.plan(NAME)).isTrue();
        String unused = run("get", object);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(phase()).isEqualTo("Ready"));
        tell(what + ": " + plan.steps().get(0).id() + ", " + plan.steps().get(0).reason());
    }

    private String phase() {
        return run("get", "tcp", NAME, "--output=jsonpath={.status.phase}");
    }

    private void blocks(String object) {
        CommandLine.Result edited =
                runUnchecked("patch", object, "--type=merge", "--patch={\"data\": {\"tls.key\": \"c3BvaWx0\"}}");
        assertThat(edited.exitCode()).isNotZero();
        assertThat(edited.output()).contains("field is immutable");
        String name = object.substring(object.indexOf('/') + 1);
        GenericKubernetesResource backup = client.genericKubernetesResources("v1", "Secret")
                .inNamespace(NAMESPACE)
                .withName(name)
                .get();
        String unused = run("delete", object);
        assertThatThrownBy(() -> hcp.reconcile(NAME).await(LIMIT))
                .isInstanceOfSatisfying(HcpException.class, refused -> {
                    assertThat(refused).hasMessageContaining(name);
                    tell(object + " deleted: " + refused.getMessage());
                });
        backup.getMetadata().setResourceVersion(null);
        backup.getMetadata().setUid(null);
        client.resource(backup).inNamespace(NAMESPACE).create();
        hcp.reconcile(NAME).await(LIMIT);
        assertThat(hcp.plan(NAME).isEmpty()).as("%s", hcp.plan(NAME)).isTrue();
    }
}
