package io.hcp.core.internal.spec.form;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One field of a group: its name in the resource, and how its value is taken from the model and set there. Immutable.
 *
 * @param <T> the group in the model
 * @param <B> what builds the group
 */
public final class Field<T, B> {
    private final String name;
    private final Codec<?> codec;
    private final boolean required;
    private final Function<T, Optional<Object>> writer;
    private final Reader<B> reader;

    private Field(
            String name, Codec<?> codec, boolean required, Function<T, Optional<Object>> writer, Reader<B> reader) {
        this.name = name;
        this.codec = codec;
        this.required = required;
        this.writer = writer;
        this.reader = reader;
    }

    /** Takes what the user wrote, or nothing, and sets it. */
    @FunctionalInterface
    private interface Reader<B> {
        void read(B builder, Optional<Object> tree, String path, Problems problems);
    }

    /** {@return a field that must be there} */
    public static <T, B, V> Field<T, B> required(
            String name, Codec<V> codec, Function<T, V> get, BiConsumer<B, V> set) {
        return new Field<>(
                name,
                codec,
                true,
                model -> Optional.of(codec.write(get.apply(model))),
                (builder, tree, path, problems) -> {
                    if (tree.isEmpty()) {
                        problems.add("Required", path, "", "write a value");
                    }
                    tree.flatMap(found -> codec.read(found, path, problems))
                            .ifPresent(value -> set.accept(builder, value));
                });
    }

    /** {@return a field that may be absent} */
    public static <T, B, V> Field<T, B> optional(
            String name, Codec<V> codec, Function<T, Optional<V>> get, BiConsumer<B, V> set) {
        return new Field<>(
                name,
                codec,
                false,
                model -> get.apply(model).map(codec::write),
                (builder, tree, path, problems) -> tree.flatMap(found -> codec.read(found, path, problems))
                        .ifPresent(value -> set.accept(builder, value)));
    }

    /** {@return a list or set, absent if it is empty} */
    public static <T, B, V extends Collection<?>> Field<T, B> many(
            String name, Codec<V> codec, Function<T, V> get, BiConsumer<B, V> set) {
        return optional(name, codec, get.andThen(values -> Optional.of(values).filter(all -> !all.isEmpty())), set);
    }

    /** {@return names with values, absent if there are none} */
    public static <T, B, V> Field<T, B> map(
            String name, Codec<V> codec, Function<T, Map<String, V>> get, BiConsumer<B, Map<String, V>> set) {
        return optional(
                name, Many.map(codec), get.andThen(values -> Optional.of(values).filter(all -> !all.isEmpty())), set);
    }

    /** {@return a switch, absent if it is off} */
    public static <T, B> Field<T, B> flag(String name, Function<T, Boolean> get, BiConsumer<B, Boolean> set) {
        return optional(name, Codecs.BOOLEAN, get.andThen(on -> Optional.of(on).filter(flag -> flag)), set);
    }

    /** {@return a group of the model, absent if nothing in it is set} */
    public static <T, B, V> Field<T, B> group(
            String name, ObjectForm<V, ?> form, Function<T, V> get, BiConsumer<B, V> set) {
        return optional(
                name,
                form,
                get.andThen(group ->
                        Optional.of(group).filter(any -> !form.write(any).isEmpty())),
                set);
    }

    /** {@return fields that the resource has in a group and the model has not} */
    public static <T, B> Field<T, B> nested(String name, ObjectForm<T, B> form) {
        return new Field<>(
                name,
                form,
                form.schema().hasRequired(),
                model -> Optional.<Object>of(form.write(model)).filter(tree -> !((Map<?, ?>) tree).isEmpty()),
                (builder, tree, path, problems) -> form.readInto(builder, tree.orElse(Map.of()), path, problems));
    }

    /** {@return a field that always has the same value} */
    public static <T, B> Field<T, B> constant(String name, String value) {
        return new Field<>(name, Codecs.TEXT, true, model -> Optional.of(value), (builder, tree, path, problems) -> {
            if (!tree.equals(Optional.of(value))) {
                problems.add("UnknownValue", path, tree.map(Trees::describe).orElse(""), "write " + value);
            }
        });
    }

    /**
     * Lends the field to a model that contains the group.
     *
     * @param group finds the group in that model
     * @param groupBuilder finds the group's builder in that model's
     * @param <U> that model
     * @param <C> what builds it
     * @return the same field
     */
    public <U, C> Field<U, C> within(Function<U, T> group, Function<C, B> groupBuilder) {
        return new Field<>(
                name,
                codec,
                required,
                model -> writer.apply(group.apply(model)),
                (builder, tree, path, problems) -> reader.read(groupBuilder.apply(builder), tree, path, problems));
    }

    String name() {
        return name;
    }

    Schema schema() {
        return codec.schema();
    }

    boolean isRequired() {
        return required;
    }

    Optional<Object> write(T model) {
        return writer.apply(model);
    }

    /** Reads the field from the map that it stands in; null is the same as absent, as in Kubernetes. */
    void read(B builder, Map<?, ?> group, String path, Problems problems) {
        reader.read(builder, Optional.ofNullable(group.get(name)), place(path), problems);
    }

    Stream<String> paths(String path) {
        return codec.paths(place(path));
    }

    void visit(Map<?, ?> group, String path, BiConsumer<String, Object> visitor) {
        Object tree = group.get(name);
        if (tree != null) {
            codec.visit(tree, place(path), visitor);
        }
    }

    private String place(String path) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
