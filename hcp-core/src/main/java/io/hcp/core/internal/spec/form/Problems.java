package io.hcp.core.internal.spec.form;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects all that is wrong with a description. Never repeats a private key. Not thread-safe. */
public final class Problems {
    private static final int MAX_SHOWN = 200;
    private static final Pattern PRIVATE_KEY = Pattern.compile("private key-", Pattern.CASE_INSENSITIVE);

    private final List<Problem> found = new ArrayList<>();

    /**
     * Notes a problem.
     *
     * @param code a stable identifier
     * @param path the field
     * @param value the offending value; a long one is cut
     * @param remedy what to write instead
     */
    public void add(String code, String path, Object value, String remedy) {
        add(new Problem(code, path, show(value), remedy));
    }

    /**
     * Writes a value as the description has it.
     *
     * @param value any value
     * @return its text; durations as in Go
     */
    public static String show(Object value) {
        return value instanceof Duration duration ? GoDuration.format(duration) : value.toString();
    }

    private void add(Problem problem) {
        found.add(new Problem(
                problem.code(),
                presentable(problem.path()),
                presentable(problem.value()),
                presentable(problem.remedy())));
    }

    private static String presentable(String text) {
        if (PRIVATE_KEY.matcher(text).find()) {
            return "(private key)";
        }
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
    }

    /**
     * Notes the problems of a value that was read before its place was known.
     *
     * @param invalid what reading it threw
     * @param path the field
     */
    public void addAll(InvalidSpecException invalid, String path) {
        invalid.at(path).problems().forEach(this::add);
    }

    /** {@return how many problems are noted} */
    public int size() {
        return found.size();
    }

    /** {@return all problems in the order in which they were noted} */
    public List<Problem> list() {
        return List.copyOf(found);
    }

    /**
     * Does nothing as long as nothing is wrong.
     *
     * @throws InvalidSpecException with every problem, if there is one
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidSpecException(found);
        }
    }
}
