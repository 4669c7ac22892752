package io.hcp.core.internal.catalog;

import io.hcp.api.model.Component;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one Kubernetes minor is made of. Immutable and thread-safe. All maps are sorted by name.
 *
 * @param versions what it was taken from, and what goes with it
 * @param flags the flags of each program
 * @param gates the feature gates of all programs
 * @param admissionPlugins the admission plugins of kube-apiserver, true if enabled by default
 * @param apiVersions by kind, in what API versions configuration files are read, the most stable first
 * @param kubeletDefaults the KubeletConfiguration that kubeadm starts from: strings, numbers, booleans, lists and maps
 */
public record Release(
        Versions versions,
        Map<Component, SortedMap<String, Flag>> flags,
        SortedMap<String, Gate> gates,
        SortedMap<String, Boolean> admissionPlugins,
        SortedMap<String, List<String>> apiVersions,
        Map<String, Object> kubeletDefaults) {
    /**
     * Copies the maps.
     *
     * @throws IllegalArgumentException if a program has no flags
     */
    public Release {
        EnumMap<Component, SortedMap<String, Flag>> all = new EnumMap<>(Component.class);
        flags.forEach((component, some) -> all.put(component, sorted(some)));
        for (Component component : Component.values()) {
            if (!all.containsKey(component)) {
                throw new IllegalArgumentException("flags." + component + " is missing");
            }
        }
        flags = Collections.unmodifiableMap(all);
        gates = sorted(gates);
        admissionPlugins = sorted(admissionPlugins);
        apiVersions = sorted(apiVersions);
        kubeletDefaults = Collections.unmodifiableMap(new TreeMap<>(kubeletDefaults));
    }

    /** {@return the minor, for example {@code 1.36}} */
    public String minor() {
        return versions.kubernetes().minorVersion();
    }

    /** {@return the etcd that goes with the minor} */
    public String etcdVersion() {
        return versions.etcd();
    }

    /**
     * Finds a flag.
     *
     * @param component whose
     * @param name without the leading dashes
     * @return the flag, if the program has it
     */
    public Optional<Flag> flag(Component component, String name) {
        return Optional.ofNullable(flags(component).get(name));
    }

    /**
     * Returns the flags of a program.
     *
     * @param component whose
     * @return by name
     */
    public SortedMap<String, Flag> flags(Component component) {
        SortedMap<String, Flag> found = flags.get(component);
        if (found == null) {
            throw new IllegalStateException("a release has flags for each component, but none for " + component);
        }
        return found;
    }

    /**
     * Finds a feature gate.
     *
     * @param name for example {@code ClusterTrustBundle}
     * @return the gate, if any program knows it
     */
    public Optional<Gate> gate(String name) {
        return Optional.ofNullable(gates.get(name));
    }

    /** {@return the admission plugins that run unless disabled} */
    public Set<String> defaultAdmissionPlugins() {
        return admissionPlugins.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Returns the API versions in which a kind of configuration is read.
     *
     * @param kind for example {@code ClusterConfiguration} or {@code AuthenticationConfiguration}
     * @return with their groups, for example {@code kubeadm.k8s.io/v1beta4}, the most stable first; empty for an unknown kind
     */
    public List<String> apiVersionsOf(String kind) {
        return apiVersions.getOrDefault(kind, List.of());
    }

    private static <T> SortedMap<String, T> sorted(Map<String, T> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
