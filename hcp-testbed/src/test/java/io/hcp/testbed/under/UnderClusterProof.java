package io.hcp.testbed.under;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

@Proof(
        name = "under-cluster",
        shows = "4 real nodes on this machine run 10 pods each for 10 minutes without a restart, and leave nothing",
        minutes = 15,
        programs = {"kubelet", "kube-proxy", "coredns", "metallb-controller", "metallb-speaker", "kubectl"},
        root = true)
class UnderClusterProof {
    private static final int NODES = 4;
    private static final int PODS_PER_NODE = 10;
    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final Duration SAMPLE = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final double WARM_SECONDS = 60;

    @RegisterExtension
    static final UnderClusterExtension UNDER = UnderClusterExtension.shared();

    private int samples;
    private int answers;

    @Test
    void fortyPodsForTenMinutes(TestReporter reporter) {
        UNDER.cluster(); // the first time programs and images may have to be made
        UNDER.stop();
        assertThat(UnderCluster.leftovers()).isEmpty();
        System.out.println("  a first cluster was started and removed: nothing is left of it");

        long begun = System.nanoTime();
        UnderCluster cluster = UNDER.cluster();
        double start = seconds(begun);
        System.out.printf(Locale.ROOT, "  warm start: %.1f s to %d nodes, CoreDNS and MetalLB ready%n", start, NODES);
        assertThat(start).isLessThanOrEqualTo(WARM_SECONDS);

        startPods(cluster);
        observe(cluster);

        long end = System.nanoTime();
        UNDER.stop();
        double stop = seconds(end);
        assertThat(UnderCluster.leftovers()).isEmpty();
        System.out.printf(Locale.ROOT, "  removed in %.1f s: nothing is left of it%n", stop);
        Figure.publish(
                reporter,
                String.format(
                        Locale.ROOT,
                        "warm start %.1f s; %d pods on %d nodes for %d minutes: 0 restarts; %d of %d requests answered;"
                                + " removed in %.1f s, 0 left behind",
                        start,
                        NODES * PODS_PER_NODE,
                        NODES,
                        LENGTH.toMinutes(),
                        answers,
                        samples,
                        stop));
    }

    private static void startPods(UnderCluster cluster) {
        KubernetesClient client = cluster.client();
        long begun = System.nanoTime();
        for (UnderNode node : cluster.nodes()) {
            Web.apply(
                    client,
                    Web.deployment("on-" + node.name(), PODS_PER_NODE, "kubernetes.io/hostname: " + node.name()));
        }
        Web.apply(client, Web.loadBalancer());
        await().atMost(SOON)
                .until(() -> Web.ready(client).size() == NODES * PODS_PER_NODE
                        && !Web.address(client).isEmpty());
        for (UnderNode node : cluster.nodes()) {
            assertThat(Web.readyOn(client, node)).hasSize(PODS_PER_NODE);
        }
        System.out.printf(Locale.ROOT, "  %d pods ready after %.1f s%n", NODES * PODS_PER_NODE, seconds(begun));
    }

    /** Each few seconds: all nodes and pods are ready, nothing was restarted, a client outside is answered. */
    private void observe(UnderCluster cluster) {
        KubernetesClient client = cluster.client();
        String address = Web.address(client);
        long begun = System.nanoTime();
        try (Outside outside = cluster.outside()) {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(SAMPLE)
                    .atMost(LENGTH.plus(SOON))
                    .until(() -> {
                        sample(cluster, outside, address, seconds(begun));
                        return seconds(begun) >= LENGTH.toSeconds();
                    });
        }
        assertThat(answers).isEqualTo(samples);
    }

    private void sample(UnderCluster cluster, Outside outside, String address, double second) {
        KubernetesClient client = cluster.client();
        assertThat(cluster.nodes()).allMatch(UnderNode::isReady);
        assertThat(Web.ready(client)).hasSize(NODES * PODS_PER_NODE);
        assertThat(Web.restarts(client)).isZero();
        samples++;
        boolean answered = outside.exec(SAMPLE, "busybox", "wget", "-qO-", "http://" + address)
                        .exitCode()
                == 0;
        answers += answered ? 1 : 0;
        if (samples % 12 == 1) {
            System.out.printf(
                    Locale.ROOT,
                    "  %4.0f s: %d nodes ready, %d pods ready, 0 restarts in all namespaces, %d of %d requests from"
                            + " outside to %s answered%n",
                    second,
                    NODES,
                    NODES * PODS_PER_NODE,
                    answers,
                    samples,
                    address);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
