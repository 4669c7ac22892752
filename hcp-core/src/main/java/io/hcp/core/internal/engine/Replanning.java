package io.hcp.core.internal.engine;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.execute.Execution;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.plan.PlannedWork;
import java.util.Optional;

/** Another way to what was asked for, after the world turned out to be otherwise than planned; a few times at most. */
final class Replanning implements Execution.Recovery {
    private static final int ATTEMPTS = 5;

    private final Request request;
    private final TenantBackend tenant;
    private final Lease lease;
    private PlannedWork planned;
    private int attempts;

    Replanning(Request request, TenantBackend tenant, Lease lease, PlannedWork planned) {
        this.request = request;
        this.tenant = tenant;
        this.lease = lease;
        this.planned = planned;
    }

    @Override
    public synchronized Optional<PlannedWork> instead(HcpException failure, boolean begun) {
        if (++attempts >= ATTEMPTS) {
            return Optional.empty();
        }
        Optional<PlannedWork> other = failure.kind() == ErrorKind.CONFLICT
                ? Optional.of((begun ? request.begun() : request).plan(tenant))
                : tenant.instead(lease, failure, planned);
        other.ifPresent(work -> planned = work);
        return other;
    }
}
