package io.hcp.core.internal.usage;

import java.util.Optional;

/**
 * What was read, or why it could not be. That something cannot be measured is no failure of what can be.
 *
 * @param value what was read; empty if it could not be
 * @param problem why it could not be, in words; empty if it was
 * @param <T> what is read
 */
public record Reading<T>(Optional<T> value, String problem) {
    /**
     * Tells what was read.
     *
     * @param value it
     * @param <T> its type
     * @return the reading
     */
    public static <T> Reading<T> of(T value) {
        return new Reading<>(Optional.of(value), "");
    }

    /**
     * Tells that nothing was read.
     *
     * @param problem why, in words
     * @param <T> what was to be read
     * @return the reading
     */
    public static <T> Reading<T> failed(String problem) {
        return new Reading<>(Optional.empty(), problem);
    }
}
