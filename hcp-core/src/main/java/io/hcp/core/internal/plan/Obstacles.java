package io.hcp.core.internal.plan;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Obstacle;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What keeps a plan from being applied: all of it, so that nobody has to find out one by one. */
final class Obstacles {
    private final String name;
    private final Observed observed;
    private final Optional<TenantRecord> record;

    private Obstacles(TenantControlPlane tenant, Observed observed) {
        this.name = tenant.name();
        this.observed = observed;
        this.record = observed.record();
    }

    /** Of a tenant that is half deleted anything may be missing, and finishing the deletion is all that helps. */
    static List<Obstacle> toApply(TenantControlPlane wanted, Observed observed) {
        Obstacles obstacles = new Obstacles(wanted, observed);
        if (observed.retained()) {
            return obstacles.newerRules().stream().toList();
        }
        Optional<Obstacle> deleting = obstacles.deleting();
        if (deleting.isPresent()) {
            return List.of(deleting.get());
        }
        return Stream.of(obstacles.newerRules(), obstacles.authorities(), obstacles.keys(), obstacles.datastore())
                .flatMap(Optional::stream)
                .toList();
    }

    static List<Obstacle> toDelete(TenantControlPlane known, Observed observed) {
        List<Obstacle> obstacles = new ArrayList<>();
        if (Irreversible.retains(observed) && known.tenantId().isEmpty()) {
            obstacles.add(new Obstacle(
                    ErrorKind.BLOCKED,
                    "tenant \"" + known.name() + "\" has no id under which its data could be put aside",
                    "apply its description first, which gives it one"));
        }
        return obstacles;
    }

    private Optional<Obstacle> deleting() {
        return record.filter(TenantRecord::deleting)
                .map(found -> new Obstacle(
                        ErrorKind.DELETING,
                        "tenant \"" + name + "\" is being deleted",
                        "call delete(\"" + name + "\") again to finish it, then apply"));
    }

    /** A tenant's components must not change because the library did; nor may an old library undo a new one's rules. */
    private Optional<Obstacle> newerRules() {
        return record.map(TenantRecord::renderRevision)
                .filter(revision -> revision > Blueprint.RENDER_REVISION)
                .map(
                        revision -> new Obstacle(
                                ErrorKind.BLOCKED,
                                "tenant \"%s\" is kept by rules of revision %d, and this library knows those up to %d"
                                        .formatted(name, revision, Blueprint.RENDER_REVISION),
                                "use the newer version of this library that it was changed with; this one can only look at it"));
    }

    private Optional<Obstacle> authorities() {
        if (observed.pkiPresent() || !observed.datastorePresent()) {
            return Optional.empty();
        }
        return Optional.of(new Obstacle(
                ErrorKind.PKI_DAMAGED,
                "the certificates of tenant \"" + name + "\" are gone but its datastore is there",
                "restore its directory pki from a backup, or delete the tenant: a new CA would lock out everybody"
                        + " who knows the old one"));
    }

    private Optional<Obstacle> keys() {
        if (observed.damagedKeys().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Obstacle(
                ErrorKind.PKI_DAMAGED,
                "encryption keys of tenant \"%s\" are missing or damaged: %s"
                        .formatted(name, String.join(", ", observed.damagedKeys())),
                "restore its directory pki from a backup, or delete the tenant: without the key nothing that was"
                        + " encrypted can be read"));
    }

    private Optional<Obstacle> datastore() {
        if (observed.datastorePresent()) {
            return Optional.empty();
        }
        if (record.map(TenantRecord::bootstrapped).orElse(false)) {
            return Optional.of(new Obstacle(
                    ErrorKind.BLOCKED,
                    "the datastore of tenant \"" + name + "\" is gone, and with it all that the tenant had stored",
                    "restore its directory etcd from a backup, or delete the tenant: an empty datastore would hide the"
                            + " loss"));
        }
        if (observed.usableBytes() < Planner.LEAST_USABLE_BYTES) {
            return Optional.of(new Obstacle(
                    ErrorKind.DISK_FULL,
                    "the file system of tenant \"%s\" has %d MiB free".formatted(name, observed.usableBytes() >> 20),
                    "free at least " + (Planner.LEAST_USABLE_BYTES >> 20) + " MiB, or choose another data directory"));
        }
        return Optional.empty();
    }
}
