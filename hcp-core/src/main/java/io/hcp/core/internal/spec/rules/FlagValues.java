package io.hcp.core.internal.spec.rules;

import io.hcp.core.internal.spec.form.Codecs;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values that flags of a type take, as Go's strconv and time read them. Pure. */
final class FlagValues {
    private static final Set<String> BOOLEANS =
            Set.of("1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False");
    /** Numbers may have a sign, and a prefix that tells their base; 0 alone is that of base 8. */
    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+)|(0|[1-9][0-9]*))");

    private static final int[] BASES = {16, 8, 2, 10};
    private static final Pattern FLOAT = Pattern.compile("[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?");
    private static final int MAX_NUMBER_LENGTH = 100;
    private static final Map<String, Integer> SIGNED =
            Map.of("int", 64, "int8", 8, "int16", 16, "int32", 32, "int64", 64, "Level", 32);
    private static final Map<String, Integer> UNSIGNED =
            Map.of("uint", 64, "uint8", 8, "uint16", 16, "uint32", 32, "uint64", 64);
    private static final Set<String> FLOATS = Set.of("float", "float32", "float64");

    private FlagValues() {}

    /**
     * Checks a value.
     *
     * @param type of the flag, as the catalog has it; only some are known here
     * @param value what the user wrote
     * @return what to write instead; nothing for a fine value, and for any of a type that is not known
     */
    static Optional<String> remedy(String type, String value) {
        if (type.equals("bool")) {
            return unless(BOOLEANS.contains(value), "write true or false");
        }
        if (type.equals("duration")) {
            return unless(Codecs.isDuration(value), "write a duration, for example 1m30s");
        }
        if (FLOATS.contains(type)) {
            boolean number =
                    value.length() <= MAX_NUMBER_LENGTH && FLOAT.matcher(value).matches();
            return unless(number, "write a number (" + type + "), for example 0.5");
        }
        if (SIGNED.containsKey(type)) {
            return unless(
                    isInteger(value, SIGNED.getOrDefault(type, 0) - 1, true),
                    "write a whole number (" + type + "), for example 10");
        }
        return UNSIGNED.containsKey(type)
                ? unless(
                        isInteger(value, UNSIGNED.getOrDefault(type, 0), false),
                        "write a whole number without sign (" + type + "), for example 10")
                : Optional.empty();
    }

    private static Optional<String> unless(boolean fine, String remedy) {
        return fine ? Optional.empty() : Optional.of(remedy);
    }

    private static boolean isInteger(String value, int bits, boolean signed) {
        Matcher matcher = INTEGER.matcher(value);
        if (value.length() > MAX_NUMBER_LENGTH || !matcher.matches()) {
            return false;
        }
        String sign = matcher.group(1);
        if (!signed && !sign.isEmpty()) {
            return false;
        }
        for (int i = 0; i < BASES.length; i++) {
            String digits = matcher.group(i + 2);
            if (digits != null) {
                BigInteger number = new BigInteger(digits, BASES[i]);
                return (sign.equals("-") ? number.negate() : number).bitLength() <= bits;
            }
        }
        return false;
    }
}
