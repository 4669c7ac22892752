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

    /** Returns one line: code, field, value, remedy. */
    @Override
    public String toString() {
        return "%s: %s is \"%s\"; %s".formatted(code, path, value, remedy);
    }
}
