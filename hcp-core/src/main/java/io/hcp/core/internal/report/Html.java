package io.hcp.core.internal.report;

import java.util.Locale;

/** HTML that is written in order. Text is escaped; tags are those of this package. */
final class Html {
    private static final int UNIT = 1024;
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private final StringBuilder html = new StringBuilder();

    /** Writes tags as they are. */
    Html tag(String tag) {
        html.append(tag);
        return this;
    }

    Html text(String text) {
        html.append(escaped(text));
        return this;
    }

    /** Writes a cell of a table. */
    Html cell(String text) {
        return tag("<td>").text(text).tag("</td>");
    }

    /** Writes the cell of a number. */
    Html number(String text) {
        return tag("<td class=n>").text(text).tag("</td>");
    }

    /** Writes the head of a table. */
    Html head(String... columns) {
        tag("<table><thead><tr>");
        for (String column : columns) {
            tag("<th>").text(column).tag("</th>");
        }
        return tag("</tr></thead><tbody>\n");
    }

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(letter);
            }
        }
        return escaped.toString();
    }

    static String decimal(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    static String bytes(long bytes) {
        double left = (double) bytes;
        int unit = 0;
        while (left >= UNIT && unit < UNITS.length - 1) {
            left /= UNIT;
            unit++;
        }
        return String.format(Locale.ROOT, left < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", left, UNITS[unit]);
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
