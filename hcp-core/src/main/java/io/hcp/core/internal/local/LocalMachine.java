package io.hcp.core.internal.local;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.component.ComponentResolver;
import io.hcp.core.internal.component.ResolverSettings;
import io.hcp.core.internal.files.MachineLoad;
import io.hcp.core.internal.files.ProcessLock;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.Machine;
import io.hcp.core.internal.gateway.PortSpace;
import io.hcp.core.internal.gateway.Programs;
import io.hcp.core.internal.gateway.TenantGateways;
import io.hcp.core.internal.tenant.TenantClient;
import io.hcp.core.internal.threads.Daemons;
import io.hcp.core.internal.time.Time;
import io.hcp.core.internal.usage.NodeSample;
import java.lang.ref.WeakReference;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This machine: tenants are directories in a data directory, their components its processes. The components of a tenant
 * are looked after as long as its lease is held here. Thread-safe.
 */
public final class LocalMachine implements Machine {
    private static final Logger LOG = LoggerFactory.getLogger(LocalMachine.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    private final DataDirectory data;
    private final @Nullable EphemeralGuard guard;
    private final LocalPrograms programs;
    private final LocalPortSpace ports;
    private final HcpListener listener;
    private final ExecutorService executor = Executors.newCachedThreadPool(Daemons.named("hcp-local-"));
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("hcp-local-supervisor-"));

    /** Kept as long as anybody uses them, since they keep connections; names that were only asked for are many. */
    private final Map<String, WeakReference<TenantGateways>> known = new HashMap<>();

    private final Map<String, Held> held = new HashMap<>();
    private boolean closed;

    /**
     * Opens a data directory; nothing is started.
     *
     * @param dataDirectory where tenants are kept, absolute
     * @param ephemeral true if tenants and the data directory end with this process
     * @param programs how programs are found
     * @param listener hears of restarts and of programs that are provided; neither throws nor blocks
     * @param random chooses ports
     */
    public LocalMachine(
            Path dataDirectory,
            boolean ephemeral,
            ResolverSettings programs,
            HcpListener listener,
            RandomGenerator random) {
        this.data = new DataDirectory(dataDirectory);
        this.guard = ephemeral ? new EphemeralGuard(dataDirectory) : null;
        this.programs = new LocalPrograms(new ComponentResolver(programs.withListener(listener)));
        this.ports = new LocalPortSpace(data, new PortAllocator(random));
        this.listener = listener;
        repeat(Duration.ofSeconds(1), LocalProcesses::lookAfter);
        repeat(Duration.ofMinutes(1), LocalProcesses::rotateLogs);
    }

    /** A tenant whose lease is held here. */
    private record Held(LocalLease lease, TenantGateways gateways) {
        LocalProcesses processes() {
            return (LocalProcesses) gateways.processes();
        }
    }

    private void repeat(Duration period, Consumer<LocalProcesses> work) {
        Runnable round = () -> heldTenants().forEach(tenant -> {
            try {
                work.accept(tenant.processes());
            } catch (RuntimeException e) {
                LOG.warn(
                        "tenant {} could not be looked after, will be tried again",
                        tenant.lease().tenant(),
                        e);
            }
        });
        ScheduledFuture<?> unused =
                ticker.scheduleWithFixedDelay(round, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized List<Held> heldTenants() {
        return List.copyOf(held.values());
    }

    @Override
    public String name() {
        return data.toString();
    }

    @Override
    public List<String> tenants() {
        return data.tenants();
    }

    @Override
    public synchronized Lease acquire(String tenant) {
        if (closed) {
            throw new IllegalStateException("the machine is closed");
        }
        LocalLease lease = LocalLease.tryAcquire(tenant, data.tenantLock(tenant), () -> letGo(tenant))
                .orElseThrow(() -> new HcpException(
                        ErrorKind.LOCKED,
                        "tenant \"%s\" in %s is held by %s"
                                .formatted(tenant, data, holder(tenant).orElse("another process")),
                        "end that process or close its HostedControlPlanes, use it to change the tenant, or use another"
                                + " data directory; get(...) works without the lock"));
        held.put(tenant, new Held(lease, tenant(tenant)));
        return lease;
    }

    private void letGo(String tenant) {
        @Nullable Held gone;
        synchronized (this) {
            gone = held.remove(tenant);
        }
        if (gone != null) {
            gone.processes().letGo();
        }
    }

    @Override
    public synchronized Optional<String> holder(String tenant) {
        if (held.containsKey(tenant)) {
            return Optional.of("this HostedControlPlanes");
        }
        return ProcessLock.holder(data.tenantLock(tenant)).stream()
                .mapToObj(pid -> pid == ProcessHandle.current().pid()
                        ? "another HostedControlPlanes of this process"
                        : "process " + pid)
                .findFirst();
    }

    @Override
    public PortSpace ports() {
        return ports;
    }

    @Override
    public Programs programs() {
        return programs;
    }

    @Override
    public NodeSample load() {
        return MachineLoad.ofMachine(NODE, Time.system().clock());
    }

    @Override
    public synchronized TenantGateways tenant(String name) {
        @Nullable WeakReference<TenantGateways> reference = known.get(name);
        @Nullable TenantGateways found = reference == null ? null : reference.get();
        if (found == null) {
            known.values().removeIf(gone -> gone.get() == null);
            found = gateways(name);
            known.put(name, new WeakReference<>(found));
        }
        return found;
    }

    private TenantGateways gateways(String name) {
        Clock clock = Time.system().clock();
        TenantLayout layout = data.tenant(name);
        LocalStorage storage = new LocalStorage(name, data);
        LocalCertificates certificates = new LocalCertificates(name, layout, data.secrets(), clock);
        LocalEncryptionKeys keys = new LocalEncryptionKeys(name, layout);
        LocalTenantApi api = new LocalTenantApi(name, new TenantClient(certificates::load, clock), certificates);
        ProcessLauncher launcher =
                new ProcessLauncher(layout, programs, guard == null ? Map.of() : guard.mark(), keys::read);
        Supervisor supervisor =
                new Supervisor(name, launcher::launch, api::isAlive, listener, executor, System::nanoTime);
        return new TenantGateways(
                layout,
                new LocalRecords(name, layout),
                new LocalJournal(name, layout),
                storage,
                certificates,
                keys,
                new LocalProcesses(storage, launcher, supervisor, api::hasStarted),
                api);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        ticker.shutdownNow();
        executor.shutdownNow();
        awaitSupervision();
        try {
            if (guard != null) {
                guard.close();
            }
        } finally {
            heldTenants().forEach(tenant -> tenant.lease().close());
        }
    }

    /** A restart that cannot be interrupted may still write; what is let go of or removed must not change any more. */
    private void awaitSupervision() {
        try {
            if (!ticker.awaitTermination(CLOSE_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    || !executor.awaitTermination(CLOSE_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("components were still being looked after {} after that was to stop", CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
