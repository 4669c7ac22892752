package io.hcp.core.internal.spec.form;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The form of one group of the model: a table of its fields, in the order in which they are written. Immutable and
 * thread-safe.
 *
 * @param <T> the group
 * @param <B> what builds it
 */
public final class ObjectForm<T, B> implements Codec<T> {
    private final Supplier<B> start;
    private final Function<B, T> finish;
    private final List<Field<T, B>> fields;

    /**
     * Makes a form.
     *
     * @param start makes an empty builder
     * @param finish makes the group; called only if every field could be read
     * @param fields the table
     */
    public ObjectForm(Supplier<B> start, Function<B, T> finish, List<Field<T, B>> fields) {
        this.start = start;
        this.finish = finish;
        this.fields = List.copyOf(fields);
    }

    /** {@return the table} */
    public List<Field<T, B>> fields() {
        return fields;
    }

    @Override
    public Map<String, Object> write(T model) {
        Map<String, Object> tree = new LinkedHashMap<>();
        fields.forEach(field -> field.write(model).ifPresent(value -> tree.put(field.name(), value)));
        return tree;
    }

    @Override
    public Optional<T> read(Object tree, String path, Problems problems) {
        int before = problems.size();
        B builder = start.get();
        readInto(builder, tree, path, problems);
        return problems.size() == before ? Optional.of(finish.apply(builder)) : Optional.empty();
    }

    @Override
    public Schema schema() {
        Map<String, Schema> properties = new LinkedHashMap<>();
        fields.forEach(field -> properties.put(field.name(), field.schema()));
        return Schema.fields(
                properties,
                fields.stream().filter(Field::isRequired).map(Field::name).toList());
    }

    @Override
    public Stream<String> paths(String path) {
        return fields.stream().flatMap(field -> field.paths(path));
    }

    /** A group that is there and empty, which may mean something else than none, is visited itself. */
    @Override
    public void visit(Object tree, String path, BiConsumer<String, Object> visitor) {
        Map<?, ?> group = (Map<?, ?>) tree;
        if (group.isEmpty()) {
            visitor.accept(path, group);
        }
        fields.forEach(field -> field.visit(group, path, visitor));
    }

    void readInto(B builder, Object tree, String path, Problems problems) {
        if (!(tree instanceof Map<?, ?> group)) {
            problems.add("WrongType", path, Trees.describe(tree), "write fields: " + String.join(", ", names()));
            return;
        }
        group.keySet().stream()
                .filter(name -> !names().contains(name))
                .forEach(name -> unknown(String.valueOf(name), path, problems));
        fields.forEach(field -> field.read(builder, group, path, problems));
    }

    private void unknown(String name, String path, Problems problems) {
        problems.add(
                "UnknownField",
                path.isEmpty() ? name : path + "." + name,
                name,
                Codecs.didYouMean(name, names()) + "the fields here are " + String.join(", ", names()));
    }

    private List<String> names() {
        return fields.stream().map(Field::name).toList();
    }
}
