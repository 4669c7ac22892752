package io.hcp.core.internal.cluster.form;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object of an under cluster as its API has it: maps, lists, texts, numbers, truth values. Immutable; a tree that may
 * hold secrets, which the text form does not show.
 *
 * @param kind which kind
 * @param tree the object, with {@code apiVersion}, {@code kind} and {@code metadata.name}
 */
public record ClusterObject(Kind kind, Map<String, Object> tree) {
    private static final String METADATA = "metadata";

    /** Copies the tree. */
    public ClusterObject {
        tree = map(tree);
    }

    /**
     * Makes an object with nothing but a name.
     *
     * @param kind which kind
     * @param namespace where
     * @param name its name
     * @return the object
     */
    public static ClusterObject named(Kind kind, String namespace, String name) {
        return new ClusterObject(
                kind,
                Map.of(
                        "apiVersion",
                        kind.apiVersion(),
                        "kind",
                        kind.name(),
                        METADATA,
                        Map.of("name", name, "namespace", namespace)));
    }

    /** {@return what tells it from all others of its kind in its namespace} */
    public String name() {
        return text(METADATA, "name").orElse("");
    }

    /** {@return where it is; empty if it is the whole cluster's} */
    public String namespace() {
        return text(METADATA, "namespace").orElse("");
    }

    /** {@return kind and name, for example {@code Deployment acme}} */
    public String id() {
        return kind + " " + name();
    }

    /** {@return what tells it from others that had its name before; empty if it was never stored} */
    public Optional<String> uid() {
        return text(METADATA, "uid");
    }

    /** {@return what changes with each write; empty if it was never stored} */
    public Optional<String> resourceVersion() {
        return text(METADATA, "resourceVersion");
    }

    /** {@return true if it is being deleted, and is still there for what its finalizers name} */
    public boolean isDeleting() {
        return text(METADATA, "deletionTimestamp").isPresent();
    }

    /**
     * Reads a label.
     *
     * @param key which
     * @return its value, if it has one
     */
    public Optional<String> label(String key) {
        return text(METADATA, "labels", key);
    }

    /**
     * Reads an annotation.
     *
     * @param key which
     * @return its value, if it has one
     */
    public Optional<String> annotation(String key) {
        return text(METADATA, "annotations", key);
    }

    /**
     * Reads a text.
     *
     * @param path to it from the root
     * @return the text; empty if there is none at the path
     */
    public Optional<String> text(String... path) {
        return at(path).filter(String.class::isInstance).map(String.class::cast);
    }

    /**
     * Reads a whole number.
     *
     * @param path to it from the root
     * @return the number; 0 if there is none at the path, as the API leaves zeros out
     */
    public long number(String... path) {
        return at(path).filter(Number.class::isInstance)
                .map(value -> ((Number) value).longValue())
                .orElse(0L);
    }

    /**
     * Reads a map.
     *
     * @param path to it from the root
     * @return the map; empty if there is none at the path
     */
    @SuppressWarnings("unchecked")
    public Map<String, Object> object(String... path) {
        return at(path).filter(Map.class::isInstance)
                .map(value -> (Map<String, Object>) value)
                .orElse(Map.of());
    }

    /**
     * Reads a list of maps.
     *
     * @param path to it from the root
     * @return those of its items that are maps; empty if there is no list at the path
     */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> objects(String... path) {
        return at(path).filter(List.class::isInstance)
                .map(value -> ((List<Object>) value)
                        .stream()
                                .filter(Map.class::isInstance)
                                .map(item -> (Map<String, Object>) item)
                                .toList())
                .orElse(List.of());
    }

    /**
     * Reads a list of texts.
     *
     * @param path to it from the root
     * @return those of its items that are texts; empty if there is no list at the path
     */
    @SuppressWarnings("unchecked")
    public List<String> texts(String... path) {
        return at(path).filter(List.class::isInstance)
                .map(value -> ((List<Object>) value)
                        .stream()
                                .filter(String.class::isInstance)
                                .map(String.class::cast)
                                .toList())
                .orElse(List.of());
    }

    private Optional<Object> at(String... path) {
        Object found = tree;
        for (String step : path) {
            if (!(found instanceof Map<?, ?> map)) {
                return Optional.empty();
            }
            found = map.get(step);
        }
        return Optional.ofNullable(found);
    }

    /**
     * Copies the object with another value.
     *
     * @param value the value, or null to take out what is there
     * @param path to it from the root; maps on the way are made
     * @return the changed copy
     */
    public ClusterObject with(@Nullable Object value, String... path) {
        Map<String, Object> changed = new LinkedHashMap<>(tree);
        Map<String, Object> map = changed;
        for (int i = 0; i < path.length - 1; i++) {
            Map<String, Object> inner = new LinkedHashMap<>(asMap(map.get(path[i])));
            map.put(path[i], inner);
            map = inner;
        }
        String last = path[path.length - 1];
        if (value == null) {
            map.remove(last);
        } else {
            map.put(last, value);
        }
        return new ClusterObject(kind, changed);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static Map<String, Object> map(Map<String, Object> tree) {
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((key, value) -> copy.put(key, value(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object value(Object value) {
        if (value instanceof Map<?, ?>) {
            return map(asMap(value));
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(value(item)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }

    /** Returns kind, namespace and name; nothing of the content. */
    @Override
    public String toString() {
        return kind + " " + namespace() + "/" + name();
    }
}
