package io.hcp.core.internal.gateway;

import java.util.Collection;
import java.util.List;

/**
 * The keys with which a tenant's API server encrypts what it stores. What was encrypted with a lost key is lost, so a key
 * is made once and never replaced.
 */
public interface EncryptionKeys {
    /**
     * Finds the keys that are missing or damaged.
     *
     * @param names the keys that should be there
     * @return those of them that are not
     */
    List<String> damaged(Collection<String> names);

    /**
     * Makes a key, unless it is there.
     *
     * @param lease the right to do so
     * @param name the key's name, for example {@code secretbox-1}
     */
    void create(Lease lease, String name);
}
