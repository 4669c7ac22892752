package io.hcp.testbed.catalog;

import io.hcp.api.model.Component;
import io.hcp.core.internal.catalog.Gate;
import io.hcp.core.internal.catalog.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds every feature gate of a release. Programs of Kubernetes list theirs in their metrics, where stage GA is an empty
 * text; their help texts leave out that stage and DEPRECATED, and have to agree on the others. etcd has its help text alone.
 */
final class GateProbe {
    private static final Pattern METRIC = Pattern.compile(
            "^kubernetes_feature_enabled\\{name=\"(\\w+)\",stage=\"(\\w*)\"} ([01])$", Pattern.MULTILINE);

    /** One program tells all that it misses in one line, in an order that differs from run to run. */
    private static final Pattern REQUIREMENTS =
            Pattern.compile("(\\w+) is enabled, but depends on features that are disabled: \\[([\\w ]+)]");

    private static final Set<String> OF_A_STAGE = Set.of("AllAlpha", "AllBeta");
    private static final Set<Component> KUBERNETES =
            EnumSet.of(Component.KUBE_APISERVER, Component.KUBE_CONTROLLER_MANAGER, Component.KUBE_SCHEDULER);

    private final ReleasePrograms programs;
    private final Map<Component, String> helpTexts;
    private final SortedMap<String, Gate> gates = new TreeMap<>();

    private GateProbe(ReleasePrograms programs, Map<Component, String> helpTexts) {
        this.programs = programs;
        this.helpTexts = helpTexts;
    }

    static SortedMap<String, Gate> gates(ReleasePrograms programs, Map<Component, String> helpTexts, Path directory)
            throws IOException, InterruptedException {
        GateProbe probe = new GateProbe(programs, helpTexts);
        try (BriefControlPlane controlPlane = new BriefControlPlane(programs, directory)) {
            for (Component component : KUBERNETES) {
                probe.addFromMetrics(component, controlPlane.metrics(component.binaryName()));
            }
        }
        HelpText.gates(helpTexts.getOrDefault(Component.ETCD, ""))
                .forEach((name, line) -> probe.add(Component.ETCD, name, line));
        probe.gates.replaceAll((name, gate) -> probe.withLock(gate));
        probe.gates.replaceAll((name, gate) -> probe.withRequirements(gate));
        return probe.gates;
    }

    /** Reads the gates of one program's metrics. */
    static SortedMap<String, HelpText.GateLine> metricGates(String metrics) {
        SortedMap<String, HelpText.GateLine> found = new TreeMap<>();
        Matcher matcher = METRIC.matcher(metrics);
        while (matcher.find()) {
            Stage stage = matcher.group(2).isEmpty() ? Stage.GA : Stage.valueOf(matcher.group(2));
            found.put(
                    matcher.group(1),
                    new HelpText.GateLine(stage, matcher.group(3).equals("1")));
        }
        return found;
    }

    private void addFromMetrics(Component component, String metrics) {
        SortedMap<String, HelpText.GateLine> fromMetrics = metricGates(metrics);
        fromMetrics.forEach((name, line) -> add(component, name, line));
        SortedMap<String, HelpText.GateLine> fromHelp = HelpText.gates(helpTexts.getOrDefault(component, ""));
        fromMetrics.values().removeIf(line -> line.stage() == Stage.GA || line.stage() == Stage.DEPRECATED);
        Set<Map.Entry<String, HelpText.GateLine>> inOneOnly = new HashSet<>(fromMetrics.entrySet());
        inOneOnly.addAll(fromHelp.entrySet());
        inOneOnly.removeIf(gate -> gate.getValue().equals(fromMetrics.get(gate.getKey()))
                && gate.getValue().equals(fromHelp.get(gate.getKey())));
        if (!inOneOnly.isEmpty()) {
            throw new IllegalStateException(
                    "the metrics and the help text of " + component + " do not agree about " + inOneOnly);
        }
    }

