package io.hcp.core.internal.catalog;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a minor lets its users configure besides flags and gates. Immutable.
 *
 * @param admissionPlugins the admission plugins of kube-apiserver, true if enabled by default
 * @param apiVersions by kind, in what API versions configuration files are read, the most stable first
 * @param kubeletDefaults the KubeletConfiguration that kubeadm starts from: strings, numbers, booleans, lists and maps
 */
public record Configuration(
        SortedMap<String, Boolean> admissionPlugins,
        SortedMap<String, List<String>> apiVersions,
        Map<String, Object> kubeletDefaults) {
    /** Copies the maps. */
    public Configuration {
        admissionPlugins = Collections.unmodifiableSortedMap(new TreeMap<>(admissionPlugins));
        apiVersions = Collections.unmodifiableSortedMap(new TreeMap<>(apiVersions));
        kubeletDefaults = Collections.unmodifiableMap(new TreeMap<>(kubeletDefaults));
    }
}
