package io.hcp.core.internal.spec.form;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a tree may be, in the words of OpenAPI that custom resources use. Immutable.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema">structural
 *     schemas</a>
 */
public final class Schema {
    private static final String PROPERTIES = "properties";
    private static final String ITEMS = "items";
    private static final String RULES = "x-kubernetes-validations";

    private final SortedMap<String, Object> keywords;

    private Schema(Map<String, Object> keywords) {
        this.keywords = Collections.unmodifiableSortedMap(new TreeMap<>(keywords));
    }

    /** {@return any value of a type, for example {@code string}} */
    public static Schema of(String type) {
        return new Schema(Map.of("type", type));
    }

    /** {@return text that has a form, at most so long} */
    public static Schema text(String pattern, int maxLength) {
        return of("string").with("pattern", "^(?:" + pattern + ")$").with("maxLength", maxLength);
    }

    /** {@return a whole number, or text that has a form, at most so long} */
    static Schema wholeNumberOr(String pattern, int maxLength) {
        return text(pattern, maxLength)
                .without("type")
                .with("anyOf", List.of(Map.of("type", "integer"), Map.of("type", "string")))
                .with("x-kubernetes-int-or-string", true);
    }

    private Schema without(String keyword) {
        Map<String, Object> changed = new TreeMap<>(keywords);
        changed.remove(keyword);
        return new Schema(changed);
    }

    /** {@return one of a few names} */
    public static Schema oneOf(List<String> names) {
        return of("string").with("enum", names);
    }

    /** {@return a list without repetition whose order means nothing, or any other list} */
    static Schema list(Schema element, boolean set) {
        return of("array").with(ITEMS, element).with("x-kubernetes-list-type", set ? "set" : "atomic");
    }

    /** {@return names with values} */
    static Schema map(Schema value) {
        return of("object").with("additionalProperties", value);
    }

    /** {@return fields, of which some must be there} */
    public static Schema fields(Map<String, Schema> properties, List<String> required) {
        Schema fields = of("object").with(PROPERTIES, Collections.unmodifiableMap(new LinkedHashMap<>(properties)));
        return required.isEmpty() ? fields : fields.with("required", required);
    }

    /**
     * Adds or replaces a keyword.
     *
     * @param keyword for example {@code maximum}
     * @param value text, a number, a truth value, a list, a map or a schema
     * @return the changed copy
     */
    public Schema with(String keyword, Object value) {
        Map<String, Object> changed = new TreeMap<>(keywords);
        changed.put(keyword, value);
        return new Schema(changed);
    }

    /** {@return a copy for people to understand} */
    public Schema describedAs(String text) {
        return with("description", text);
    }

    /** {@return a copy that takes only whole numbers of a range} */
    public Schema range(long least, long most) {
        return with("minimum", least).with("maximum", most);
    }

    /**
     * Adds a rule in CEL.
     *
     * @param expression what must be true; with {@code oldSelf} it is asked only when a value becomes another one
     * @param message what is told if it is not
     * @return the changed copy
     */
    public Schema rule(String expression, String message) {
        List<Object> rules = new ArrayList<>((List<?>) keywords.getOrDefault(RULES, List.of()));
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("rule", expression);
        rule.put("message", message);
        rules.add(rule);
        return with(RULES, List.copyOf(rules));
    }

    /**
     * Changes the schema of something in a value.
     *
     * @param path names of fields joined by dots, with {@code []} after those of lists whose elements are meant; empty for
     *     the value itself
     * @param change makes the new schema of what is there
     * @return the changed copy
     * @throws IllegalArgumentException if there is no such field
     */
    public Schema at(String path, UnaryOperator<Schema> change) {
        if (path.isEmpty()) {
            return change.apply(this);
        }
        if (path.startsWith("[]")) {
            String rest = path.substring(path.startsWith("[].") ? 3 : 2);
            return with(ITEMS, nested(keywords.get(ITEMS), path).at(rest, change));
        }
        int end = path.replace('[', '.').indexOf('.');
        String name = end < 0 ? path : path.substring(0, end);
        String rest = end < 0 ? "" : path.substring(path.charAt(end) == '.' ? end + 1 : end);
        Map<String, Schema> properties = new LinkedHashMap<>(properties());
        properties.put(name, nested(properties.get(name), path).at(rest, change));
        return with(PROPERTIES, Collections.unmodifiableMap(properties));
    }

    private static Schema nested(@Nullable Object found, String path) {
        if (found instanceof Schema schema) {
            return schema;
        }
        throw new IllegalArgumentException("there is no field " + path);
    }

    /** {@return the fields of a group in their order; empty if it is none} */
    @SuppressWarnings("unchecked")
    public Map<String, Schema> properties() {
        return (Map<String, Schema>) keywords.getOrDefault(PROPERTIES, Map.of());
    }

    /** {@return true if something in a group must be there} */
    boolean hasRequired() {
        return keywords.containsKey("required");
    }

    /** {@return maps, lists, text, numbers and truth values} */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        keywords.forEach((keyword, value) -> tree.put(keyword, plain(value)));
        return tree;
    }

    private static Object plain(Object value) {
        if (value instanceof Schema schema) {
            return schema.tree();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> tree = new LinkedHashMap<>();
            map.forEach((name, each) -> tree.put(name, plain(each)));
            return tree;
        }
        return value instanceof List<?> list ? list.stream().map(Schema::plain).toList() : value;
    }
}
