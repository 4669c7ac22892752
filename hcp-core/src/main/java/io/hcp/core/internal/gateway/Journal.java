package io.hcp.core.internal.gateway;

import java.util.Optional;

/** What was done with a tenant last. It is evidence, not truth: nothing is decided by it. */
public interface Journal {
    /** {@return the last entry; empty if there is none, or none that can be read} */
    Optional<JournalEntry> read();

    /**
     * Tells whether the last entry is about what the tenant's description says now. Where descriptions are edited by others,
     * it tells them so.
     *
     * @return false if an operation with nothing to do has to be told all the same
     */
    default boolean isCurrent() {
        return true;
    }

    /**
     * Tells whether all that was to be stored is stored.
     *
     * @param later run once, on another thread, when that is so or was given up; not run if it is so now
     * @return false if something has yet to be stored, under the same lease
     */
    default boolean isTold(Runnable later) {
        return true;
    }

    /**
     * Stores an entry in place of the last one. Does nothing if the tenant has left nothing here: an entry does not make
     * a tenant.
     *
     * @param lease the right to do so
     * @param entry the new entry
     */
    void write(Lease lease, JournalEntry entry);
}