    /** The first program that knows a gate decides about its default; others can be exceptions. */
    private void add(Component component, String name, HelpText.GateLine line) {
        Gate known = gates.getOrDefault(
                name,
                new Gate(name, line.stage(), line.enabledByDefault(), false, Set.of(component), Set.of(), Set.of()));
        if (known.stage() != line.stage()) {
            throw new IllegalStateException(component + " has " + name + " as " + line + ", others as " + known);
        }
        Set<Component> components = EnumSet.of(component);
        components.addAll(known.components());
        Set<Component> exceptions = new HashSet<>(known.exceptions());
        if (line.enabledByDefault() != known.enabledByDefault()) {
            exceptions.add(component);
        }
        gates.put(
                name, new Gate(name, line.stage(), known.enabledByDefault(), false, components, exceptions, Set.of()));
    }

    /** Sets the gate to the opposite of its default. */
    private Gate withLock(Gate gate) {
        String output = outputWith(gate, gate.name() + "=" + !gate.enabledByDefault());
        boolean locked = output.contains("feature is locked to " + gate.enabledByDefault());
        return with(gate, locked, Set.of());
    }

    /**
     * Turns the gate on and all others off. Its opposite alone would not do: if a gate is off and what it requires is on,
     * as most often, neither of the two opposites is refused.
     */
    private Gate withRequirements(Gate gate) {
        if (gate.locked() || OF_A_STAGE.contains(gate.name())) {
            return gate;
        }
        Component component = program(gate);
        String values = gates.values().stream()
                .filter(other -> other.components().contains(component))
                .filter(other -> !other.locked() && !OF_A_STAGE.contains(other.name()))
                .map(other -> other.name() + "=" + other.name().equals(gate.name()))
                .collect(Collectors.joining(","));
        String output = outputWith(gate, values);
        if (output.contains("cannot set feature gate")) {
            throw new IllegalStateException(component + " refuses a gate that is not locked: " + output);
        }
        Set<String> required = requirements(output).getOrDefault(gate.name(), Collections.emptySortedSet());
        if (!gates.keySet().containsAll(required)) {
            throw new IllegalStateException(gate.name() + " requires an unknown gate: " + required);
        }
        return with(gate, gate.locked(), required);
    }

    /** Reads which gates miss which others. */
    static SortedMap<String, SortedSet<String>> requirements(String output) {
        SortedMap<String, SortedSet<String>> found = new TreeMap<>();
        Matcher matcher = REQUIREMENTS.matcher(output);
        while (matcher.find()) {
            Stream.of(matcher.group(2).split(" "))
                    .forEach(required -> found.computeIfAbsent(matcher.group(1), name -> new TreeSet<>())
                            .add(required));
        }
        return found;
    }

    /** Starts a program that knows the gate. It lacks what it needs to start, so it ends at once. */
    private String outputWith(Gate gate, String values) {
        Component component = program(gate);
        List<String> arguments = new ArrayList<>(List.of("--feature-gates=" + values));
        if (component == Component.ETCD) {
            arguments.add("--no-such-flag");
        }
        String output = programs.run(component.binaryName(), arguments).output();
        if (output.contains("unrecognized feature gate")) {
            throw new IllegalStateException(component + " does not know its own gate " + gate.name() + ": " + output);
        }
        return output;
    }

    private static Gate with(Gate gate, boolean locked, Set<String> requires) {
        return new Gate(
                gate.name(),
                gate.stage(),
                gate.enabledByDefault(),
                locked,
                gate.components(),
                gate.exceptions(),
                requires);
    }

    private static Component program(Gate gate) {
        return gate.components().stream()
                .sorted(GateProbe::etcdLast)
                .findFirst()
                .orElseThrow();
    }

    private static int etcdLast(Component a, Component b) {
        return Boolean.compare(a == Component.ETCD, b == Component.ETCD);
    }
}
