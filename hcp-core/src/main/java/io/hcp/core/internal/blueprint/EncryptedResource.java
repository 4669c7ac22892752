package io.hcp.core.internal.blueprint;

import java.util.Collection;

/**
 * A resource of an encryption configuration, or a set of them.
 *
 * @param resource its plural name, or {@code *} for all of the group
 * @param group its API group, empty for the core group, {@code *} for all
 */
public record EncryptedResource(String resource, String group) {
    private static final String ANY = "*";

    /**
     * Reads a resource.
     *
     * @param text for example {@code secrets}, {@code deployments.apps}, {@code *.apps}, {@code *.} or {@code *.*}
     * @return the resource
     */
    public static EncryptedResource of(String text) {
        int dot = text.indexOf('.');
        return dot < 0
                ? new EncryptedResource(text, "")
                : new EncryptedResource(text.substring(0, dot), text.substring(dot + 1));
    }

    /**
     * Tells whether a resource is part of this one. kube-apiserver takes no two entries of which one covers the other,
     * unless the narrower one comes first.
     *
     * @param other any resource
     * @return true also for the same
     */
    public boolean covers(EncryptedResource other) {
        boolean everything = resource.equals(ANY) && group.equals(ANY);
        return everything || equals(other) || (resource.equals(ANY) && group.equals(other.group));
    }

    static boolean isCovered(String resource, Collection<String> by) {
        return by.stream().anyMatch(wide -> of(wide).covers(of(resource)));
    }
}
