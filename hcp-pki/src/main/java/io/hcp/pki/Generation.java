package io.hcp.pki;

/**
 * One of the successors of an authority, or of the service-account key.
 *
 * @param number 1 for the first
 * @param stage what it is good for
 * @param value the authority or key
 * @param <T> what follows one another
 */
public record Generation<T>(int number, Stage stage, T value) {
    Generation<T> in(Stage other) {
        return new Generation<>(number, other, value);
    }
}
