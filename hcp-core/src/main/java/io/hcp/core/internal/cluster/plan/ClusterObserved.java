package io.hcp.core.internal.cluster.plan;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.spec.TenantRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found of a tenant in its namespace.
 *
 * @param record what is kept of it
 * @param whole true if its own object has all that this library adds to a description
 * @param lost true if the tenant exists and what is kept beside its description does not
 * @param retained whose data was left when the tenant was deleted; empty if none was, or the tenant is back
 * @param authorities which of the authorities' Secrets are there
 * @param damage what is wrong with the authorities; empty if nothing is
 * @param outdatedCertificates the certificates that are missing, damaged, not as described, or about to end
 * @param driftedFiles the Secrets for pods that are missing or differ from what they should be made of
 * @param damagedKeys the encryption keys that were recorded and are missing or damaged
 * @param volumes the claims of the volumes of etcd
 * @param live the objects that are there, but for Secrets, by {@link ClusterObject#id()}
 * @param stale the pods of etcd that run as something else than their StatefulSet says
 * @param took how long each step, by its id, took the last time
 */
public record ClusterObserved(
        Optional<TenantRecord> record,
        boolean whole,
        boolean lost,
        Optional<String> retained,
        Authorities authorities,
        Optional<String> damage,
        List<String> outdatedCertificates,
        List<String> driftedFiles,
        List<String> damagedKeys,
        VolumeClaims volumes,
        Map<String, ClusterObject> live,
        List<String> stale,
        Map<String, Duration> took) {
    /** How many of the authorities' Secrets are there. */
    public enum Authorities {
        /** None. */
        ABSENT,
        /** Some. */
        PARTIAL,
        /** All. */
        PRESENT
    }

    /** Copies the collections. */
    public ClusterObserved {
        outdatedCertificates = List.copyOf(outdatedCertificates);
        driftedFiles = List.copyOf(driftedFiles);
        damagedKeys = List.copyOf(damagedKeys);
        live = Map.copyOf(live);
        stale = List.copyOf(stale);
        took = Map.copyOf(took);
    }

    /** {@return true if the tenant has ever served} */
    public boolean bootstrapped() {
        return record.map(TenantRecord::bootstrapped).orElse(false);
    }

    /** Whether somebody may miss the tenant's API; its volumes tell so if its status is lost. */
    boolean mayServe() {
        return bootstrapped() || !volumes.isEmpty();
    }

    Optional<String> tenantId() {
        return record.flatMap(known -> known.spec().tenantId());
    }

    /** Whether the data that was left is another tenant's than the one with this id. */
    boolean isOthersData(Optional<String> tenantId) {
        return retained.filter(id -> tenantId.filter(id::equals).isEmpty()).isPresent();
    }

    boolean isDeleting() {
        return record.map(TenantRecord::deleting).orElse(false);
    }

    boolean has(ClusterObject wanted) {
        return live.containsKey(wanted.id());
    }

    /** The paths in which an object differs; that of the whole object if it is not there. */
    List<String> drift(ClusterObject wanted) {
        ClusterObject found = live.get(wanted.id());
        return found == null ? List.of("(missing)") : Drift.between(wanted.tree(), found.tree());
    }
}
