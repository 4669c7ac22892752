package io.hcp.testbed.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Facts about a control plane, in sections, as text that can be reviewed and compared. Not thread-safe.
 *
 * <pre>{@code
 * [kube-apiserver]
 * --advertise-address = 192.0.2.1
 * }</pre>
 */
public final class FactSheet {
    private static final String SEPARATOR = " = ";

    private final SortedMap<String, SortedMap<String, String>> sections = new TreeMap<>();

    /**
     * Adds a fact.
     *
     * @param section what it is about
     * @param key what about that, without {@code " = "}
     * @param value in one line; if empty, {@code ""} is kept, so that no line ends with a blank
     */
    public void add(String section, String key, String value) {
        sections.computeIfAbsent(section, name -> new TreeMap<>()).put(key, value.isEmpty() ? "\"\"" : value);
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @param text lines; those that begin with {@code #} do not count
     * @return the facts
     */
    public static FactSheet parse(String text) {
        FactSheet sheet = new FactSheet();
        String section = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                int separator = line.indexOf(SEPARATOR);
                if (separator < 0) {
                    throw new IllegalArgumentException("\"" + line + "\" is no fact");
                }
                sheet.add(section, line.substring(0, separator), line.substring(separator + SEPARATOR.length()));
            }
        }
        return sheet;
    }

    /**
     * Compares the facts of kubeadm with those of this library.
     *
     * @param own the facts of this library
     * @return a line for each difference; a section that only one of them has is one difference
     */
    public List<String> differences(FactSheet own) {
        List<String> differences = new ArrayList<>();
        for (String section : union(sections, own.sections)) {
            SortedMap<String, String> theirs = sections.get(section);
            SortedMap<String, String> ours = own.sections.get(section);
            if (theirs == null || ours == null) {
                differences.add(section + ": only " + (ours == null ? "kubeadm" : "hcp"));
                continue;
            }
            for (String key : union(theirs, ours)) {
                String expected = theirs.getOrDefault(key, "nothing");
                String actual = ours.getOrDefault(key, "nothing");
                if (!expected.equals(actual)) {
                    differences.add("%s %s: kubeadm %s, hcp %s".formatted(section, key, expected, actual));
                }
            }
        }
        return differences;
    }

    private static List<String> union(SortedMap<String, ?> some, SortedMap<String, ?> others) {
        SortedMap<String, Object> all = new TreeMap<>(some);
        all.putAll(others);
        return List.copyOf(all.keySet());
    }

    /** Returns the facts as text, sorted. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        sections.forEach((section, facts) -> {
            text.append('[').append(section).append("]\n");
            facts.forEach((key, value) ->
                    text.append(key).append(SEPARATOR).append(value).append('\n'));
            text.append('\n');
        });
        return text.toString();
    }
}
