package io.hcp.core.internal.usage;

import java.util.HashMap;
import java.util.Map;

/**
 * One sample of the Prometheus text format.
 *
 * @param labels by name
 * @param value the value
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format">Text-based format</a>
 */
record MetricLine(Map<String, String> labels, double value) {
    /** Returns the name at the beginning of a line; empty for comments and lines that are no sample. */
    static String name(String line) {
        int end = 0;
        while (end < line.length() && isNamePart(line.charAt(end))) {
            end++;
        }
        return line.substring(0, end);
    }

    private static boolean isNamePart(char letter) {
        return letter == '_'
                || letter == ':'
                || (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9');
    }

    /**
     * Reads what comes after the name.
     *
     * @param line the whole line
     * @param name its name
     * @return the sample
     * @throws IllegalArgumentException if it is not of the format
     */
    static MetricLine after(String name, String line) {
        Map<String, String> labels = new HashMap<>();
        int at = blanks(line, name.length());
        if (at < line.length() && line.charAt(at) == '{') {
            at = labels(line, at + 1, labels);
        }
        String[] rest = line.substring(at).strip().split("\\s+", 2); // a timestamp may follow
        return new MetricLine(labels, number(rest[0]));
    }

    private static int blanks(String line, int from) {
        int at = from;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    /** Reads labels up to the closing brace, and returns the place behind it. */
    private static int labels(String line, int from, Map<String, String> labels) {
        int at = blanks(line, from);
        while (at < line.length() && line.charAt(at) != '}') {
            int equals = line.indexOf("=\"", at);
            if (equals < 0) {
                throw new IllegalArgumentException("a label has no value");
            }
            StringBuilder value = new StringBuilder();
            int end = value(line, equals + 2, value);
            labels.put(line.substring(at, equals).strip(), value.toString());
            at = blanks(line, end + 1);
            if (at < line.length() && line.charAt(at) == ',') {
                at = blanks(line, at + 1);
            }
        }
        if (at >= line.length()) {
            throw new IllegalArgumentException("labels do not end");
        }
        return at + 1;
    }

    /** Reads a value up to its closing quote, and returns the quote's place. */
    private static int value(String line, int from, StringBuilder value) {
        for (int at = from; at < line.length(); at++) {
            char letter = line.charAt(at);
            if (letter == '"') {
                return at;
            }
            if (letter == '\\' && at + 1 < line.length()) {
                at++;
                letter = line.charAt(at) == 'n' ? '\n' : line.charAt(at);
            }
            value.append(letter);
        }
        throw new IllegalArgumentException("a value does not end");
    }

    static double number(String text) {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
