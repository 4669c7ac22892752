package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.Component;
import io.hcp.core.internal.catalog.Gate;
import io.hcp.core.internal.catalog.Release;
import io.hcp.core.internal.catalog.Stage;
import io.hcp.core.internal.spec.form.Problems;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Gates that are on while another that they require is off: since 1.35 no program of Kubernetes starts with such.
 * As {@code unsafeSetFromMap} of {@code k8s.io/component-base/featuregate} does it, for each program by itself.
 */
final class GateDependencies {
    private static final String REFUSED = "FeatureGateRequires";

    private final Release release;
    private final Map<String, Boolean> set;
    private final SortedMap<String, Conflict> byCause = new TreeMap<>();

    private GateDependencies(Release release, Map<String, Boolean> set) {
        this.release = release;
        this.set = set;
    }

    /** What one gate that the user set leads to: gates that are on, and gates they require that are off. */
    private record Conflict(SortedSet<String> dependents, SortedSet<String> missing, boolean onOtherwise) {}

    /** Notes one problem for each gate that the user set and that leads to a conflict. */
    static void check(Release release, Map<String, Boolean> set, String path, Problems problems) {
        if (set.isEmpty()) {
            return;
        }
        GateDependencies dependencies = new GateDependencies(release, set);
        for (Component component : Component.values()) {
            dependencies.find(component);
        }
        dependencies.byCause.forEach((cause, conflict) -> problems.add(
                REFUSED,
                path + "[" + cause + "]",
                set.getOrDefault(cause, false),
                dependencies.remedy(cause, conflict)));
    }

    private void find(Component component) {
        release.gates().values().stream()
                .filter(gate -> on(gate, component))
                .forEach(dependent -> missing(dependent, component)
                        .forEach(required -> cause(dependent, required, component)
                                .ifPresent(cause -> note(cause, dependent, required, component))));
    }

    private void note(Gate cause, Gate dependent, Gate required, Component component) {
        Conflict conflict = byCause.computeIfAbsent(
                cause.name(), name -> new Conflict(new TreeSet<>(), new TreeSet<>(), unset(cause, component)));
        addMissing(required, component, conflict.missing());
        addDependents(dependent, component, conflict.dependents());
    }

    /** Whoever follows the remedy should not meet the next problem of a chain. */
    private void addMissing(Gate required, Component component, Set<String> names) {
        if (names.add(required.name())) {
            missing(required, component).forEach(next -> addMissing(next, component, names));
        }
    }

    private void addDependents(Gate dependent, Component component, Set<String> names) {
        if (names.add(dependent.name())) {
            release.gates().values().stream()
                    .filter(gate -> gate.requires().contains(dependent.name()) && on(gate, component))
                    .forEach(next -> addDependents(next, component, names));
        }
    }

    private Stream<Gate> missing(Gate dependent, Component component) {
        return dependent.requires().stream()
                .flatMap(name -> release.gate(name).stream())
                .filter(required -> required.components().contains(component) && !on(required, component));
    }

    /** No default is in conflict with another, so it is a gate that the user set. */
    private Optional<Gate> cause(Gate dependent, Gate required, Component component) {
        if (isSet(dependent, component)) {
            return Optional.of(dependent);
        }
        if (isSet(required, component)) {
            return Optional.of(required);
        }
        return dependent.enabledByDefault(component) ? ofItsStage(required) : ofItsStage(dependent);
    }

    private boolean on(Gate gate, Component component) {
        return gate.components().contains(component)
                && (isSet(gate, component) ? set.getOrDefault(gate.name(), false) : unset(gate, component));
    }

    /** Being set to what a lock forbids is another problem. */
    private boolean isSet(Gate gate, Component component) {
        Boolean value = set.get(gate.name());
        return value != null && !(gate.locked() && value != gate.enabledByDefault(component));
    }

    private boolean unset(Gate gate, Component component) {
        return ofItsStage(gate)
                .map(all -> set.getOrDefault(all.name(), false))
                .orElseGet(() -> gate.enabledByDefault(component));
    }

    /** The gate that sets all those of a stage that are not set themselves, if the user set it. */
    private Optional<Gate> ofItsStage(Gate gate) {
        Optional<String> all = gate.stage() == Stage.ALPHA
                ? Optional.of("AllAlpha")
                : gate.stage() == Stage.BETA ? Optional.of("AllBeta") : Optional.empty();
        return all.filter(name -> set.containsKey(name) && !name.equals(gate.name()))
                .flatMap(release::gate);
    }

    private String remedy(String cause, Conflict conflict) {
        String enable = "enable " + String.join(", ", conflict.missing());
        String disable = "disable " + String.join(", ", conflict.dependents());
        if (conflict.missing().contains(cause)) {
            return (conflict.onOtherwise() ? "leave it out" : "enable it") + ", or " + disable
                    + " as well: without it they do not run";
        }
        if (conflict.dependents().contains(cause)) {
            return enable + " as well, or " + (conflict.onOtherwise() ? disable : "leave it out");
        }
        return enable + " as well, or " + disable + ", or leave it out";
    }
}
