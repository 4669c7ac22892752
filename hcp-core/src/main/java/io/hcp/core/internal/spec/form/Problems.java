package io.hcp.core.internal.spec.form;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects all that is wrong with a description. Never repeats a private key. Not thread-safe. */
public final class Problems {
    private static final int MAX_SHOWN = 200;

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
        String shown = problem.value();
        if (shown.contains("PRIVATE KEY")) {
            shown = "(private key)";
        } else if (shown.length() > MAX_SHOWN) {
            shown = shown.substring(0, MAX_SHOWN) + "...";
        }
        found.add(new Problem(problem.code(), problem.path(), shown, problem.remedy()));
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
