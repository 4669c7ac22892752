package io.hcp.pki;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A tenant's certificates and keys as texts, wherever they are kept. Their paths are those of kubeadm's
 * {@code /etc/kubernetes/pki}, for example {@code etcd/ca.crt}.
 */
public interface PkiTexts {
    /**
     * Reads a text.
     *
     * @param path its path
     * @return the text, a secret if the path ends in {@code .key}; empty if there is none
     */
    Optional<String> read(String path);

    /**
     * Tells people where a text is, or would be.
     *
     * @param path its path
     * @return for example the name of a file
     */
    String place(String path);

    /**
     * Makes texts of what is in memory.
     *
     * @param texts by path; not copied
     * @param place tells people where a text is kept
     * @return the texts
     */
    static PkiTexts of(Map<String, String> texts, UnaryOperator<String> place) {
        return new PkiTexts() {
            @Override
            public Optional<String> read(String path) {
                return Optional.ofNullable(texts.get(path));
            }

            @Override
            public String place(String path) {
                return place.apply(path);
            }
        };
    }
}
