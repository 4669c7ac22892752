package io.hcp.testbed.bench;

import java.util.List;
import java.util.Locale;

/**
 * How long something took beside a floor or peer, in seconds, measured in turns in one run.
 *
 * @param ours each of our times
 * @param theirs each of theirs
 */
public record Ratio(List<Double> ours, List<Double> theirs) {
    /** Copies the lists, keeping nothing of the caller's. */
    public Ratio {
        ours = List.copyOf(ours);
        theirs = List.copyOf(theirs);
    }

    /** {@return our median divided by theirs} */
    public double ofMedians() {
        return median(ours) / median(theirs);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static String describe(List<Double> values) {
        return String.format(
                Locale.ROOT,
                "median %.3f s (%.3f to %.3f, n=%d)",
                median(values),
                values.stream().mapToDouble(v -> v).min().orElse(Double.NaN),
                values.stream().mapToDouble(v -> v).max().orElse(Double.NaN),
                values.size());
    }

    /**
     * Describes the measurement in three lines.
     *
     * @param our what ours is
     * @param their what theirs is
     * @return text
     */
    public String describe(String our, String their) {
        int width = Math.max(our.length(), their.length());
        return String.format(
                Locale.ROOT,
                "  %-" + width + "s  %s%n  %-" + width + "s  %s%n  %-" + width + "s  %.2f",
                our,
                describe(ours),
                their,
                describe(theirs),
                "ratio of medians",
                ofMedians());
    }
}
