package io.hcp.core.internal.spec.form;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The forms of lists, sets and maps. */
public final class Many {
    private Many() {}

    /** {@return the form of a list, in its own order} */
    public static <V> Codec<List<V>> list(Codec<V> element) {
        return new Codec<>() {
            @Override
            public Schema schema() {
                return Schema.list(element.schema(), false);
            }

            @Override
            public Object write(List<V> values) {
                return values.stream().map(element::write).toList();
            }

            @Override
            public Optional<List<V>> read(Object tree, String path, Problems problems) {
                return elements(element, tree, path, problems);
            }

            @Override
            public Stream<String> paths(String path) {
                return element instanceof ObjectForm ? element.paths(path + "[]") : Stream.of(path);
            }

            /** Groups are visited one by one; other elements are short, and read best in a row. */
            @Override
            public void visit(Object tree, String path, BiConsumer<String, Object> visitor) {
                if (element instanceof ObjectForm) {
                    List<?> groups = (List<?>) tree;
                    for (int i = 0; i < groups.size(); i++) {
                        element.visit(groups.get(i), path + "[" + i + "]", visitor);
                    }
                } else {
                    visitor.accept(path, tree);
                }
            }
        };
    }

    /** {@return the form of a list without repetition, whose order means nothing: written sorted by text} */
    public static <V> Codec<Set<V>> set(Codec<V> element) {
        return new Codec<>() {
            @Override
            public Schema schema() {
                return Schema.list(element.schema(), true);
            }

            @Override
            public Object write(Set<V> values) {
                return values.stream()
                        .map(element::write)
                        .sorted(Comparator.comparing(Object::toString))
                        .toList();
            }

            @Override
            public Optional<Set<V>> read(Object tree, String path, Problems problems) {
                return elements(element, tree, path, problems).map(list -> unique(list, path, problems));
            }
        };
    }

    private static <V> Set<V> unique(List<V> list, String path, Problems problems) {
        Set<V> values = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            if (!values.add(list.get(i))) {
                problems.add("Duplicate", path + "[" + i + "]", list.get(i), "write it once");
            }
        }
        return values;
    }

    private static <V> Optional<List<V>> elements(Codec<V> element, Object tree, String path, Problems problems) {
        if (!(tree instanceof List<?> list)) {
            problems.add("WrongType", path, Trees.describe(tree), "write a list");
            return Optional.empty();
        }
        int before = problems.size();
        List<V> values = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Object item = list.get(i);
            String place = path + "[" + i + "]";
            if (item == null) {
                problems.add("WrongType", place, "null", "write a value, or leave the line out");
            } else {
                element.read(item, place, problems).ifPresent(values::add);
            }
        }
        return problems.size() == before ? Optional.of(values) : Optional.empty();
    }

    /** {@return the form of names with values: written sorted by name} */
    public static <V> Codec<Map<String, V>> map(Codec<V> value) {
        return new Codec<>() {
            @Override
            public Schema schema() {
                return Schema.map(value.schema());
            }

            @Override
            public Object write(Map<String, V> values) {
                Map<String, Object> tree = new LinkedHashMap<>();
                new TreeMap<>(values).forEach((name, each) -> tree.put(name, value.write(each)));
                return tree;
            }

            @Override
            public Optional<Map<String, V>> read(Object tree, String path, Problems problems) {
                return entries(value, tree, path, problems);
            }

            @Override
            public Stream<String> paths(String path) {
                return Stream.of(path + "[]");
            }

            @Override
            public void visit(Object tree, String path, BiConsumer<String, Object> visitor) {
                ((Map<?, ?>) tree).forEach((name, each) -> visitor.accept(path + "[\"" + name + "\"]", each));
            }
        };
    }

    private static <V> Optional<Map<String, V>> entries(Codec<V> value, Object tree, String path, Problems problems) {
        if (!(tree instanceof Map<?, ?> map)) {
            problems.add("WrongType", path, Trees.describe(tree), "write names with values");
            return Optional.empty();
        }
        int before = problems.size();
        Map<String, V> values = new LinkedHashMap<>();
        map.forEach((name, item) -> {
            String place = path + "[" + name + "]";
            if (!(name instanceof String text)) {
                problems.add("WrongType", place, name == null ? "null" : name, "write the name in quotes");
            } else if (item == null) {
                problems.add("WrongType", place, "null", "write a value, or leave the line out");
            } else {
                value.read(item, place, problems).ifPresent(read -> values.put(text, read));
            }
        });
        return problems.size() == before ? Optional.of(values) : Optional.empty();
    }
}
