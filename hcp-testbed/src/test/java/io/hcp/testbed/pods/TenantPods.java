package io.hcp.testbed.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.PodProfile;
import io.hcp.api.model.TaintEffect;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.model.TolerationOperator;
import io.hcp.testbed.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The tenants of the proof, one for each exposure. */
final class TenantPods {
    static final String POOL = "example.com/pool";
    static final String CPU = "120m";
    static final String MEMORY = "300Mi";
    static final String LIMIT = "1536Mi";
    static final String ETCD_CPU = "60m";

    /** How many replicas and members {@link #large} has. */
    static final int COPIES = 3;

    /** What {@link #large} makes of etcd's command line. */
    static final List<String> TUNING = List.of(
            "--quota-backend-bytes=1073741824",
            "--heartbeat-interval=200",
            "--election-timeout=2500",
            "--snapshot-count=5000",
            "--max-txn-ops=200");

    private TenantPods() {}

    static TenantControlPlane small(String name, ExposureType exposure) {
        return TenantControlPlane.builder()
                .name(name)
                .kubernetesVersion(Programs.KUBERNETES_VERSION)
                .controlPlane(plane -> plane.replicas(1))
                .networkProfile(network -> network.exposure(exposure))
                .build();
    }

    /** Three replicas and three members, with everything that a description says of pods and of etcd. */
    static TenantControlPlane large(String name) {
        return small(name, ExposureType.LOAD_BALANCER)
                .withControlPlane(plane -> plane.replicas(COPIES)
                        .apiServer(server -> server.resources(given -> given.requests(
                                        amounts -> amounts.cpu(CPU).memory(MEMORY))
                                .limits(amounts -> amounts.memory(LIMIT))))
                        .pods(TenantPods::place))
                .withDataStore(store -> store.etcd(etcd -> etcd.members(COPIES)
                        .quotaBackendBytes("1Gi")
                        .heartbeatInterval(Duration.ofMillis(200))
                        .electionTimeout(Duration.ofMillis(2500))
                        .snapshotCount(5000)
                        .putExtraArg("max-txn-ops", "200")
                        .resources(given -> given.requests(amounts -> amounts.cpu(ETCD_CPU)))
                        .pods(TenantPods::place)));
    }

    private static void place(PodProfile.Builder pods) {
        pods.putNodeSelector(POOL, "tenants")
                .putLabel("team", "platform")
                .addToleration(toleration ->
                        toleration.key(POOL).operator(TolerationOperator.EXISTS).effect(TaintEffect.NO_SCHEDULE));
    }

    /** Asserts that a pod of {@link #large} has what its description says. */
    static void check(Pod pod) {
        assertThat(pod.getSpec().getNodeSelector()).containsEntry(POOL, "tenants");
        assertThat(pod.getSpec().getTolerations()).anyMatch(toleration -> POOL.equals(toleration.getKey()));
        assertThat(pod.getMetadata().getLabels()).containsEntry("team", "platform");
        Container first = pod.getSpec().getContainers().get(0);
        if (first.getName().equals("etcd")) {
            assertThat(first.getResources().getRequests()).containsEntry("cpu", new Quantity(ETCD_CPU));
        } else {
            assertThat(first.getName()).isEqualTo("kube-apiserver");
            assertThat(first.getResources().getRequests())
                    .containsEntry("cpu", new Quantity(CPU))
                    .containsEntry("memory", new Quantity(MEMORY));
            assertThat(first.getResources().getLimits()).containsEntry("memory", new Quantity(LIMIT));
        }
    }

    /** Tells where a pod is, and what its containers are given. */
    static String describe(Pod pod) {
        String containers = pod.getSpec().getContainers().stream()
                .map(container ->
                        container.getName() + " " + container.getResources().getRequests() + " limits "
                                + container.getResources().getLimits())
                .collect(Collectors.joining(", "));
        return pod.getMetadata().getName() + " on " + pod.getSpec().getNodeName() + ": " + containers;
    }

    /** The process of a member of {@link #large}. */
    static ProcessHandle member(int number) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains("--name=large-etcd-" + number))
                .findFirst()
                .orElseThrow();
    }

    static List<String> commandLine(ProcessHandle process) {
        try {
            return List.of(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .split("\0"));
        } catch (IOException e) {
            return List.of(); // it has ended
        }
    }
}
