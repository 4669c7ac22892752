package io.hcp.core.internal.cluster.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the fields that an object still has because they were applied once, and that are not applied any more. Pure. */
final class GivenUp {
    private static final String MANAGER = "hcp";
    private static final String FIELD = "f:";
    private static final String ITEM = "k:";

    private final List<String> paths = new ArrayList<>();

    private GivenUp() {}

    static List<String> between(Map<?, ?> wanted, Map<?, ?> live) {
        GivenUp found = new GivenUp();
        if (live.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("managedFields") instanceof List<?> entries) {
            entries.stream()
                    .filter(Map.class::isInstance)
                    .map(entry -> (Map<?, ?>) entry)
                    .filter(entry -> MANAGER.equals(entry.get("manager")) && "Apply".equals(entry.get("operation")))
                    .forEach(entry -> found.compare("", wanted, entry.get("fieldsV1")));
        }
        return found.paths;
    }

    private void compare(String path, Object wanted, @Nullable Object owned) {
        if (!(owned instanceof Map<?, ?> fields)) {
            return;
        }
        if (wanted instanceof Map<?, ?> map) {
            fields.forEach((key, inner) -> {
                String name = String.valueOf(key);
                if (name.startsWith(FIELD)) {
                    field(path, map, name.substring(FIELD.length()), inner);
                }
            });
        } else if (wanted instanceof List<?> list) {
            long items = fields.keySet().stream()
                    .filter(key -> String.valueOf(key).startsWith(ITEM))
                    .count();
            if (items > list.size()) {
                paths.add(path);
            }
        }
    }

    private void field(String path, Map<?, ?> wanted, String name, Object inner) {
        String full = path.isEmpty() ? name : path + "." + name;
        Object value = wanted.get(name);
        if (value == null) {
            paths.add(full);
        } else {
            compare(full, value, inner);
        }
    }
}
