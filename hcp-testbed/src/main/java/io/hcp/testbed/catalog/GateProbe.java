package io.hcp.testbed.catalog;

import io.hcp.api.model.Component;
import io.hcp.core.internal.catalog.Gate;
import io.hcp.core.internal.catalog.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds every feature gate of a release. Programs of Kubernetes list theirs in their metrics, where stage GA is an empty
 * text; their help texts leave out that stage and DEPRECATED, and have to agree on the others. etcd has its help text alone.
 */
final class GateProbe {
    private static final Pattern METRIC = Pattern.compile(
            "^kubernetes_feature_enabled\\{name=\"(\\w+)\",stage=\"(\\w*)\"} ([01])$", Pattern.MULTILINE);

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
                name, new Gate(name, line.stage(), line.enabledByDefault(), false, Set.of(component), Set.of()));
        if (known.stage() != line.stage()) {
            throw new IllegalStateException(component + " has " + name + " as " + line + ", others as " + known);
        }
        Set<Component> components = EnumSet.of(component);
        components.addAll(known.components());
        Set<Component> exceptions = new HashSet<>(known.exceptions());
        if (line.enabledByDefault() != known.enabledByDefault()) {
            exceptions.add(component);
        }
        gates.put(name, new Gate(name, line.stage(), known.enabledByDefault(), false, components, exceptions));
    }

    /** Sets the gate to the opposite of its default. The programs lack what they need to start, so they end at once. */
    private Gate withLock(Gate gate) {
        Component component = gate.components().stream()
                .sorted(GateProbe::etcdLast)
                .findFirst()
                .orElseThrow();
        List<String> arguments =
                new ArrayList<>(List.of("--feature-gates=" + gate.name() + "=" + !gate.enabledByDefault()));
        if (component == Component.ETCD) {
            arguments.add("--no-such-flag");
        }
        String output = programs.run(component.binaryName(), arguments).output();
        if (output.contains("unrecognized feature gate")) {
            throw new IllegalStateException(component + " does not know its own gate " + gate.name() + ": " + output);
        }
        boolean locked = output.contains("feature is locked to " + gate.enabledByDefault());
        return new Gate(
                gate.name(), gate.stage(), gate.enabledByDefault(), locked, gate.components(), gate.exceptions());
    }

    private static int etcdLast(Component a, Component b) {
        return Boolean.compare(a == Component.ETCD, b == Component.ETCD);
    }
}
