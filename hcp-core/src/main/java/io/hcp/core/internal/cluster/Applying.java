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

    /** Applies an object unless it is as it should be. */
    ClusterObject apply(ClusterObject fields) {
        Optional<ClusterObject> seen = cell.live(fields.id());
        for (int attempt = 1; ; attempt++) {
            if (seen.filter(live -> isAs(fields, live)).isPresent()) {
                return seen.get();
            }
            try {
                ClusterObject stored = objects.apply(lease, at(fields, seen));
                cell.seen(stored);
                return stored;
            } catch (HcpException e) {
                if (e.kind() != ErrorKind.CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
                boolean foreign = seen.isEmpty();
                seen = objects.get(fields.kind(), fields.name());
                if (foreign && seen.filter(this::isOurs).isEmpty()) {
                    throw taken(fields, e);
                }
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

    private boolean isOurs(ClusterObject found) {
        return cell.labels().entrySet().stream()
                .allMatch(label -> found.label(label.getKey())
                        .filter(label.getValue()::equals)
                        .isPresent());
    }

    private static ClusterObject at(ClusterObject fields, Optional<ClusterObject> seen) {
        return seen.map(live -> fields.with(live.uid().orElse(""), "metadata", "uid")
                        .with(live.resourceVersion().orElse(""), "metadata", "resourceVersion"))
                .orElse(fields);
    }

    private static HcpException taken(ClusterObject fields, HcpException cause) {
        return new HcpException(
                ErrorKind.BLOCKED,
                fields + " exists and is not this tenant's",
                "give the tenant another name, or remove that object",
                cause);
    }
}
