package io.hcp.core.internal.local;

import io.hcp.api.ControlPlane;
import io.hcp.api.Operation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.internal.component.ComponentResolver;
import io.hcp.core.internal.component.ResolverSettings;
import io.hcp.core.internal.execute.Execution;
import io.hcp.core.internal.files.ProcessLock;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.progress.ListenerDispatch;
import io.hcp.core.internal.spec.SpecValidator;
import io.hcp.core.internal.spec.rules.LocalRules;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs control planes as processes of this machine. A tenant that this backend has applied is held under a lock and
 * watched over until {@link #close}; looking at a tenant needs no lock. Thread-safe.
 */
public final class LocalBackend implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalBackend.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Settings settings;
    private final @Nullable EphemeralGuard guard;
    private final ExecutorService executor = Executors.newCachedThreadPool(daemons("hcp-local-"));
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(daemons("hcp-local-supervisor-"));
    private final Map<String, Held> held = new HashMap<>();
    private final Map<String, LocalTenant> seen = new HashMap<>();
    private boolean closed;

    /**
     * Opens a backend; nothing is started.
     *
     * @param dataDirectory where tenants are kept, absolute
     * @param ephemeral true if tenants and the data directory end with this process
     * @param programs how programs are found
     * @param listener hears of everything
     * @param random chooses ports
     */
    public LocalBackend(
            Path dataDirectory,
            boolean ephemeral,
            ResolverSettings programs,
            HcpListener listener,
            RandomGenerator random) {
        ListenerDispatch dispatch = new ListenerDispatch(listener);
        this.guard = ephemeral ? new EphemeralGuard(dataDirectory) : null;
        this.settings = new Settings(
                dataDirectory,
                new ComponentResolver(programs.withListener(dispatch)),
                guard == null ? Map.of() : guard.mark(),
                dispatch,
                Clock.systemUTC(),
                random,
                executor);
        ScheduledFuture<?> unused =
                ticker.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A tenant that this backend holds. */
    private static final class Held {
        final LocalTenant tenant;
        final ProcessLock lock;

        @Nullable
        Execution operation;

        Held(LocalTenant tenant, ProcessLock lock) {
            this.tenant = tenant;
            this.lock = lock;
        }

        boolean isBusy() {
            return operation != null && !operation.completion().isDone();
        }
    }

    /**
     * Works out how to bring a tenant to a description; changes nothing.
     *
     * @param wanted the description
     * @return the plan
     */
    public Plan plan(TenantControlPlane wanted) {
        SpecValidator.check(wanted, LocalRules.ALL);
        return view(wanted.name()).plan(wanted).plan();
    }

    /**
     * Begins to bring a tenant to a description, and watches over it from then on.
     *
     * @param wanted the description
     * @param agreed the plan that must still be the right one, if there is one
     * @return a handle
     */
    public synchronized ControlPlane apply(TenantControlPlane wanted, Optional<Plan> agreed) {
        SpecValidator.check(wanted, LocalRules.ALL);
        Execution execution = begin(wanted.name(), tenant -> agreedPlan(tenant, wanted, agreed), () -> {});
        return new LocalControlPlane(view(wanted.name()), execution.plan().wanted(), Optional.of(execution));
    }

    private static PlannedWork agreedPlan(LocalTenant tenant, TenantControlPlane wanted, Optional<Plan> agreed) {
        PlannedWork plan;
        try {
            plan = tenant.plan(wanted);
        } catch (InvalidSpecException e) {
            // It was valid when the plan was made: what it is compared with has changed.
            throw agreed.isPresent() ? stale(wanted) : e;
        }
        if (agreed.isPresent() && !agreed.get().equals(plan.plan())) {
            throw stale(wanted);
        }
        tenant.adopt();
        return plan;
    }

    private static HcpException stale(TenantControlPlane wanted) {
        return new HcpException(
                ErrorKind.PLAN_STALE,
                "tenant \"" + wanted.name() + "\" is no longer as it was when the plan was made",
                "make a new plan, look at it, and apply that");
    }

    /**
     * Begins to remove a tenant.
     *
     * @param name whose
     * @return the work
     */
    public synchronized Operation delete(String name) {
        SpecValidator.checkName(name);
        return begin(name, LocalTenant::planDelete, () -> release(name));
    }

    /**
     * Looks a tenant up.
     *
     * @param name whose
     * @return a handle, if there is such a tenant
     */
    public Optional<ControlPlane> get(String name) {
        SpecValidator.checkName(name);
        LocalTenant tenant = view(name);
        return tenant.store().read().map(found -> new LocalControlPlane(tenant, found.spec(), Optional.empty()));
    }

    /**
     * Looks all tenants up.
     *
     * @return handles, sorted by name
     */
    public List<ControlPlane> list() {
        return settings.tenantNames().stream()
                .map(this::view)
                .flatMap(tenant -> tenant.store().readIfIntact().stream()
                        .map(found -> (ControlPlane) new LocalControlPlane(tenant, found.spec(), Optional.empty())))
                .toList();
    }

    /** What {@link #begin} asks for once it holds the tenant. */
    private interface Planning {
        PlannedWork plan(LocalTenant tenant);
    }

    private Execution begin(String name, Planning planning, Runnable onSuccess) {
        if (closed) {
            throw new IllegalStateException("this HostedControlPlanes is closed");
        }
        boolean known = held.containsKey(name);
        Held tenant = hold(name);
        if (tenant.isBusy()) {
            throw new HcpException(
                    ErrorKind.LOCKED,
                    "an operation on tenant \"" + name + "\" is under way",
                    "await it, or cancel it, then call again");
        }
        try {
            Execution execution = tenant.tenant.execute(planning.plan(tenant.tenant), onSuccess);
            tenant.operation = execution;
            return execution;
        } catch (RuntimeException e) {
            if (!known) {
                release(name);
            }
            throw e;
        }
    }

    private Held hold(String name) {
        Held known = held.get(name);
        if (known != null) {
            return known;
        }
        ProcessLock lock = TenantLock.acquire(name, settings);
        Held fresh = new Held(view(name), lock);
        held.put(name, fresh);
        return fresh;
    }

    private synchronized void release(String name) {
        seen.remove(name);
        Held gone = held.remove(name);
        if (gone != null) {
            try {
                gone.lock.close();
            } catch (IOException e) {
                throw PrivateFiles.failure("unlock", settings.tenantLock(name), e);
            }
        }
    }

    /** A tenant, held or not; one object for each name, since it keeps connections. */
    private synchronized LocalTenant view(String name) {
        return seen.computeIfAbsent(name, key -> new LocalTenant(key, settings));
    }

    private void tick() {
        List<LocalTenant> tenants;
        synchronized (this) {
            tenants = held.values().stream().map(known -> known.tenant).toList();
        }
        for (LocalTenant tenant : tenants) {
            try {
                tenant.lookAfter();
            } catch (RuntimeException e) {
                LOG.warn("tenant {} could not be looked after, will be tried again", tenant.name(), e);
            }
        }
    }

    /** Cancels what is under way and lets go of all tenants. They run on, unless they are ephemeral. */
    @Override
    public void close() {
        List<Held> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(held.values());
        }
        ticker.shutdownNow();
        Stream<Execution> operations = all.stream().flatMap(known -> Stream.ofNullable(known.operation));
        operations.forEach(Execution::cancel);
        executor.shutdownNow();
        awaitSteps();
        if (guard != null) {
            guard.close();
        }
        all.forEach(known -> release(known.tenant.name()));
        settings.listener().close();
    }

    /** A step that cannot be interrupted may still write; what is let go of or removed must not change any more. */
    private void awaitSteps() {
        try {
            if (!executor.awaitTermination(CLOSE_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("steps were still under way {} after they were cancelled", CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory daemons(String prefix) {
        ThreadFactory numbered = Executors.defaultThreadFactory();
        return task -> {
            Thread thread = numbered.newThread(task);
            thread.setName(prefix + thread.getId());
            thread.setDaemon(true);
            return thread;
        };
    }
}
