package io.hcp.core.internal.engine;

import io.hcp.api.ControlPlane;
import io.hcp.api.Operation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanKind;
import io.hcp.api.progress.OperationReport;
import io.hcp.core.internal.execute.Environment;
import io.hcp.core.internal.execute.Execution;
import io.hcp.core.internal.execute.RetryPolicy;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.progress.ListenerDispatch;
import io.hcp.core.internal.spec.SpecValidator;
import io.hcp.core.internal.threads.Daemons;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans and carries out work on the tenants of one backend. A tenant is held under its lease while something is done with
 * it and, where its processes need to be watched over, until it is deleted or the engine is closed; looking at a tenant
 * needs no lease.
 * Thread-safe.
 */
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /** Requests that are under way have limits of their own, which are shorter. */
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);

    private final EngineBackend backend;
    private final ListenerDispatch listener;
    private final RetryPolicy retry;
    private final ExecutorService executor = Executors.newCachedThreadPool(Daemons.named("hcp-step-"));
    private final Slots slots = new Slots();
    private volatile boolean closed;

    /**
     * Opens an engine; nothing is started.
     *
     * @param backend where the tenants are; closed with this engine
     * @param listener hears of everything
     */
    public Engine(EngineBackend backend, ListenerDispatch listener) {
        this.backend = backend;
        this.listener = listener;
        this.retry = new RetryPolicy(backend.random());
    }

    /** {@return where the tenants are} */
    public EngineBackend backend() {
        return backend;
    }

    /** {@return what measures tenants} */
    public Metering metering() {
        requireOpen();
        return new Metering(backend, executor);
    }

    /**
     * Works out how to bring a tenant to a description; changes nothing.
     *
     * @param wanted the description
     * @return the plan
     */
    public Plan plan(TenantControlPlane wanted) {
        SpecValidator.checkName(wanted.name());
        return backend.tenant(wanted.name()).plan(wanted).plan();
    }

    /**
     * Works out how to bring a tenant back to its stored description; changes nothing.
     *
     * @param name whose
     * @return the plan
     */
    public Plan planReconcile(String name) {
        SpecValidator.checkName(name);
        return backend.tenant(name).planReconcile().plan();
    }

    /**
     * Works out how to remove a tenant; changes nothing.
     *
     * @param name whose
     * @return the plan
     */
    public Plan planDelete(String name) {
        SpecValidator.checkName(name);
        return backend.tenant(name).planDelete().plan();
    }

    /**
     * Begins to bring a tenant to a description.
     *
     * @param wanted the description
     * @return a handle
     */
    public ControlPlane apply(TenantControlPlane wanted) {
        Execution execution = begin(Request.apply(wanted));
        return new Handle(this, execution.plan().wanted(), Optional.of(execution));
    }

    /**
     * Begins to carry out exactly this plan.
     *
     * @param plan the plan, not of a deletion
     * @return a handle
     */
    public ControlPlane apply(Plan plan) {
        if (plan.kind() == PlanKind.DELETE) {
            throw new IllegalArgumentException("the plan of a deletion is carried out by delete(plan)");
        }
        Execution execution = begin(Request.agreed(plan));
        return new Handle(this, execution.plan().wanted(), Optional.of(execution));
    }

    /**
     * Begins to remove a tenant by exactly this plan.
     *
     * @param plan the plan of a deletion
     * @return the work
     */
    public Operation delete(Plan plan) {
        if (plan.kind() != PlanKind.DELETE) {
            throw new IllegalArgumentException("the plan to apply a description is carried out by apply(plan)");
        }
        return begin(Request.agreed(plan));
    }

    /**
     * Begins to bring a tenant back to its stored description, or to finish its deletion.
     *
     * @param name whose
     * @return the work
     */
    public Operation reconcile(String name) {
        return begin(Request.reconcile(name));
    }

    /**
     * The same for whoever looks after tenants without being asked: it is cancelled when somebody asks for something.
     *
     * @param name whose
     * @return the work
     */
    public Operation lookAfter(String name) {
        return begin(Request.lookAfter(name));
    }

    /**
     * Begins to remove a tenant.
     *
     * @param name whose
     * @return the work
     */
    public Operation delete(String name) {
        return begin(Request.delete(name));
    }

    /**
     * Looks a tenant up.
     *
     * @param name whose
     * @return a handle, if there is such a tenant
     */
    public Optional<ControlPlane> get(String name) {
        SpecValidator.checkName(name);
        return backend.tenant(name).description().map(this::handle);
    }

    /**
     * Looks all tenants up, passing over those whose description is damaged.
     *
     * @return handles, sorted by name
     */
    public List<ControlPlane> list() {
        return backend.tenants().stream()
                .flatMap(name -> intactDescription(name).stream())
                .map(this::handle)
                .toList();
    }

    private Optional<TenantControlPlane> intactDescription(String name) {
        try {
            return backend.tenant(name).description();
        } catch (HcpException e) {
            if (e.kind() != ErrorKind.RECORD_DAMAGED) {
                throw e;
            }
            LOG.warn("passed over: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private ControlPlane handle(TenantControlPlane spec) {
        return new Handle(this, spec, underWay(spec.name()).map(Operation.class::cast));
    }

    private Optional<Execution> underWay(String name) {
        return slots.look(name, Slot::underWay).flatMap(Function.identity());
    }

    /** Reads what was done last with a tenant. */
    Optional<OperationReport> lastOperation(String name) {
        LastOperation stored = new LastOperation(backend, name);
        // With the slot's monitor, so that no operation begins or ends unseen between looking for it and reading of it.
        return slots.look(
                        name,
                        slot -> slot.underWay()
                                .map(Execution::report)
                                .or(() -> stored.read(slot.lease().isPresent())))
                .orElseGet(() -> stored.read(false));
    }

    private Execution begin(Request request) {
        SpecValidator.checkName(request.tenant());
        if (!request.unasked()) {
            makeWay(request.tenant());
        }
        Execution execution = slots.with(request.tenant(), slot -> prepare(request, slot));
        return execution.start(); // without the monitor: a listener may call back
    }

    /** What nobody waits for is begun again later; here it is waited for until its last step has stopped. */
    private void makeWay(String name) {
        slots.look(name, Slot::underWayUnasked).flatMap(Function.identity()).ifPresent(unasked -> {
            unasked.cancel();
            try {
                unasked.await(STOPS_WITHIN);
            } catch (HcpException e) {
                LOG.debug("tenant {} was being looked after: {}", name, e.getMessage());
            }
        });
    }

    private Execution prepare(Request request, Slot slot) {
        String name = request.tenant();
        requireOpen();
        if (slot.underWay().isPresent()) {
            throw new HcpException(
                    ErrorKind.LOCKED,
                    "an operation on tenant \"" + name + "\" is under way",
                    "await it, or cancel it, then call again");
        }
        boolean known = slot.lease().isPresent();
        try {
            return planned(request, slot);
        } catch (RuntimeException e) {
            if (!known || isGone(e)) {
                slots.release(name);
            }
            throw e;
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this HostedControlPlanes is closed");
        }
    }

    private static boolean isGone(RuntimeException failure) {
        return failure instanceof HcpException known && known.kind() == ErrorKind.NOT_FOUND;
    }

    private Execution planned(Request request, Slot slot) {
        TenantBackend tenant = backend.tenant(request.tenant());
        Lease lease = slot.lease().orElseGet(() -> {
            Lease fresh = backend.acquire(request.tenant());
            slot.hold(fresh);
            return fresh;
        });
        PlannedWork planned = request.begin(tenant, lease);
        if (planned.plan().kind() != PlanKind.DELETE) {
            tenant.adopt(lease);
        }
        tenant.begins(planned);
        OperationJournal journal = new OperationJournal(tenant.journal(), lease);
        Replanning replanning = new Replanning(request, tenant, lease, planned);
        Execution execution = new Execution(
                Ids.operation(backend.random()),
                planned,
                replanning,
                replanning,
                new Environment(
                        executor,
                        backend.time(),
                        retry,
                        listener,
                        journal,
                        () -> releaseIfGone(request.tenant(), replanning),
                        () -> releaseIfDone(request.tenant(), tenant, lease)));
        slot.begun(execution, request.unasked());
        return execution;
    }

    private void releaseIfGone(String name, Replanning done) {
        if (done.isDeletion()) {
            slots.release(name);
        }
    }

    /** What could not be told of the end is told later, and for that the right is needed. */
    private void releaseIfDone(String name, TenantBackend tenant, Lease lease) {
        if (!backend.watchesOver() && tenant.journal().isTold(() -> slots.releaseIdle(name, lease))) {
            slots.release(name);
        }
    }

    /** Cancels what is under way, waits until it has ended, and lets go of the tenants. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted(); // it would keep this from waiting
        try {
            end();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void end() {
        closed = true;
        Shutdown.of(executor, slots.underWay());
        try {
            backend.release(slots.retireAll());
            backend.close();
        } finally {
            listener.close();
        }
    }
}
