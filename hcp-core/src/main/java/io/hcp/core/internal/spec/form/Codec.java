package io.hcp.core.internal.spec.form;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * How a value of the model is written as a tree of maps, lists, text, numbers and booleans. Stateless.
 *
 * @param <V> the model's type
 */
public interface Codec<V> {
    /**
     * Writes a value.
     *
     * @param value any value
     * @return a map, list, text, number or boolean
     */
    Object write(V value);

    /**
     * Reads a value.
     *
     * @param tree a map, list, text, number or boolean, whatever the user wrote
     * @param path where it stands
     * @param problems where all that is wrong is noted
     * @return the value, or nothing if a problem was noted
     */
    Optional<V> read(Object tree, String path, Problems problems);

    /** {@return what {@link #read} takes, as far as a schema can tell} */
    Schema schema();

    /**
     * Returns the paths of all that can be set in a value, whether it is or not.
     *
     * @param path where the value stands
     * @return paths, those within a list with {@code []}; the path itself if the value is not divided any further
     */
    default Stream<String> paths(String path) {
        return Stream.of(path);
    }

    /**
     * Visits all that is set in a value that was written.
     *
     * @param tree what {@link #write} returned
     * @param path where the value stands
     * @param visitor gets each path with its value; values that are not divided any further are given as they are
     */
    default void visit(Object tree, String path, BiConsumer<String, Object> visitor) {
        visitor.accept(path, tree);
    }
}
