package io.hcp.api.error;

/**
 * One thing that is wrong with what a caller asked for.
 *
 * @param code a stable identifier, UpperCamelCase like the reasons of Kubernetes conditions
 * @param path the field, as it is called in the custom resource, for example {@code spec.kubernetes.version}
 * @param value the offending value as text; never a secret
 * @param remedy what to write instead
 */
public record Problem(String code, String path, String value, String remedy) {
    /**
     * Makes a problem.
     *
     * @param code a stable identifier
     * @param path the field
     * @param value the offending value
     * @param remedy what to write instead
     * @return the problem
     */
    public static Problem of(String code, String path, Object value, String remedy) {
        return new Problem(code, path, String.valueOf(value), remedy);
    }

    /**
     * Copies the problem with the place of the value, for a value that was checked before its place was known.
     *
     * @param place the field that the value stands in
     * @return the copy; a path that the problem already has is appended
     */
    public Problem at(String place) {
        String joined = path.isEmpty() || path.startsWith("[") ? place + path : place + "." + path;
        return new Problem(code, joined, value, remedy);
    }

    /** Returns one line: code, field, value, remedy. */
    @Override
    public String toString() {
        return "%s: %s is \"%s\"; %s".formatted(code, path.isEmpty() ? "the value" : path, value, remedy);
    }
}
