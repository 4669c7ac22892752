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
     * Applies an object unless it is as it should be. One that was not seen is looked for first: applying asks only whose
     * fields are, not whose the object is.
     */
    ClusterObject apply(ClusterObject fields) {
        Optional<ClusterObject> seen = cell.live(fields.id());
        for (int attempt = 1; ; attempt++) {
            Optional<ClusterObject> live = seen.or(() -> cell.find(fields));
            if (live.filter(found -> isAs(fields, found)).isPresent()) {
                cell.seen(live.get());
                return live.get();
            }
            try {
                ClusterObject stored = objects.apply(lease, at(fields, live));
                cell.seen(stored);
                return stored;
            } catch (HcpException e) {
                if (e.kind() != ErrorKind.CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
                seen = Optional.empty();
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

    private static ClusterObject at(ClusterObject fields, Optional<ClusterObject> seen) {
        return seen.map(live -> fields.with(live.uid().orElse(""), "metadata", "uid")
                        .with(live.resourceVersion().orElse(""), "metadata", "resourceVersion"))
                .orElse(fields);
    }
}
