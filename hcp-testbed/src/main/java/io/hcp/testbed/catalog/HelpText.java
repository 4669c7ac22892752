package io.hcp.testbed.catalog;

import io.hcp.core.internal.catalog.Flag;
import io.hcp.core.internal.catalog.Stage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what {@code --help} prints. Pure. */
final class HelpText {
    /** {@code "  -v, --v Level      number for the log level"}; no type means a flag that is set or not. */
    private static final Pattern FLAG =
            Pattern.compile("^ +(?:-\\w, )?--([a-z0-9][a-z0-9.-]*)(?: (\\S+?)(?:\\[=\\S*])?)?(?: {3,}(.*))?$");

    /** {@code "  --name 'default'"} or {@code "  etcd --config-file"}. */
    private static final Pattern ETCD_FLAG = Pattern.compile("^  (?:etcd )?--([a-z0-9][a-z0-9-]*)(?: .*)?$");

    private static final Pattern GATE = Pattern.compile(
            "(?:^|[ :])([A-Z][A-Za-z0-9]+)=true\\|false \\((ALPHA|BETA|DEPRECATED) - default=(true|false)\\)");

    /** Not the stage of a feature gate, which is followed by a hyphen. */
    private static final Pattern DEPRECATED = Pattern.compile("^DEPRECATED:|\\(DEPRECATED: ");

    private static final Pattern ETCD_DEPRECATED = Pattern.compile("Deprecated (in v|and scheduled)");
    private static final Pattern DEFAULT_PLUGINS = Pattern.compile("default enabled ones \\(([^)]*)\\)");
    private static final Pattern ALL_PLUGINS =
            Pattern.compile("default enabled ones .*Comma-delimited list of admission plugins: ([^.]*)\\.");

    private HelpText() {}

    /**
     * What the help text tells about a feature gate; those in stage GA are not in it.
     *
     * @param stage how mature it is
     * @param enabledByDefault what it is unless set
     */
    record GateLine(Stage stage, boolean enabledByDefault) {}

    /**
     * Finds the flags of a program of Kubernetes.
     *
     * @param help what {@code --help} prints
     * @return by name
     */
    static SortedMap<String, Flag> flags(String help) {
        SortedMap<String, Flag> flags = new TreeMap<>();
        blocks(help, FLAG).forEach((line, text) -> {
            Matcher matcher = FLAG.matcher(line);
            if (matcher.matches()) {
                String type = matcher.group(2) == null ? Flag.BOOL : matcher.group(2);
                String usage = matcher.group(3) == null ? "" : matcher.group(3);
                boolean deprecated = DEPRECATED.matcher(usage).find()
                        || DEPRECATED.matcher(text).find();
                flags.put(matcher.group(1), new Flag(matcher.group(1), type, deprecated));
            }
        });
        return flags;
    }

    /**
     * Finds the flags of etcd, all of type {@link Flag#VALUE}.
     *
     * @param help what {@code --help} prints
     * @return by name
     */
    static SortedMap<String, Flag> etcdFlags(String help) {
        SortedMap<String, Flag> flags = new TreeMap<>();
        blocks(help, ETCD_FLAG).forEach((line, text) -> {
            Matcher matcher = ETCD_FLAG.matcher(line);
            if (matcher.matches()) {
                boolean deprecated = ETCD_DEPRECATED.matcher(text).find();
                flags.put(matcher.group(1), new Flag(matcher.group(1), Flag.VALUE, deprecated));
            }
        });
        return flags;
    }

    /**
     * Finds the feature gates.
     *
     * @param help what {@code --help} of any program prints
     * @return by name
     */
    static SortedMap<String, GateLine> gates(String help) {
        SortedMap<String, GateLine> gates = new TreeMap<>();
        Matcher matcher = GATE.matcher(help);
        while (matcher.find()) {
            // Some lines go on with the default under another --min-compatibility-version.
            gates.putIfAbsent(
                    matcher.group(1),
                    new GateLine(Stage.valueOf(matcher.group(2)), Boolean.parseBoolean(matcher.group(3))));
        }
        return gates;
    }

    /**
     * Finds the admission plugins.
     *
     * @param help what {@code kube-apiserver --help} prints
     * @return by name, true if enabled by default
     */
    static SortedMap<String, Boolean> admissionPlugins(String help) {
        Set<String> enabled = names(DEFAULT_PLUGINS, help);
        return names(ALL_PLUGINS, help).stream()
                .collect(Collectors.toMap(name -> name, enabled::contains, (a, b) -> a, TreeMap::new));
    }

    private static Set<String> names(Pattern list, String help) {
        Matcher matcher = list.matcher(help);
        if (!matcher.find()) {
            throw new IllegalArgumentException("the help text has no admission plugins");
        }
        return new TreeSet<>(Arrays.asList(matcher.group(1).split(", ", -1)));
    }

    /** The first line of each flag, with the lines that follow it. */
    private static Map<String, String> blocks(String help, Pattern first) {
        Map<String, String> blocks = new LinkedHashMap<>();
        String current = "";
        for (String line : help.lines().toList()) {
            if (first.matcher(line).matches()) {
                current = line;
                blocks.put(line, "");
            } else if (!current.isEmpty()) {
                blocks.merge(current, line + "\n", String::concat);
            }
        }
        return blocks;
    }
}
