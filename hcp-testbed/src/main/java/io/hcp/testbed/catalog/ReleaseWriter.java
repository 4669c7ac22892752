package io.hcp.testbed.catalog;

import io.hcp.api.model.Component;
import io.hcp.core.internal.catalog.Flag;
import io.hcp.core.internal.catalog.Gate;
import io.hcp.core.internal.catalog.Release;
import io.hcp.core.internal.catalog.Versions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes the data file of a release, one fact a line, in an order that depends on the release alone. Pure. */
final class ReleaseWriter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

    private ReleaseWriter() {}

    static String write(Release release) {
        StringBuilder text = new StringBuilder();
        Versions versions = release.versions();
        text.append("# Made by \"examples/run regenerate-catalog ")
                .append(release.minor())
                .append("\" from the real programs: see docs/design/006-release-catalog.md.\nversions:\n");
        line(text, "kubernetes", quoted(versions.kubernetes().toString()));
        line(text, "etcd", quoted(versions.etcd()));
        line(text, "coredns", quoted(versions.coreDns()));
        line(text, "pause", quoted(versions.pause()));
        text.append("apiVersions:\n");
        release.configuration().apiVersions().forEach((kind, known) -> line(text, kind, list(known)));
        text.append("kubeletDefaults:\n")
                .append(indented(release.configuration().kubeletDefaults()));
        text.append("admissionPlugins: # true: enabled by default\n");
        release.configuration().admissionPlugins().forEach((name, enabled) -> line(text, name, enabled.toString()));
        text.append("---\ngates: # of all three programs of Kubernetes unless components are named;"
                + " exceptions have the opposite default\n");
        release.gates().values().forEach(gate -> line(text, gate.name(), gate(gate)));
        text.append("---\nflags:\n");
        for (Component component : Component.values()) {
            text.append("  ").append(component.binaryName()).append(":\n");
            release.flags(component).values().forEach(flag -> line(text, "  " + flag.name(), flag(flag)));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append("  ").append(key).append(": ").append(value).append('\n');
    }

    private static String gate(Gate gate) {
        boolean everywhere = gate.components()
                .equals(EnumSet.of(
                        Component.KUBE_APISERVER, Component.KUBE_CONTROLLER_MANAGER, Component.KUBE_SCHEDULER));
        return "{stage: %s, default: %s, locked: %s%s%s%s}"
                .formatted(
                        gate.stage(),
                        gate.enabledByDefault(),
                        gate.locked(),
                        everywhere ? "" : ", components: " + names(gate.components()),
                        gate.exceptions().isEmpty() ? "" : ", exceptions: " + names(gate.exceptions()),
                        gate.requires().isEmpty() ? "" : ", requires: " + list(List.copyOf(gate.requires())));
    }

    private static String names(Set<Component> components) {
        return list(components.stream().sorted().map(Component::binaryName).toList());
    }

    private static String flag(Flag flag) {
        String type = PLAIN.matcher(flag.type()).matches() ? flag.type() : quoted(flag.type());
        return "{type: " + type + (flag.deprecated() ? ", deprecated: true}" : "}");
    }

    private static String list(List<String> items) {
        return items.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String indented(Map<String, Object> map) {
        DumpSettings settings =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        return new Dump(settings)
                .dumpToString(map)
                .lines()
                .map(line -> "  " + line + "\n")
                .collect(Collectors.joining());
    }
}
