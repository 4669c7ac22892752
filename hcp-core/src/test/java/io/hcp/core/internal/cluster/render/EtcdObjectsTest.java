package io.hcp.core.internal.cluster.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import org.junit.jupiter.api.Test;

class EtcdObjectsTest {
    private final TenantObjects objects = ClusterTenants.objects(ClusterTenants.rich("1.36.3"));

    /** None is ready before there is a quorum: so none may wait for another, and they find each other before they are. */
    @Test
    void statefulSet_allMembersGone_letsThemComeBackByThemselves() {
        StatefulSetSpec set = objects.etcd().statefulSet().getSpec();

        assertThat(set.getPodManagementPolicy()).isEqualTo("Parallel");
        assertThat(set.getUpdateStrategy().getType()).isEqualTo("OnDelete");
        assertThat(objects.services().etcd().getSpec().getPublishNotReadyAddresses())
                .isTrue();
        assertThat(set.getTemplate().getSpec().getContainers())
                .singleElement()
                .satisfies(
                        etcd -> assertThat(etcd.getStartupProbe().getHttpGet().getPath())
                                .isEqualTo("/livez"));
        assertThat(set.getTemplate().getSpec().getInitContainers()).isEmpty();
    }

    /** Without it, a selector that leaves one node has all of them there: other nodes do not count then. */
    @Test
    void statefulSet_fewerNodesThanMembers_doesNotPutTwoOnOne() {
        assertThat(objects.etcd()
                        .statefulSet()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getTopologySpreadConstraints())
                .filteredOn(spread -> spread.getWhenUnsatisfiable().equals("DoNotSchedule"))
                .singleElement()
                .satisfies(spread -> {
                    assertThat(spread.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
                    assertThat(spread.getMaxSkew()).isEqualTo(1);
                    assertThat(spread.getMinDomains()).isEqualTo(3);
                });
    }

    /** What they have stored stays, whoever deletes pods or the set. */
    @Test
    void statefulSet_volumes_areNeverDeletedByTheUnderCluster() {
        assertThat(objects.etcd().statefulSet().getSpec().getPersistentVolumeClaimRetentionPolicy())
                .isNull();
    }
}
