package io.hcp.core.internal.cluster.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
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
import java.util.ArrayList;
import java.util.List;
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

    /** How much of its limit the heap of a program may fill: the rest is stacks, buffers and what the kernel keeps. */
    private static final int HEAP_PERCENT = 90;

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
                .withEnv(environment(resources))
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

    /**
     * Go's collector does not know of a container's limit; told, it works harder before the kernel ends the program.
     *
     * @see <a href="https://go.dev/doc/gc-guide#Memory_limit">A guide to the Go garbage collector: memory limit</a>
     */
    private static List<EnvVar> environment(ResourceProfile resources) {
        List<EnvVar> environment = new ArrayList<>();
        resources
                .limits()
                .memory()
                .map(limit -> new EnvVarBuilder()
                        .withName("GOMEMLIMIT")
                        .withValue(String.valueOf(limit.bytes() / 100 * HEAP_PERCENT))
                        .build())
                .ifPresent(environment::add);
        return environment;
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
