package io.hcp.core.internal.cluster.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.hcp.api.model.Component;
import io.hcp.api.model.ComponentProfile;
import io.hcp.api.model.ControlPlaneProfile;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.PodTopology;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * API server, controller manager and scheduler.
 *
 * @param frame what all objects have in common
 * @param profile the description, with its defaults resolved
 * @param blueprint what the programs are, in pods
 */
public record ControlPlaneObjects(Frame frame, ControlPlaneProfile profile, Blueprint blueprint) {
    /** In the order in which they are in the pod. */
    private static final List<Component> PROGRAMS =
            List.of(Component.KUBE_APISERVER, Component.KUBE_CONTROLLER_MANAGER, Component.KUBE_SCHEDULER);

    /** How long a pod stays on a node that is gone. */
    private static final Duration LEAVING = Duration.ofSeconds(30);

    /** Enough to see what was before; the description tells what is to be. */
    private static final int REVISIONS = 2;

    private static final int LEAST_PROGRESS_SECONDS = 600;
    private static final int PROGRESS_MARGIN_SECONDS = 120;

    /**
     * Renders the Deployment. A change makes a new pod before an old one goes, so that there are never fewer than wanted.
     *
     * @return the Deployment
     */
    public Deployment deployment() {
        return new DeploymentBuilder()
                .withMetadata(frame.owned(frame.names().controlPlane(), Frame.CONTROL_PLANE))
                .withNewSpec()
                .withPaused(false) // said, so that another value is seen and undone
                .withReplicas(profile.replicas().orElse(1))
                .withRevisionHistoryLimit(REVISIONS)
                .withProgressDeadlineSeconds(progressDeadline())
                .withSelector(pods().selector())
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxUnavailable(new IntOrString(0))
                .withMaxSurge(new IntOrString(1))
                .endRollingUpdate()
                .endStrategy()
                .withNewTemplate()
                .withMetadata(pods().metadata(digest()))
                .withSpec(podSpec())
                .endTemplate()
                .endSpec()
                .build();
    }

    /**
     * Renders how many replicas may be taken away at a time by who empties nodes. One that does not work anyway may be.
     *
     * @return the budget; it does not keep a single replica from being moved
     */
    public PodDisruptionBudget budget() {
        return Budgets.oneAtATime(
                frame.owned(frame.names().controlPlane(), Frame.CONTROL_PLANE), pods().selector(), "AlwaysAllow");
    }

    /**
     * Renders the account of all the tenant's pods, which has no rights and no token.
     *
     * @return the ServiceAccount
     */
    public ServiceAccount serviceAccount() {
        return new ServiceAccountBuilder()
                .withMetadata(frame.owned(frame.names().controlPlane(), Frame.CONTROL_PLANE))
                .withAutomountServiceAccountToken(false)
                .build();
    }

    /**
     * Returns what the pods are drawn up from: versions, arguments, files without their secrets.
     *
     * @return the digests of the three programs, in the order of the containers
     */
    public String digest() {
        return PROGRAMS.stream().map(program -> blueprint.of(program).digest()).collect(Collectors.joining("-"));
    }

    private Pods pods() {
        return new Pods(frame, Frame.CONTROL_PLANE, profile.pods());
    }

    /** Longer than a start may take, or the Deployment would call one a failure that is none. */
    private int progressDeadline() {
        long startup = profile.startupTimeout().map(Duration::toSeconds).orElse(0L);
        return (int) Math.max(LEAST_PROGRESS_SECONDS, startup + PROGRESS_MARGIN_SECONDS);
    }

    private PodSpec podSpec() {
        List<Volume> volumes = PROGRAMS.stream()
                .map(program ->
                        Volumes.secret(blueprint.of(program), frame.names().files(program)))
                .toList();
        return pods().spec(profile.registrySettings())
                .withTerminationGracePeriodSeconds(Probes.ENDING_SECONDS)
                .withTolerations(pods().tolerationsLeaving(LEAVING))
                .withTopologySpreadConstraints(pods().spreadOfReplicas())
                .withContainers(PROGRAMS.stream().map(this::container).toList())
                .withVolumes(volumes)
                .build();
    }

    private Container container(Component program) {
        Containers containers = new Containers(profile);
        ComponentBlueprint component = blueprint.of(program);
        ContainerBuilder container = containers
                .container(component, described(program).resources())
                .withVolumeMounts(Containers.files(program));
        return containers.withPort(
                container,
                switch (program) {
                    case KUBE_CONTROLLER_MANAGER -> "controller-mgr";
                    case KUBE_SCHEDULER -> "scheduler";
                    default -> "https";
                },
                PodTopology.PORTS.of(program).get(0));
    }

    private ComponentProfile described(Component program) {
        return switch (program) {
            case KUBE_APISERVER -> profile.apiServer();
            case KUBE_CONTROLLER_MANAGER -> profile.controllerManager();
            case KUBE_SCHEDULER -> profile.scheduler();
            case ETCD -> throw new IllegalArgumentException("etcd has pods of its own");
        };
    }
}
