package io.hcp.core.internal.spec.form;

import java.util.Optional;

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
}
