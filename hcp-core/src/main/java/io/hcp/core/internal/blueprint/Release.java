package io.hcp.core.internal.blueprint;

import io.hcp.api.model.KubernetesVersion;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one Kubernetes minor is made of.
 *
 * @param minor the minor, for example {@code 1.36}
 * @param etcdVersion the etcd that goes with it; at least 3.6, since older ones have no watch progress requests
 */
public record Release(String minor, String etcdVersion) {
    private static final Map<String, Release> RELEASES = Map.of("1.36", new Release("1.36", "3.6.16"));

    /**
     * Finds the release that a version belongs to.
     *
     * @param version any version
     * @return its release, if this library knows it
     */
    public static Optional<Release> of(KubernetesVersion version) {
        return Optional.ofNullable(RELEASES.get(version.minorVersion()));
    }

    /**
     * Returns the minors that this library knows.
     *
     * @return sorted
     */
    public static Set<String> minors() {
        return new TreeSet<>(RELEASES.keySet());
    }
}
