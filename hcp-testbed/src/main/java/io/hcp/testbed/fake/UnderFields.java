package io.hcp.testbed.fake;

import io.hcp.core.internal.cluster.form.ClusterObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fields of objects as their managers merge them; lists and selectors are taken as a whole. Pure. */
final class UnderFields {
    private static final Set<String> WHOLE = Set.of("selector", "nodeSelector");

    private UnderFields() {}

    /** Puts fields over an object, and takes out those that the same manager gave before and does not give any more. */
    static Map<String, Object> merge(Map<String, Object> live, Map<String, Object> fields, Map<String, Object> before) {
        Map<String, Object> merged = new LinkedHashMap<>(live);
        before.forEach((key, old) -> {
            if (!fields.containsKey(key)) {
                if (!WHOLE.contains(key) && old instanceof Map<?, ?> && live.get(key) instanceof Map<?, ?>) {
                    merged.put(key, merge(map(live.get(key)), Map.of(), map(old)));
                } else {
                    merged.remove(key);
                }
            }
        });
        fields.forEach((key, value) -> merged.put(
                key,
                (!WHOLE.contains(key) && value instanceof Map<?, ?> && live.get(key) instanceof Map<?, ?>)
                        ? merge(map(live.get(key)), map(value), map(before.get(key)))
                        : value));
        return merged;
    }

    /** {@return an object that says, as the API does, which fields its manager has applied} */
    static ClusterObject managed(ClusterObject object, Map<String, Object> fields) {
        Map<String, Object> entry = Map.of("manager", "hcp", "operation", "Apply", "fieldsV1", owned(fields));
        return object.with(List.of(entry), "metadata", "managedFields");
    }

    private static Map<String, Object> owned(Object fields) {
        Map<String, Object> owned = new LinkedHashMap<>();
        if (fields instanceof Map<?, ?> map) {
            map.forEach((key, value) -> owned.put("f:" + key, owned(value)));
        } else if (fields instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)) {
            list.forEach(item -> owned.put("k:" + owned.size(), owned(item)));
        }
        return owned;
    }

    /** Tells whether two managers want one field to be different things. */
    static boolean differ(Map<String, Object> one, Map<String, Object> other) {
        return one.entrySet().stream().anyMatch(field -> {
            Object theirs = other.get(field.getKey());
            if (theirs == null) {
                return false;
            }
            boolean both = field.getValue() instanceof Map<?, ?> && theirs instanceof Map<?, ?>;
            return both ? differ(map(field.getValue()), map(theirs)) : !theirs.equals(field.getValue());
        });
    }

    static Map<String, Object> withoutIdentity(Map<String, Object> fields) {
        Map<String, Object> metadata = new LinkedHashMap<>(map(fields.get("metadata")));
        metadata.remove("uid");
        metadata.remove("resourceVersion");
        Map<String, Object> copy = new LinkedHashMap<>(fields);
        copy.put("metadata", metadata);
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : Map.of();
    }
}
