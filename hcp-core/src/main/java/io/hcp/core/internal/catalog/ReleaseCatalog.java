package io.hcp.core.internal.catalog;

import io.hcp.api.model.Component;
import io.hcp.api.model.KubernetesVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The Kubernetes minors that this library knows. Thread-safe. A minor is read when it is first asked for, and kept.
 *
 * @see Release
 */
public final class ReleaseCatalog {
    private static final ReleaseCatalog BUNDLED =
            new ReleaseCatalog(List.of("1.34", "1.35", "1.36", "1.37"), ReleaseCatalog::resource);

    private final List<String> minors;
    private final Function<String, String> source;
    private final Map<String, Release> releases = new ConcurrentHashMap<>();

    /**
     * Makes a catalog.
     *
     * @param minors oldest first
     * @param source gives the data of a minor, as YAML
     */
    ReleaseCatalog(List<String> minors, Function<String, String> source) {
        this.minors = List.copyOf(minors);
        this.source = source;
    }

    /** {@return the catalog that comes with the library, the same one each time} */
    public static ReleaseCatalog bundled() {
        return BUNDLED;
    }

    /** {@return the minors, oldest first} */
    public Set<String> minors() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(minors));
    }

    /**
     * Finds the release that a version belongs to.
     *
     * @param version any version
     * @return its release, if this library knows the minor
     * @throws IllegalStateException if the data of the minor is damaged, which is a fault of the library
     */
    public Optional<Release> find(KubernetesVersion version) {
        return minors.contains(version.minorVersion()) ? Optional.of(load(version.minorVersion())) : Optional.empty();
    }

    /** {@return the names of the feature gates of all minors} */
    public Set<String> gates() {
        Set<String> names = new TreeSet<>();
        minors.forEach(minor -> names.addAll(load(minor).gates().keySet()));
        return names;
    }

    /**
     * Tells when a feature gate came.
     *
     * @param gate its name
     * @return the first minor of the catalog that knows it; the oldest one stands for any time before
     */
    public Optional<String> gateIntroducedIn(String gate) {
        return introducedIn(release -> release.gate(gate).isPresent());
    }

    /**
     * Tells when a feature gate went that a version does not know any more.
     *
     * @param gate its name
     * @param version any version
     * @return the first minor that lacked it, if an earlier minor of the catalog knew it and the version's does not
     */
    public Optional<String> gateRemovedIn(String gate, KubernetesVersion version) {
        return removedIn(version, release -> release.gate(gate).isPresent());
    }

    /**
     * Tells when a flag came.
     *
     * @param component whose
     * @param flag its name without the leading dashes
     * @return the first minor of the catalog that has it; the oldest one stands for any time before
     */
    public Optional<String> flagIntroducedIn(Component component, String flag) {
        return introducedIn(release -> release.flag(component, flag).isPresent());
    }

    /**
     * Tells when a flag went that a version does not have any more.
     *
     * @param component whose
     * @param flag its name without the leading dashes
     * @param version any version
     * @return the first minor that lacked it, if an earlier minor of the catalog had it and the version's has not
     */
    public Optional<String> flagRemovedIn(Component component, String flag, KubernetesVersion version) {
        return removedIn(version, release -> release.flag(component, flag).isPresent());
    }

    private Optional<String> introducedIn(Predicate<Release> has) {
        return minors.stream().filter(minor -> has.test(load(minor))).findFirst();
    }

    private Optional<String> removedIn(KubernetesVersion version, Predicate<Release> has) {
        for (int i = minors.indexOf(version.minorVersion()); i > 0; i--) {
            if (has.test(load(minors.get(i)))) {
                return Optional.empty();
            }
            if (has.test(load(minors.get(i - 1)))) {
                return Optional.of(minors.get(i));
            }
        }
        return Optional.empty();
    }

    private Release load(String minor) {
        return releases.computeIfAbsent(minor, name -> ReleaseYaml.read(name, source.apply(name)));
    }

    private static String resource(String minor) {
        String name = "kubernetes-" + minor + ".yaml";
        try (InputStream in = ReleaseCatalog.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name + " is not readable", e);
        }
    }
}
