package io.hcp.core.internal.engine;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.execute.Doer;
import io.hcp.core.internal.execute.Recovery;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.plan.Work;
import java.util.Optional;

/** Does steps, and finds another way when the world turns out to be otherwise than planned; a few times at most. */
final class Replanning implements Doer, Recovery {
    private static final int ATTEMPTS = 5;

    private final Request request;
    private final TenantBackend tenant;
    private final Lease lease;
    private volatile PlannedWork planned;
    private volatile boolean begun;
    private int attempts;

    Replanning(Request request, TenantBackend tenant, Lease lease, PlannedWork planned) {
        this.request = request;
        this.tenant = tenant;
        this.lease = lease;
        this.planned = planned;
    }

    @Override
    public String carryOut(Work work, PlannedWork of) {
        String evidence = tenant.carryOut(lease, work, of);
        begun = true;
        return evidence;
    }

    @Override
    public Optional<PlannedWork> instead(HcpException failure) {
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
