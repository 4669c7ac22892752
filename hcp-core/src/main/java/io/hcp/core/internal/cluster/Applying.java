package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.gateway.ClusterObjects;
import io.hcp.core.internal.cluster.plan.Drift;
import io.hcp.core.internal.gateway.Lease;
import java.util.Optional;

/**
 * Applies a tenant's objects. Each is applied to the very state that was seen under this lease, so that what was decided
 * before the process slept cannot undo what others did meanwhile.
 */
final class Applying {
    private static final int ATTEMPTS = 5;

    private final TenantCell cell;
    private final ClusterObjects objects;
    private final Lease lease;

    Applying(TenantCell cell, ClusterObjects objects, Lease lease) {
        this.cell = cell;
        this.objects = objects;
        this.lease = lease;
    }

    /**
     * Applies an object unless it is as it should be. One that was not seen is created or looked at: applying asks only
     * whose fields are, not whose the object is.
     */
    ClusterObject apply(ClusterObject fields) {
        Optional<ClusterObject> live = cell.live(fields.id());
        ClusterObject next = live.map(seen -> at(fields, seen))
                .orElseGet(() -> fields.with(ClusterObjects.ABSENT, "metadata", "resourceVersion"));
        for (int attempt = 1; ; attempt++) {
            if (live.filter(found -> isAs(fields, found)).isPresent()) {
                cell.seen(live.get());
                return live.get();
            }
            try {
                ClusterObject stored = objects.apply(lease, next);
                cell.seen(stored);
                return stored;
            } catch (HcpException e) {
                if (e.kind() != ErrorKind.CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
                live = cell.find(fields);
                next = live.map(found -> at(fields, found)).orElse(fields);
            }
        }
    }

    /** Tells whether an object had to be applied. */
    boolean repair(ClusterObject fields) {
        if (cell.live(fields.id()).filter(live -> isAs(fields, live)).isPresent()) {
            return false;
        }
        ClusterObject unused = apply(fields);
        return true;
    }

    private static boolean isAs(ClusterObject fields, ClusterObject live) {
        return !live.isDeleting() && Drift.between(fields.tree(), live.tree()).isEmpty();
    }

    private static ClusterObject at(ClusterObject fields, ClusterObject live) {
        return fields.with(live.uid().orElse(""), "metadata", "uid")
                .with(live.resourceVersion().orElse(""), "metadata", "resourceVersion");
    }
}
