package io.hcp.core.internal.spec.rules;

import io.hcp.core.internal.spec.form.Problems;
import java.util.regex.Pattern;

/** CEL expressions, which are searched but not compiled. Pure. */
final class Expressions {
    /** More than any expression needs: Kubernetes limits what one may cost. */
    private static final int MAX_LENGTH = 10_240;
    /** Comments, and literals of text: raw or not, with one or three quotes. */
    private static final Pattern NO_CODE = Pattern.compile("//[^\\n]*+"
            + "|\\b(?:[rR][bB]?|[bB][rR])(?:\"\"\"(?s:.*?)\"\"\"|'''(?s:.*?)'''|\"[^\"\\n]*+\"|'[^'\\n]*+')"
            + "|\"\"\"(?:[^\"\\\\]|\\\\(?s:.)|\"(?!\"\"))*+\"\"\"|'''(?:[^'\\\\]|\\\\(?s:.)|'(?!''))*+'''"
            + "|\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)*+'");

    /** Not the argument of a function, which has a name before it. */
    private static final Pattern IN_PARENTHESES = Pattern.compile("(?<![\\w])\\(\\s*+claims\\s*+\\)");

    private Expressions() {}

    static void check(String expression, String path, Problems problems) {
        if (expression.length() > MAX_LENGTH) {
            problems.add("ExpressionTooLong", path, expression, "use at most " + MAX_LENGTH + " characters");
        }
    }

    /**
     * Tells whether an expression reads a claim by its name.
     *
     * @param expression any text; too long ones are not searched
     * @param claim a name without special characters
     * @return true if it is found outside of literals and comments
     */
    static boolean uses(String expression, String claim) {
        if (expression.length() > MAX_LENGTH) {
            return false;
        }
        String code = NO_CODE.matcher(expression).replaceAll("''");
        String before;
        do {
            before = code;
            code = IN_PARENTHESES.matcher(before).replaceAll("claims");
        } while (!code.equals(before));
        return Pattern.compile("\\bclaims\\s*+\\.\\s*+\\??+\\s*+" + claim + "\\b")
                .matcher(code)
                .find();
    }
}
