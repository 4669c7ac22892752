package io.hcp.core.internal.cluster.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.hcp.api.model.Component;
import io.hcp.api.model.EtcdProfile;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.PodTopology;

/**
 * The tenant's own etcd.
 *
 * @param frame what all objects have in common
 * @param tenant the description, with its defaults resolved
 * @param etcd what the program is, in pods
 */
public record EtcdObjects(Frame frame, TenantControlPlane tenant, ComponentBlueprint etcd) {
    private static final String MEMBER_VARIABLE = "POD_NAME";
    private static final int REVISIONS = 2;

    /**
     * Renders the StatefulSet. Members start at once, since none is ready without the others; a change reaches a member when
     * the engine deletes its pod, which it does with a view to the quorum.
     *
     * @return the StatefulSet
     */
    public StatefulSet statefulSet() {
        return new StatefulSetBuilder()
                .withMetadata(frame.owned(frame.names().etcd(), Frame.ETCD))
                .withNewSpec()
                .withReplicas(members())
                .withServiceName(frame.names().etcd())
                .withPodManagementPolicy("Parallel")
                .withNewUpdateStrategy()
                .withType("OnDelete")
                .endUpdateStrategy()
                .withRevisionHistoryLimit(REVISIONS)
                .withSelector(pods().selector())
                .withNewTemplate()
                .withMetadata(pods().metadata(etcd.digest()))
                .withSpec(podSpec())
                .endTemplate()
                .withVolumeClaimTemplates(Volumes.data(frame, profile().storage()))
                .endSpec()
                .build();
    }

    /**
     * Renders how many members may be taken away at a time by who empties nodes: one of three leaves a quorum. A member that
     * is not ready counts as taken.
     *
     * @return the budget; it does not keep a single member from being moved
     */
    public PodDisruptionBudget budget() {
        return Budgets.oneAtATime(frame.owned(frame.names().etcd(), Frame.ETCD), pods().selector(), "IfHealthyBudget");
    }

    private int members() {
        return profile().members().orElse(1);
    }

    private EtcdProfile profile() {
        return tenant.dataStore().etcd();
    }

    private Pods pods() {
        return new Pods(frame, Frame.ETCD, profile().pods());
    }

    private PodSpec podSpec() {
        return pods().spec(tenant.controlPlane().registrySettings())
                .withTerminationGracePeriodSeconds(Probes.ETCD_ENDING_SECONDS)
                .withTolerations(pods().tolerations())
                .withTopologySpreadConstraints(pods().spreadOfMembers(members()))
                .withContainers(container())
                .withVolumes(Volumes.members(etcd, frame.names(), members()))
                .build();
    }

    private Container container() {
        VolumeMount data = new VolumeMountBuilder()
                .withName(Volumes.DATA)
                .withMountPath(PodTopology.ETCD_VOLUME.toString())
                .build();
        Containers containers = new Containers(tenant.controlPlane());
        ContainerBuilder container = containers
                .container(etcd, profile().resources())
                .addNewEnv()
                .withName(MEMBER_VARIABLE)
                .withNewValueFrom()
                .withNewFieldRef()
                .withApiVersion("v1")
                .withFieldPath("metadata.name")
                .endFieldRef()
                .endValueFrom()
                .endEnv()
                .withVolumeMounts(Containers.files(Component.ETCD), data);
        return containers.withPort(container, "client", PodTopology.PORTS.etcdClient());
    }
}
