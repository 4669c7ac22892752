package io.hcp.api.model;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as Kubernetes writes it. Immutable and thread-safe; it keeps the way it was written, and is equal to
 * every other quantity of the same number.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">Quantity</a>
 */
public final class Quantity implements Comparable<Quantity> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P)?");
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("k", 1_000L),
            Map.entry("M", 1_000_000L),
            Map.entry("G", 1_000_000_000L),
            Map.entry("T", 1_000_000_000_000L),
            Map.entry("P", 1_000_000_000_000_000L),
            Map.entry("Ki", 1L << 10),
            Map.entry("Mi", 1L << 20),
            Map.entry("Gi", 1L << 30),
            Map.entry("Ti", 1L << 40),
            Map.entry("Pi", 1L << 50));

    private final String text;
    private final long bytes;

    private Quantity(String text, long bytes) {
        this.text = text;
        this.bytes = bytes;
    }

    /**
     * Reads a quantity.
     *
     * @param text a number of bytes, with or without unit, for example {@code 8Gi}, {@code 500M}, {@code 1.5Gi}; a part of a byte
     *     is rounded up, as in Kubernetes
     * @return the quantity
     * @throws InvalidSpecException with code {@code QuantityInvalid} if it is none
     */
    public static Quantity parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            long unit = matcher.group(2) == null ? 1 : UNITS.getOrDefault(matcher.group(2), 1L);
            try {
                return new Quantity(
                        text,
                        new BigDecimal(matcher.group(1))
                                .multiply(BigDecimal.valueOf(unit))
                                .setScale(0, RoundingMode.CEILING)
                                .longValueExact());
            } catch (ArithmeticException e) {
                throw invalid(text);
            }
        }
        throw invalid(text);
    }

    private static InvalidSpecException invalid(String text) {
        return new InvalidSpecException(Problem.of(
                "QuantityInvalid",
                "",
                text,
                "write a whole number of bytes, with or without unit, for example 8Gi, 500Mi or 1073741824"));
    }

    /** {@return the number of bytes} */
    public long bytes() {
        return bytes;
    }

    @Override
    public int compareTo(Quantity other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity that && bytes == that.bytes;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(bytes);
    }

    /** Returns the quantity as it was written, for example {@code 8Gi}. */
    @Override
    public String toString() {
        return text;
    }
}
