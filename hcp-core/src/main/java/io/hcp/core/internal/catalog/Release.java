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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one Kubernetes minor is made of. Immutable and thread-safe. Gates and flags, most of what there is, are read when
 * they are first asked for; if their data is damaged, which is a fault of the library, any method that needs them throws
 * {@link IllegalStateException}.
 */
public final class Release {
    private final Versions versions;
    private final Configuration configuration;
    private final Supplier<SortedMap<String, Gate>> gates;
    private final Supplier<Map<Component, SortedMap<String, Flag>>> flags;

    /**
     * Makes a release.
     *
     * @param versions what it was taken from, and what goes with it
     * @param configuration what else can be configured
     * @param gates asked once, when first needed, for the feature gates of all programs by name
     * @param flags asked once, when first needed, for the flags of each program by name
     */
    public Release(
            Versions versions,
            Configuration configuration,
            Supplier<SortedMap<String, Gate>> gates,
            Supplier<Map<Component, SortedMap<String, Flag>>> flags) {
        this.versions = versions;
        this.configuration = configuration;
        this.gates = new Once<>(() -> sorted(gates.get()));
        this.flags = new Once<>(() -> {
            Map<Component, SortedMap<String, Flag>> all = new EnumMap<>(Component.class);
            flags.get().forEach((component, some) -> all.put(component, sorted(some)));
            return all;
        });
    }

    /** {@return what the release was taken from, and what goes with it} */
    public Versions versions() {
        return versions;
    }

    /** {@return the minor, for example {@code 1.36}} */
    public String minor() {
        return versions.kubernetes().minorVersion();
    }

    /** {@return the etcd that goes with the minor} */
    public String etcdVersion() {
        return versions.etcd();
    }

    /** {@return admission plugins, API versions of configuration files, defaults of the kubelet} */
    public Configuration configuration() {
        return configuration;
    }

    /** {@return the admission plugins that run unless disabled} */
    public Set<String> defaultAdmissionPlugins() {
        return configuration.admissionPlugins().entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Returns the API versions in which a kind of configuration is read.
     *
     * @param kind for example {@code ClusterConfiguration} or {@code AuthenticationConfiguration}
     * @return with their groups, for example {@code kubeadm.k8s.io/v1beta4}, the most stable first; empty for an unknown
     *     kind
     */
    public List<String> apiVersionsOf(String kind) {
        return configuration.apiVersions().getOrDefault(kind, List.of());
    }

    /** {@return the feature gates of all programs, sorted by name} */
    public SortedMap<String, Gate> gates() {
        return gates.get();
    }

    /**
     * Finds a feature gate.
     *
     * @param name for example {@code ClusterTrustBundle}
     * @return the gate, if any program knows it
     */
    public Optional<Gate> gate(String name) {
        return Optional.ofNullable(gates().get(name));
    }

    /**
     * Returns the flags of a program.
     *
     * @param component whose
     * @return sorted by name
     */
    public SortedMap<String, Flag> flags(Component component) {
        return flags.get().getOrDefault(component, Collections.emptySortedMap());
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

    /** Returns the name of the release, for example {@code Kubernetes 1.36}. */
    @Override
    public String toString() {
        return "Kubernetes " + minor();
    }

    private static <T> SortedMap<String, T> sorted(Map<String, T> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /** Remembers what was supplied; what throws is asked again. */
    private static final class Once<T> implements Supplier<T> {
        private final Supplier<T> source;
        private @Nullable T value;

        Once(Supplier<T> source) {
            this.source = source;
        }

        @Override
        public synchronized T get() {
            if (value == null) {
                value = source.get();
            }
            return value;
        }
    }
}
