package io.hcp.core.internal.maintain;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which of several instances looks after which tenant, without a word between them: the one whose name, mixed with the
 * tenant's, gives the highest number (rendezvous hashing). When an instance comes or goes, only its own share moves. Pure.
 */
public final class Shares {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Shares() {}

    /**
     * Tells who looks after a tenant.
     *
     * @param instances the names of all that are there
     * @param tenant the tenant's name
     * @return one of them; empty if there is none
     */
    public static Optional<String> owner(Collection<String> instances, String tenant) {
        return instances.stream()
                .max(Comparator.comparingLong((String instance) -> weight(instance, tenant))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static long weight(String instance, String tenant) {
        String both = instance + '\n' + tenant;
        long hash = FNV_OFFSET;
        for (int i = 0; i < both.length(); i++) {
            hash = (hash ^ both.charAt(i)) * FNV_PRIME;
        }
        // What differs in the last characters alone differs in the lowest bits alone: the finalizer of MurmurHash3.
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
