package io.hcp.api.model;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of processor time as Kubernetes writes it: {@code 1} is one core, {@code 100m} a tenth of one. Immutable and
 * thread-safe; it keeps the way it was written, and is equal to every other text of the same amount.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-cpu">Meaning of
 *     CPU</a>
 */
public final class Cpu implements Comparable<Cpu> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})m|(\\d{1,6}(?:\\.\\d{1,3})?)");

    private final String text;
    private final long millis;

    private Cpu(String text, long millis) {
        this.text = text;
        this.millis = millis;
    }

    /**
     * Reads an amount.
     *
     * @param text a number of cores, or of thousandths with {@code m}, for example {@code 2}, {@code 0.5}, {@code 250m}
     * @return the amount
     * @throws InvalidSpecException with code {@code CpuInvalid} if it is none, or finer than a thousandth
     */
    public static Cpu parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidSpecException(Problem.of(
                    "CpuInvalid",
                    "",
                    text,
                    "write a number of cores, or of thousandths of one, for example 2, 0.5 or 250m"));
        }
        return matcher.group(1) != null
                ? new Cpu(text, Long.parseLong(matcher.group(1)))
                : new Cpu(
                        text, new BigDecimal(matcher.group(2)).movePointRight(3).longValueExact());
    }

    /** {@return the number of thousandths of a core} */
    public long millis() {
        return millis;
    }

    @Override
    public int compareTo(Cpu other) {
        return Long.compare(millis, other.millis);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cpu that && millis == that.millis;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(millis);
    }

    /** Returns the amount as it was written, for example {@code 250m}. */
    @Override
    public String toString() {
        return text;
    }
}
