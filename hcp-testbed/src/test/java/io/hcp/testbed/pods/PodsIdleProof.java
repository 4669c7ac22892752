package io.hcp.testbed.pods;

import static io.hcp.testbed.pods.Screen.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.testbed.Programs;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import io.hcp.testbed.under.UnderClusterExtension;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

@Proof(
        name = "pods-idle",
        shows = "what an idle tenant costs beside the same programs with kubeadm's flags and probes each 10 s",
        minutes = 20,
        programs = {"kubelet", "kube-proxy", "coredns", "metallb-controller", "metallb-speaker"},
        root = true)
class PodsIdleProof {
    private static final String NAMESPACE = "tenants";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration SETTLED = Duration.ofMinutes(2);
    private static final Duration MEASURED = Duration.ofMinutes(4);
    private static final double MOST = 0.8;

    @RegisterExtension
    static final UnderClusterExtension UNDER = UnderClusterExtension.shared(o -> o.nodes(1));

    private final KubernetesClient client = UNDER.cluster().client();

    @Test
    void idle_besideKubeadm(TestReporter reporter) {
        Tenants.createNamespace(client, NAMESPACE);
        TenantControlPlane ours = TenantPods.small("ours", ExposureType.CLUSTER_IP);
        try (Tenants tenants = new Tenants(UNDER.cluster(), NAMESPACE, "idle")) {
            tenants.hcp().install();
            tenants.hcp().apply(ours).awaitReady(LIMIT);
            tenants.hcp().apply(ours.withName("kubeadm")).awaitReady(LIMIT);
        }
        giveKubeadmsFlags();
        List<IdleCost> costs = List.of(IdleCost.of("ours"), IdleCost.of("kubeadm"));
        pass(SETTLED);
        costs.forEach(IdleCost::begin);
        pass(MEASURED);
        costs.forEach(IdleCost::end);
        costs.forEach(cost -> tell(cost.toString()));
        double processor = costs.get(0).processor() / costs.get(1).processor();
        double own = costs.get(0).own() / costs.get(1).own();
        double resident = costs.get(0).resident() / costs.get(1).resident();
        tell(String.format(
                Locale.ROOT,
                "memory of its own: %.2f; resident: %.2f, where what is not its own is the text of the programs, there once for"
                        + " all tenants of a node",
                own,
                resident));
        Figure.publish(
                reporter,
                String.format(
                        Locale.ROOT,
                        "an idle tenant takes %.2f of the processor and %.2f of the memory (%.2f with the programs' text)",
                        processor,
                        own,
                        resident));
        assertThat(processor).isLessThanOrEqualTo(MOST);
        assertThat(own).isLessThanOrEqualTo(MOST);
    }

    /** As a plain client would have made them; the library is gone. */
    private void giveKubeadmsFlags() {
        KubeadmFlags kubeadm = KubeadmFlags.of(minor());
        StatefulSet etcd = client.apps()
                .statefulSets()
                .inNamespace(NAMESPACE)
                .withName("kubeadm-etcd")
                .get();
        change(etcd.getSpec().getTemplate().getSpec().getContainers(), kubeadm);
        client.resource(etcd).update();
        Deployment plane = client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("kubeadm")
                .get();
        change(plane.getSpec().getTemplate().getSpec().getContainers(), kubeadm);
        client.resource(plane).update();
        client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("hcp.io/tenant", "kubeadm")
                .delete();
        await().atMost(LIMIT)
                .until(() -> pods().stream().filter(this::isPlain).count() == 2
                        && pods().size() == 2 // those before are gone
                        && pods().stream().allMatch(Readiness::isPodReady));
    }

    private static String minor() {
        String version = Programs.KUBERNETES_VERSION;
        return version.substring(0, version.lastIndexOf('.'));
    }

    private static void change(List<Container> containers, KubeadmFlags kubeadm) {
        containers.forEach(container -> {
            kubeadm.apply(container);
            tell(container.getName() + " " + String.join(" ", container.getArgs()));
        });
    }

    private List<Pod> pods() {
        return client.pods()
                .inNamespace(NAMESPACE)
                .withLabels(Map.of("hcp.io/tenant", "kubeadm"))
                .list()
                .getItems();
    }

    private boolean isPlain(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getSpec().getContainers().get(0).getLivenessProbe().getPeriodSeconds() == 10
                && pod.getSpec().getContainers().stream()
                        .flatMap(container -> container.getArgs().stream())
                        .noneMatch("--watch-progress-notify-interval=30s"::equals);
    }

    private static void pass(Duration time) {
        await().atMost(time.plusMinutes(1)).pollDelay(time).until(() -> true);
    }
}
