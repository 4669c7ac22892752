package io.hcp.core.internal.engine;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Obstacle;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanKind;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.spec.Pinned;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What somebody asked for, to be planned for under the tenant's lease, and again if the world turns out to be otherwise.
 *
 * @param tenant whose
 * @param kind what it is
 * @param planning plans for it
 * @param agreed the plan that must still be the right one when the work begins, if there is one
 * @param underWay whether steps of it may have been done
 * @param unasked whether nobody waits for it: then it gives way to what somebody asks for
 */
record Request(
        String tenant,
        PlanKind kind,
        Function<TenantBackend, PlannedWork> planning,
        Optional<Plan> agreed,
        boolean underWay,
        boolean unasked) {
    private static final Set<ErrorKind> MOVED = EnumSet.of(ErrorKind.INVALID_SPEC, ErrorKind.NOT_FOUND);

    static Request apply(TenantControlPlane written) {
        return new Request(
                written.name(), PlanKind.APPLY, tenant -> tenant.plan(written), Optional.empty(), false, false);
    }

    static Request reconcile(String name) {
        return new Request(name, PlanKind.RECONCILE, TenantBackend::planReconcile, Optional.empty(), false, false);
    }

    static Request lookAfter(String name) {
        return new Request(name, PlanKind.RECONCILE, TenantBackend::planReconcile, Optional.empty(), false, true);
    }

    static Request delete(String name) {
        return new Request(name, PlanKind.DELETE, TenantBackend::planDelete, Optional.empty(), false, false);
    }

    static Request agreed(Plan plan) {
        Request same = switch (plan.kind()) {
            case APPLY -> apply(plan.wanted());
            case RECONCILE -> reconcile(plan.wanted().name());
            case DELETE -> delete(plan.wanted().name());
        };
        return new Request(same.tenant, same.kind, same.planning, Optional.of(plan), false, false);
    }

    /** Plans for it under the tenant's lease; that a tenant cannot be reconciled is told to whoever looks at it. */
    PlannedWork begin(TenantBackend backend, Lease lease) {
        try {
            return plan(backend);
        } catch (HcpException e) {
            if (kind == PlanKind.RECONCILE) {
                tell(backend, lease, e);
            }
            throw e;
        }
    }

    private static void tell(TenantBackend backend, Lease lease, HcpException problem) {
        try {
            backend.refused(lease, problem);
        } catch (HcpException e) {
            problem.addSuppressed(e);
        }
    }

    /** Plans for it; throws if nothing may be done. That an agreed plan is no longer right counts before what is in its way. */
    PlannedWork plan(TenantBackend backend) {
        PlannedWork planned = planned(backend);
        agreed.filter(plan -> !isAgreed(plan, planned.plan())).ifPresent(plan -> {
            throw stale();
        });
        requirePassable(planned.plan());
        return planned;
    }

    private PlannedWork planned(TenantBackend backend) {
        try {
            return planning.apply(backend);
        } catch (HcpException e) {
            // When the plan was made, the description was valid and the tenant there: what it was made from has
            // changed.
            throw agreed.isPresent() && MOVED.contains(e.kind()) ? stale() : e;
        }
    }

    private boolean isAgreed(Plan plan, Plan now) {
        return underWay
                ? plan.kind() == now.kind() && Pinned.isSame(now.wanted(), plan.wanted())
                : plan.digest().equals(now.digest());
    }

    /**
     * The same, once steps of an agreed plan may have been done: what is left to do is another plan by then, but to the
     * description that was agreed to.
     */
    Request begun() {
        return new Request(tenant, kind, planning, agreed, true, unasked);
    }

    private HcpException stale() {
        return new HcpException(
                ErrorKind.PLAN_STALE,
                "tenant \"" + tenant + "\" is no longer as it was when the plan was made",
                "make a new plan, look at it, and apply that");
    }

    /** Throws if a plan has obstacles. */
    static void requirePassable(Plan plan) {
        List<Obstacle> obstacles = plan.obstacles();
        if (obstacles.size() == 1) {
            throw obstacles.get(0).asException();
        }
        if (!obstacles.isEmpty()) {
            throw new HcpException(
                    obstacles.get(0).kind(),
                    obstacles.stream().map(Obstacle::problem).collect(Collectors.joining("; ")),
                    obstacles.stream().map(Obstacle::remedy).distinct().collect(Collectors.joining("; ")));
        }
    }
}
