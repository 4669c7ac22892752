package io.hcp.core.internal.blueprint;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A file that a component reads, as it will be but for the secrets in it.
 *
 * @param template the text, with {@code ${NAME}} where the secret of that name comes
 * @param secrets the names of the secrets
 */
public record ConfigFile(String template, SortedSet<String> secrets) {
    /** Copies the names. */
    public ConfigFile {
        secrets = new TreeSet<>(secrets);
    }

    /**
     * Makes a file without secrets.
     *
     * @param text the whole text
     * @return the file
     */
    public static ConfigFile of(String text) {
        return new ConfigFile(text, new TreeSet<>());
    }

    /**
     * Marks the place of a secret.
     *
     * @param name the secret's name
     * @return what the template has there
     */
    static String place(String name) {
        return "${" + name + "}";
    }

    /**
     * Returns the text with the secrets.
     *
     * @param secret finds a secret by its name
     * @return a secret, if there is one in it
     */
    public String text(UnaryOperator<String> secret) {
        String text = template;
        for (String name : secrets) {
            text = text.replace(place(name), secret.apply(name));
        }
        return text;
    }
}
