package io.hcp.testbed.catalog;

import io.hcp.api.model.Component;
import io.hcp.core.internal.catalog.Flag;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds every flag of a program: those of its help text, and those that the text leaves out, which programs of
 * Kubernetes name in their log when they start.
 */
final class FlagProbe {
    private static final Pattern LOGGED = Pattern.compile("FLAG: --([a-z0-9.-]+)=\"(.*)\"$", Pattern.MULTILINE);

    private final ReleasePrograms programs;

    FlagProbe(ReleasePrograms programs) {
        this.programs = programs;
    }

    SortedMap<String, Flag> flags(Component component, String help) {
        return component == Component.ETCD ? etcdFlags(help) : kubernetesFlags(component.binaryName(), help);
    }

    /** The program lacks what it needs to start, so it ends after it has logged its flags. */
    private SortedMap<String, Flag> kubernetesFlags(String program, String help) {
        SortedMap<String, Flag> flags = new TreeMap<>(HelpText.flags(help));
        Matcher logged = LOGGED.matcher(programs.run(program, List.of("--v=1")).output());
        int count = 0;
        while (logged.find()) {
            count++;
            String name = logged.group(1);
            if (!flags.containsKey(name)) {
                flags.put(name, new Flag(name, Flag.HIDDEN, isDeprecated(program, name, logged.group(2))));
            }
        }
        if (count != flags.size()) {
            throw new IllegalStateException(
                    program + " logged " + count + " flags, but with those of its help text there are " + flags.size());
        }
        return flags;
    }

    private boolean isDeprecated(String program, String flag, String value) {
        return programs.run(program, List.of("--" + flag + "=" + value))
                .output()
                .contains("Flag --" + flag + " has been deprecated");
    }

    /**
     * The help text has no types; the error for a wrong value tells what is a {@code bool}. It also names flags that
     * are gone, for example {@code discovery} in 3.7.
     */
    private SortedMap<String, Flag> etcdFlags(String help) {
        SortedMap<String, Flag> flags = new TreeMap<>();
        HelpText.etcdFlags(help).forEach((name, flag) -> {
            String output = programs.run("etcd", List.of("--" + name + "=~", "--no-such-flag"))
                    .output();
            if (!output.contains("flag provided but not defined: -" + name + "\n")) {
                boolean bool = output.contains("invalid boolean value");
                flags.put(name, bool ? new Flag(name, Flag.BOOL, flag.deprecated()) : flag);
            }
        });
        return flags;
    }
}
