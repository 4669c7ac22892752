package io.hcp.core.internal.plan;

import io.hcp.api.model.Component;
import io.hcp.core.internal.spec.TenantRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found of a tenant.
 *
 * @param record what is stored about it
 * @param pkiPresent true if its authorities exist
 * @param outdatedCertificates the certificates that are missing, damaged, not as described, or about to end
 * @param damagedKeys the encryption keys that were recorded and are missing, or are damaged
 * @param datastorePresent true if etcd has ever stored anything for it
 * @param running the fingerprints of each component's processes; more than one process is one too many
 * @param usableBytes the free space of the file system that holds the tenant's files
 * @param retained true if what is recorded was put aside when the tenant was deleted, and has to be brought back first;
 *     nothing else is known then of certificates, keys and datastore, which were put aside with it
 * @param took how long each step, by its id, took the last time
 */
public record Observed(
        Optional<TenantRecord> record,
        boolean pkiPresent,
        List<String> outdatedCertificates,
        List<String> damagedKeys,
        boolean datastorePresent,
        Map<Component, List<String>> running,
        long usableBytes,
        boolean retained,
        Map<String, Duration> took) {
    /** Copies the collections, keeping nothing of the caller's. */
    public Observed {
        outdatedCertificates = List.copyOf(outdatedCertificates);
        damagedKeys = List.copyOf(damagedKeys);
        running = Map.copyOf(running);
        took = Map.copyOf(took);
    }

    List<String> running(Component component) {
        return running.getOrDefault(component, List.of());
    }
}
