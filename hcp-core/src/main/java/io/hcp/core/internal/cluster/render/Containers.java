package io.hcp.core.internal.cluster.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.hcp.api.model.Component;
import io.hcp.api.model.ComputeResources;
import io.hcp.api.model.ControlPlaneProfile;
import io.hcp.api.model.ImagePullPolicy;
import io.hcp.api.model.RegistrySettings;
import io.hcp.api.model.ResourceProfile;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.PodTopology;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Containers of the programs.
 *
 * @param profile the description, with its defaults resolved
 */
record Containers(ControlPlaneProfile profile) {
    private static final Duration DEFAULT_STARTUP = Duration.ofMinutes(5);

    /** A program that can be put into a pod, but for what is particular to it. */
    ContainerBuilder container(ComponentBlueprint component, ResourceProfile resources) {
        Component program = component.component();
        ContainerBuilder container = new ContainerBuilder()
                .withName(program.binaryName())
                .withImage(image(component))
                .withImagePullPolicy(profile.registrySettings()
                        .imagePullPolicy()
                        .orElse(ImagePullPolicy.IF_NOT_PRESENT)
                        .toString())
                .withCommand(program.binaryName())
                .withArgs(
                        component.arguments().stream().map(Containers::escaped).toList())
                .withEnv(GoRuntime.environment(program, resources))
                .withResources(requirements(resources))
                .withSecurityContext(security(program))
                // What a program says at its end is in its log; nobody has to write a file for it.
                .withTerminationMessagePolicy("FallbackToLogsOnError");
        Probes.add(
                container, program, component.health(), profile.startupTimeout().orElse(DEFAULT_STARTUP));
        return container;
    }

    Container withPort(ContainerBuilder container, String name, int port) {
        return container
                .addNewPort()
                .withName(name)
                .withContainerPort(port)
                .withProtocol("TCP")
                .endPort()
                .build();
    }

    private String image(ComponentBlueprint component) {
        RegistrySettings settings = profile.registrySettings();
        return settings.registry().orElse("registry.k8s.io")
                + "/" + component.component().binaryName()
                + ":v" + component.version();
    }

    /** The kubelet replaces what looks like a variable: that is meant for a member's name alone. */
    static String escaped(String argument) {
        return argument.replace("$", "$$").replace("$" + PodTopology.MEMBER, PodTopology.MEMBER);
    }

    static VolumeMount files(Component component) {
        return new VolumeMountBuilder()
                .withName(Volumes.files(component))
                .withMountPath(PodTopology.LAYOUT.root().toString())
                .withReadOnly(true)
                .build();
    }

    private static ResourceRequirements requirements(ResourceProfile resources) {
        return new ResourceRequirementsBuilder()
                .withRequests(amounts(resources.requests()))
                .withLimits(amounts(resources.limits()))
                .build();
    }

    private static Map<String, Quantity> amounts(ComputeResources resources) {
        SortedMap<String, Quantity> amounts = new TreeMap<>();
        resources.cpu().ifPresent(cpu -> amounts.put("cpu", new Quantity(cpu.toString())));
        resources.memory().ifPresent(memory -> amounts.put("memory", new Quantity(memory.toString())));
        return amounts;
    }

    /** The released kube-apiserver asks for this capability in its file, and cannot be executed without, used or not. */
    private static SecurityContext security(Component component) {
        SecurityContextBuilder security = new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities();
        if (component == Component.KUBE_APISERVER) {
            security.editCapabilities().withAdd("NET_BIND_SERVICE").endCapabilities();
        }
        return security.build();
    }
}
