package io.hcp.core.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MembersTest {
    private static ClusterObject set(long generation, long updated, String current) {
        return ClusterObject.named(Kind.STATEFUL_SET, "tenants", "acme-etcd")
                .with(generation, "metadata", "generation")
                .with(3, "spec", "replicas")
                .with(
                        Map.of(
                                "observedGeneration",
                                2,
                                "replicas",
                                3,
                                "updatedReplicas",
                                updated,
                                "updateRevision",
                                "new",
                                "currentRevision",
                                current),
                        "status");
    }

    private static ClusterObject pod(int number, String revision, boolean ready) {
        return ClusterObject.named(Kind.POD, "tenants", "acme-etcd-" + number)
                .with(Map.of("controller-revision-hash", revision), "metadata", "labels")
                .with(List.of(Map.of("type", "Ready", "status", ready ? "True" : "False")), "status", "conditions");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 3, old, false",
        "2, 3, new, false",
        "2, 2, old, true",
        "2, 2, new, true", // taken back to the first revision
        "3, 3, new, true" // what it tells is not of what it says now
    })
    void mayBeStale_status_isTrustedOnlyWhereItTells(long generation, long updated, String current, boolean expected) {
        assertThat(Members.mayBeStale(set(generation, updated, current))).isEqualTo(expected);
    }

    @Test
    void stale_pods_areToldByTheirOwnRevision() {
        List<ClusterObject> pods = List.of(pod(0, "old", true), pod(1, "new", true), pod(2, "older", true));
        assertThat(Members.stale(pods, set(2, 1, "new")))
                .extracting(ClusterObject::name)
                .containsExactly("acme-etcd-0", "acme-etcd-2");
        assertThat(Members.stale(pods, set(3, 3, "new"))).isEqualTo(pods);
    }

    @Test
    void missed_member_isOneThatIsNotThereNotReadyOrLeaving() {
        ClusterObject leaving = pod(2, "new", true).with("2026-01-01T00:00:00Z", "metadata", "deletionTimestamp");
        assertThat(Members.missed(List.of(pod(0, "a", true), pod(1, "a", true), pod(2, "a", true)), set(2, 3, "a")))
                .isEmpty();
        assertThat(Members.missed(List.of(pod(0, "a", true), pod(2, "a", true)), set(2, 3, "a")))
                .contains("acme-etcd-1");
        assertThat(Members.missed(List.of(pod(0, "a", false), pod(1, "a", true), pod(2, "a", true)), set(2, 3, "a")))
                .contains("acme-etcd-0");
        assertThat(Members.missed(List.of(pod(0, "a", true), pod(1, "a", true), leaving), set(2, 3, "a")))
                .contains("acme-etcd-2");
    }
}
