package io.hcp.core.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final ClusterObject ETCD =
            ClusterObject.named(Kind.STATEFUL_SET, "tenants", "acme-etcd").with(3, "spec", "replicas");

    private static final ClusterObject STARTING = pod("acme-etcd-0", Map.of("type", "Ready", "status", "False"));
    private static final ClusterObject HOMELESS =
            pod("acme-etcd-1", Map.of("type", "PodScheduled", "status", "False", "message", "0/4 nodes are available"));
    private static final ClusterObject READY = pod("acme-etcd-2", Map.of("type", "Ready", "status", "True"));

    private static ClusterObject pod(String name, Map<String, Object> condition) {
        return ClusterObject.named(Kind.POD, "tenants", name).with(List.of(condition), "status", "conditions");
    }

    private static ClusterObject withContainer(ClusterObject pod, Map<String, Object> container) {
        return pod.with(List.of(container), "status", "containerStatuses");
    }

    private static Finding of(ClusterObject... pods) {
        return Diagnosis.of(List.of(pods), ETCD).orElseThrow();
    }

    @Test
    void of_noQuorum_namesThePodWithACauseAndNotTheOneThatWaitsForIt() {
        assertThat(of(STARTING, HOMELESS))
                .isEqualTo(new Finding(
                                "EtcdWithoutQuorum",
                                "etcd has no quorum: 0 of 3 members are ready, 2 are needed; pod acme-etcd-1"
                                        + " fits on no node: 0/4 nodes are available",
                                "add nodes or room on them, or change what the pods ask for")
                        .asOutage());
    }

    @Test
    void of_noQuorumAndNoCause_namesWhatIsWaitedFor() {
        assertThat(of(STARTING, READY).problem())
                .isEqualTo("etcd has no quorum: 1 of 3 members are ready, 2 are needed; pod acme-etcd-0 is not ready");
    }

    @Test
    void of_noQuorumAndNoPods_namesTheStatefulSet() {
        assertThat(of(READY).remedy()).isEqualTo("look at the events of StatefulSet acme-etcd");
    }

    @Test
    void of_imageMissing_isToldBeforePodsThatJustWait() {
        ClusterObject replica = withContainer(
                pod("acme-1", Map.of("type", "Ready", "status", "False")),
                Map.of(
                        "name", "kube-apiserver",
                        "image", "registry.invalid/kube-apiserver:v1.36.3",
                        "state", Map.of("waiting", Map.of("reason", "ErrImagePull", "message", "no such host"))));
        ClusterObject waiting = pod("acme-0", Map.of("type", "Ready", "status", "False"));
        Finding found = of(READY, pod("acme-etcd-0", Map.of("type", "Ready", "status", "True")), waiting, replica);
        assertThat(found.reason()).isEqualTo("ImageUnavailable");
        assertThat(found.problem())
                .isEqualTo(
                        "image registry.invalid/kube-apiserver:v1.36.3 of kube-apiserver in pod acme-1 cannot be had:"
                                + " ErrImagePull no such host");
    }

    @Test
    void of_containerThatEndsAgainAndAgain_namesItsLog() {
        ClusterObject member = withContainer(
                STARTING,
                Map.of("name", "etcd", "restartCount", 3, "lastState", Map.of("terminated", Map.of("exitCode", 137))));
        assertThat(of(member).problem()).endsWith("etcd in pod acme-etcd-0 ended 3 times, last with exit code 137");
        assertThat(of(member).remedy()).isEqualTo("look at its log: kubectl logs acme-etcd-0 -c etcd --previous");
    }

    @Test
    void of_podThatItsNodeEvicted_isPassedOver() {
        ClusterObject evicted = withContainer(
                        pod("acme-0", Map.of("type", "Ready", "status", "False")),
                        Map.of("name", "kube-apiserver", "restartCount", 5))
                .with("Failed", "status", "phase");
        ClusterObject other = pod("acme-etcd-1", Map.of("type", "Ready", "status", "True"));
        assertThat(Diagnosis.of(List.of(READY, other, evicted), ETCD)).isEmpty();
    }

    @Test
    void of_allReady_isNothing() {
        ClusterObject other = pod("acme-etcd-1", Map.of("type", "Ready", "status", "True"));
        assertThat(Diagnosis.of(List.of(READY, other), ETCD)).isEmpty();
    }
}
