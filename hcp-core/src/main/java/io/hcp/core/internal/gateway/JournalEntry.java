package io.hcp.core.internal.gateway;

import io.hcp.api.progress.OperationReport;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is kept of the work on a tenant.
 *
 * @param operation the last operation
 * @param took how long each step, by its id, takes, from when it was last done, in whichever operation, and from before:
 *     from it the next plan tells what to expect
 */
public record JournalEntry(OperationReport operation, SortedMap<String, Duration> took) {
    /** Copies the map. */
    public JournalEntry {
        took = new TreeMap<>(took);
    }
}
