package io.hcp.core.internal.report;

import java.util.Locale;

/**
 * A bar that shows how much of something is used, with a mark for what is reserved.
 *
 * @param used what is used
 * @param reserved what is reserved; 0 for no mark
 * @param whole what the whole width stands for
 * @param title what it says in words
 */
record Bar(double used, double reserved, double whole, String title) {
    private static final int WIDTH = 120;

    static Bar ofBytes(long used, long reserved, long whole, String title) {
        return new Bar((double) used, (double) reserved, (double) whole, title);
    }

    /** {@return the picture as SVG} */
    String svg() {
        return String.format(
                Locale.ROOT,
                "<svg width=\"%d\" height=\"12\" role=\"img\"><title>%s</title><rect class=b width=\"%d\" height=\"12\"/>"
                        + "<rect class=u width=\"%.1f\" height=\"12\"/>%s</svg>",
                WIDTH,
                Html.escaped(title),
                WIDTH,
                at(used),
                mark());
    }

    private String mark() {
        return reserved > 0
                ? String.format(
                        Locale.ROOT,
                        "<rect class=r x=\"%.1f\" width=\"2\" height=\"12\"/>",
                        Math.max(0, at(reserved) - 2))
                : "";
    }

    private double at(double value) {
        return whole > 0 ? WIDTH * Math.min(1, Math.max(0, value / whole)) : 0;
    }
}
