package io.hcp.core.internal.spec.form;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go writes them, and so Kubernetes: {@code 8760h0m0s}, {@code 1.5s}, {@code 100ms}.
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">time.ParseDuration</a>
 */
final class GoDuration {
    private static final long NANOS = 1_000_000_000L;
    private static final Map<String, Long> UNITS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "\u00b5s",
            1_000L,
            "\u03bcs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            NANOS,
            "m",
            60 * NANOS,
            "h",
            3600 * NANOS);
    private static final String PART = "(\\d+\\.?\\d*|\\.\\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)";
    /** What the text matches as a whole. */
    static final String FORM = "[-+]?(?:0|(?:" + PART + ")+)";

    private static final Pattern WHOLE = Pattern.compile(FORM);
    private static final Pattern ONE = Pattern.compile(PART);
    static final int MAX_LENGTH = 100;

    private GoDuration() {}

    /**
     * Reads a duration.
     *
     * @param text numbers, each with its unit
     * @return the duration, at most about 292 years either way, as in Go
     * @throws InvalidSpecException with code {@code DurationInvalid} if it is none
     */
    static Duration parse(String text) {
        if (text.length() > MAX_LENGTH || !WHOLE.matcher(text).matches()) {
            throw invalid(text);
        }
        BigInteger nanos = BigInteger.ZERO;
        Matcher part = ONE.matcher(text);
        while (part.find()) {
            BigDecimal unit = BigDecimal.valueOf(UNITS.getOrDefault(part.group(2), 0L));
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit).toBigInteger());
        }
        if (nanos.bitLength() >= Long.SIZE) {
            throw invalid(text);
        }
        return Duration.ofNanos(text.startsWith("-") ? -nanos.longValueExact() : nanos.longValueExact());
    }

    private static InvalidSpecException invalid(String text) {
        return new InvalidSpecException(Problem.of(
                "DurationInvalid", "", text, "write numbers with units h, m, s or ms, for example 8760h or 100ms"));
    }

    /**
     * Writes a duration as Go's {@code Duration.String} does.
     *
     * @param duration any duration
     * @return for example {@code 1h0m0s}
     */
    static String format(Duration duration) {
        if (duration.isNegative()) {
            return "-" + format(duration.negated());
        }
        if (duration.isZero()) {
            return "0s";
        }
        if (duration.toSeconds() == 0) {
            return fraction(duration.toNanosPart());
        }
        long seconds = duration.toSeconds();
        String text = number(BigDecimal.valueOf(seconds % 60).add(BigDecimal.valueOf(duration.toNanosPart(), 9))) + "s";
        if (seconds >= 60) {
            text = seconds / 60 % 60 + "m" + text;
        }
        return seconds >= 3600 ? seconds / 3600 + "h" + text : text;
    }

    private static String fraction(int nanos) {
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        return nanos < 1_000_000
                ? number(BigDecimal.valueOf(nanos, 3)) + "\u00b5s"
                : number(BigDecimal.valueOf(nanos, 6)) + "ms";
    }

    private static String number(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
