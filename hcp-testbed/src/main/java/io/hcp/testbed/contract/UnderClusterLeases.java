package io.hcp.testbed.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.gateway.Lease;
import org.junit.jupiter.api.Test;

/** What the rights to change tenants promise. */
interface UnderClusterLeases extends UnderClusterFixture {
    @Test
    default void acquire_held_isRefusedAndNamesTheHolder() {
        try (UnderCluster another = open()) {
            String holder = another.holder(TENANT).orElseThrow();
            assertThatThrownBy(() -> another.acquire(TENANT))
                    .isInstanceOf(HcpException.class)
                    .hasMessageContaining(holder);
            assertFails(ErrorKind.LOCKED, () -> another.acquire(TENANT));
            assertThat(lease().isHeld()).isTrue();
        }
    }

    @Test
    default void acquire_leaseOfOthers_isRefusedThoughNobodyRenewsIt() {
        ClusterObject theirs = ClusterObject.named(Kind.LEASE, cluster().namespace(), "elected")
                .with("somebody", "spec", "holderIdentity")
                .with("2026-01-01T00:00:00.000000Z", "spec", "renewTime");
        applyAsOther(theirs);
        assertFails(ErrorKind.BLOCKED, () -> cluster().acquire("elected"));
        assertThat(cluster().holder("elected")).isEmpty();
        ClusterObject left = objects().get(Kind.LEASE, "elected").orElseThrow();
        assertThat(left.text("spec", "holderIdentity")).contains("somebody");
        objects().delete(lease(), left);
    }

    @Test
    default void close_lease_leavesNothingAndCanBeHadByAnother() {
        lease().close();
        assertThat(cluster().holder(TENANT)).isEmpty();
        assertThat(objects().get(Kind.LEASE, TENANT)).isEmpty();
        try (UnderCluster another = open();
                Lease next = another.acquire(TENANT)) {
            lease().close();
            assertThat(next.isHeld()).isTrue();
            assertThat(lease().isHeld()).isFalse();
        }
    }

    @Test
    default void close_cluster_givesAllLeasesBack() {
        cluster().close();
        assertThat(lease().isHeld()).isFalse();
        try (UnderCluster another = open();
                Lease next = another.acquire(TENANT)) {
            assertThat(next.isHeld()).isTrue();
        }
    }
}
