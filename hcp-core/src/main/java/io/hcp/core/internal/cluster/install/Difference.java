package io.hcp.core.internal.cluster.install;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares trees, where the API server may have filled in what was left open. Pure. */
final class Difference {
    private Difference() {}

    /**
     * Looks for something that is not as wanted.
     *
     * @param wanted maps, lists, text, numbers and truth values
     * @param actual what is there; it may have more fields, but not longer lists
     * @return the path of the first difference, if there is one
     */
    static Optional<String> between(Map<String, ?> wanted, Map<String, ?> actual) {
        return fields(wanted, actual, "");
    }

    private static Optional<String> fields(Map<?, ?> wanted, Map<?, ?> actual, String path) {
        return wanted.entrySet().stream()
                .map(field -> of(
                        field.getValue(),
                        actual.get(field.getKey()),
                        path.isEmpty() ? "" + field.getKey() : path + "." + field.getKey()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> of(@Nullable Object wanted, @Nullable Object actual, String path) {
        if (wanted instanceof Map<?, ?> fields && actual instanceof Map<?, ?> others) {
            return fields(fields, others, path);
        }
        if (wanted instanceof List<?> list && actual instanceof List<?> other) {
            return elements(list, other, path);
        }
        if (wanted instanceof Number number && actual instanceof Number other) {
            boolean same = new BigDecimal(number.toString()).compareTo(new BigDecimal(other.toString())) == 0;
            return same ? Optional.empty() : Optional.of(path);
        }
        return wanted != null && wanted.equals(actual) ? Optional.empty() : Optional.of(path);
    }

    private static Optional<String> elements(List<?> wanted, List<?> actual, String path) {
        if (wanted.size() != actual.size()) {
            return Optional.of(path);
        }
        for (int i = 0; i < wanted.size(); i++) {
            Optional<String> found = of(wanted.get(i), actual.get(i), path + "[" + i + "]");
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
