package io.hcp.testbed.pods;

import io.hcp.testbed.Kubectl;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints what kubectl shows.
 *
 * @param kubectl of the under cluster's administrator
 * @param namespace where the tenants are
 */
record Screen(Kubectl kubectl, String namespace) {
    private static final int LINES_OF_CONDITIONS = 13;

    /** Prints a command and what it printed. */
    String show(String... arguments) {
        String output = run(arguments);
        print(String.join(" ", arguments), output);
        return output;
    }

    /** Prints the conditions that {@code kubectl describe} shows. */
    String conditions(String tenant) {
        String described = run("describe", "tcp", tenant);
        String conditions = described
                .substring(described.indexOf("  Conditions:"))
                .lines()
                .limit(LINES_OF_CONDITIONS)
                .collect(Collectors.joining("\n"));
        print("describe tcp " + tenant, conditions);
        return conditions;
    }

    private String run(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.add("--namespace=" + namespace);
        return kubectl.run(words.toArray(String[]::new)).orThrow();
    }

    private static void print(String command, String output) {
        System.out.println("  $ kubectl " + command + "\n" + output.indent(4).stripTrailing());
    }

    static String line(String output) {
        return String.join(" ", output.lines().toList());
    }

    static void tell(String what) {
        System.out.println("  " + what);
    }
}
