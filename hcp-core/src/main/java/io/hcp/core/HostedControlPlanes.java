package io.hcp.core;

import io.hcp.api.Backend;
import io.hcp.api.ControlPlane;
import io.hcp.api.Installation;
import io.hcp.api.Operation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.progress.HcpListener;
import io.hcp.api.usage.FleetUsage;
import io.hcp.api.usage.UsageMeter;
import io.hcp.core.internal.engine.Engine;
import io.hcp.core.internal.engine.EngineBackend;
import io.hcp.core.internal.gateway.Machine;
import io.hcp.core.internal.local.LocalMachine;
import io.hcp.core.internal.machine.MachineBackend;
import io.hcp.core.internal.maintain.Maintained;
import io.hcp.core.internal.maintain.Maintainer;
import io.hcp.core.internal.maintain.Pace;
import io.hcp.core.internal.progress.ListenerDispatch;
import io.hcp.core.internal.threads.Daemons;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Gives tenants control planes of their own, and takes them back. Thread-safe.
 *
 * <p>Methods that begin work check what they were given, work out what to do, and return a handle; the work goes on in
 * the background. It can be interrupted at any point, even by the end of the process: the same call made again goes on
 * where it stopped.
 */
public final class HostedControlPlanes implements AutoCloseable {
    private final Engine engine;
    private final AtomicReference<Maintainer> maintainer = new AtomicReference<>();

    private HostedControlPlanes(Engine engine) {
        this.engine = engine;
    }

    /**
     * Runs control planes as processes of this machine, without privileges. Linux only.
     *
     * @return with the defaults of {@link LocalOptions}
     */
    public static HostedControlPlanes local() {
        return local(options -> {});
    }

    /**
     * Runs control planes as processes of this machine, without privileges. Linux only.
     *
     * <p>They listen on the loopback address alone. This process restarts components that end or stop answering; after
     * {@link #close()}, or when it was killed, they run on without anybody watching until {@link #apply} takes care of
     * them again. Certificates are issued again by {@link #apply} once two thirds of their life are over, or when they no
     * longer say what the description does; nobody does so in between.
     *
     * <p>Authorities that a description names are read from {@code secrets/NAME/tls.crt} and {@code tls.key} in the data
     * directory, as PEM, when the tenant is created.
     *
     * @param options changes the defaults
     * @return close it to let go of the tenants
     * @throws InvalidSpecException if an option breaks a rule
     */
    public static HostedControlPlanes local(Consumer<LocalOptions> options) {
        Map<String, String> environment = System.getenv();
        Path home = LocalOptions.home(System.getProperty("user.home", ""), environment);
        LocalOptions chosen = new LocalOptions(environment, home);
        options.accept(chosen);
        Path dataDirectory = chosen.dataDirectory().orElseGet(HostedControlPlanes::temporaryDirectory);
        PrivateFiles.createDirectories(dataDirectory);
        ListenerDispatch listener = new ListenerDispatch(chosen.listener());
        RandomGenerator random = RandomGenerator.getDefault();
        Machine machine =
                new LocalMachine(realPath(dataDirectory), chosen.isEphemeral(), chosen.programs(), listener, random);
        return new HostedControlPlanes(new Engine(new MachineBackend(machine, Time.system(), random), listener));
    }

    /**
     * Runs control planes on a backend, and tells nobody what happens.
     *
     * @param backend where; closed with what is returned
     * @return close it to let go of the tenants
     */
    public static HostedControlPlanes on(Backend backend) {
        return on(backend, HcpListener.NONE);
    }

    /**
     * Runs control planes on a backend.
     *
     * @param backend where; closed with what is returned
     * @param listener hears of everything
     * @return close it to let go of the tenants
     */
    public static HostedControlPlanes on(Backend backend, HcpListener listener) {
        if (backend instanceof KubernetesBackend pods) {
            return new HostedControlPlanes(new Engine(pods.open(), new ListenerDispatch(listener)));
        }
        if (!(backend instanceof EngineBackend known)) {
            throw new IllegalArgumentException("use a backend of this library, not " + backend.getClass());
        }
        return new HostedControlPlanes(new Engine(known, new ListenerDispatch(listener)));
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("hcp-");
        } catch (IOException e) {
            throw PrivateFiles.failure("make a directory in", Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    private static Path realPath(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw PrivateFiles.failure("find", directory, e);
        }
    }

    /**
     * Works out what {@link #install} would do. Changes nothing.
     *
     * @return what it would do about each object
     * @throws HcpException as {@link #install} does
     */
    public Installation planInstall() {
        return engine.backend().install(false);
    }

    /**
     * Makes what the library needs in the under cluster once for all tenants: the definition of its custom resource, and
     * roles. Blocks until the resource is served. It can be called again and again: what is as it should be is not written,
     * and what a newer version of the library made is left alone.
     *
     * <p>Needs the right to write definitions and roles, with all rights that are in these roles. What comes later does
     * not: bind the roles {@code hcp} and {@code hcp-tenants} to whom the library runs as. {@code view}, {@code edit} and
     * {@code admin} of namespaces get rights on tenants by themselves.
     *
     * @return what was done about each object; print it
     * @throws HcpException with kind {@code UNSUPPORTED} on the local backend, {@code BLOCKED} if an object of that name
     *     is somebody else's or the right to write it is missing, {@code TIMEOUT} if the resource is not served, or
     *     {@code IO}
     */
    public Installation install() {
        return engine.backend().install(true);
    }

    /**
     * Works out what {@link #apply(TenantControlPlane)} would do. Changes nothing.
     *
     * @param wanted the description
     * @return the plan; empty if the tenant is as described; with its obstacles if it could not be applied
     * @throws InvalidSpecException if the description breaks a rule
     * @throws HcpException with kind {@code IO}, {@code RECORD_DAMAGED} or {@code PKI_DAMAGED} if what is there cannot be read
     */
    public Plan plan(TenantControlPlane wanted) {
        return engine.plan(wanted);
    }

    /**
     * Begins to bring a tenant to its description, making it if there is none, and watches over it from then on.
     *
     * @param wanted the description
     * @return a handle; {@link ControlPlane#awaitReady} waits for the work
     * @throws InvalidSpecException if the description breaks a rule
     * @throws HcpException with the kind of the plan's obstacle, if there is one: {@code DELETING}, {@code PKI_DAMAGED},
     *     {@code BLOCKED}, {@code DISK_FULL}; with kind {@code LOCKED} if another process holds the tenant or an operation
     *     on it is under way that somebody asked for; or {@code IO}
     */
    public ControlPlane apply(TenantControlPlane wanted) {
        return engine.apply(wanted);
    }

    /**
     * Begins to carry out exactly this plan.
     *
     * @param plan as {@link #plan(TenantControlPlane)} or {@link #plan(String)} returned it
     * @return a handle
     * @throws HcpException as {@link #apply(TenantControlPlane)} does, and with kind {@code PLAN_STALE} if another plan
     *     would be made now; then nothing was done
     * @throws IllegalArgumentException if it is the plan of a deletion, which {@link #delete(Plan)} takes
     */
    public ControlPlane apply(Plan plan) {
        return engine.apply(plan);
    }

    /**
     * Works out what {@link #reconcile} would do: how what runs differs from what the stored description says, or what is
     * left of an interrupted operation. Changes nothing.
     *
     * @param name the tenant's name
     * @return the plan; empty if nothing has drifted
     * @throws HcpException with kind {@code NOT_FOUND} if there is no such tenant, or {@code IO}
     */
    public Plan plan(String name) {
        return engine.planReconcile(name);
    }

    /**
     * Works out what {@link #delete} would do. Changes nothing.
     *
     * @param name the tenant's name
     * @return the plan
     * @throws HcpException with kind {@code NOT_FOUND} if there is no such tenant, or {@code IO}
     */
    public Plan planDelete(String name) {
        return engine.planDelete(name);
    }

    /**
     * Begins to bring a tenant back to its stored description, to go on with an interrupted operation, or to finish an
     * interrupted deletion, and watches over it from then on. For whoever maintains tenants: it can be called again and
     * again, and does nothing where nothing has to be done.
     *
     * @param name the tenant's name
     * @return the work; {@link Operation#await} waits for it
     * @throws HcpException as {@link #apply(TenantControlPlane)} does, and with kind {@code NOT_FOUND} if there is no such
     *     tenant
     */
    public Operation reconcile(String name) {
        return engine.reconcile(name);
    }

    /**
     * Begins to look after all tenants of the backend, until this is closed: what {@code kubectl} or GitOps wrote is carried
     * out, what was changed or deleted by others is mended, interrupted work is finished, and certificates are renewed. Each
     * tenant is reconciled within a second or two of a change, and all of them in passes that are spread over half a day;
     * one that something went wrong with is tried again after pauses of up to five minutes. What is called on this object
     * goes first: it cancels what is being done with the tenant unasked, which is begun again later.
     *
     * <p>Any number of processes may do so at the same time. They share the tenants, each being looked after by one, and
     * within 16 seconds of the end of a process the others have taken over its share. Does nothing if it has begun already.
     *
     * @throws HcpException with kind {@code UNSUPPORTED} on the local backend
     */
    public void maintain() {
        Maintained place = engine.backend()
                .maintained()
                .orElseThrow(() -> new HcpException(
                        ErrorKind.UNSUPPORTED,
                        "tenants that are processes are not looked after in the background",
                        "call reconcile for each of them from time to time"));
        Maintainer fresh = new Maintainer(
                place, engine::lookAfter, Pace.DEFAULT, Executors.newCachedThreadPool(Daemons.named("hcp-maintain-")));
        if (maintainer.compareAndSet(null, fresh)) {
            fresh.start();
        }
    }

    /**
     * Looks a tenant up. Needs no lock: the tenant may be held by another process.
     *
     * @param name the tenant's name
     * @return a handle, if there is such a tenant
     */
    public Optional<ControlPlane> get(String name) {
        return engine.get(name);
    }

    /**
     * Looks all tenants up. Needs no lock. A tenant whose stored description is damaged is left out, with a warning in
     * the log; {@link #get} tells what is wrong with it, {@link #delete} removes it.
     *
     * @return handles, sorted by name
     */
    public List<ControlPlane> list() {
        return engine.list();
    }

    /**
     * Measures what all tenants use, and what there is for them, over a span that begins now. Blocks for the span, and as
     * long as reading takes at its beginning and end. On the kubernetes backend, CPU and memory are asked of each node once,
     * which needs role {@code hcp-usage}; and each API server is asked for its metrics, eight at a time. What cannot be read is
     * missing in the result, with a reason.
     *
     * @param window the span, as {@link ControlPlane#usage} has it
     * @return what was used in the span, the noisiest tenant first
     * @throws IllegalArgumentException if the span is zero or negative
     * @throws HcpException as {@link #list} does, or with kind {@code CANCELLED} if this thread is interrupted
     */
    public FleetUsage fleet(Duration window) {
        return engine.metering().fleet(window);
    }

    /**
     * Begins to measure all tenants again and again, as {@link #fleet} does once.
     *
     * @return a meter that has taken its first reading
     * @throws HcpException as {@link #fleet} does
     */
    public UsageMeter meter() {
        return engine.metering().meter();
    }

    /**
     * Begins to remove a tenant: its processes, then its data, certificates and logs. What becomes of the data is told by
     * {@code spec.lifecycle.deletionPolicy} of the stored description: with {@code Delete} there is no way back, with
     * {@code Retain} it is put aside, and comes back when a tenant of the same name and {@code tenantId} is applied.
     *
     * @param name the tenant's name
     * @return the work; {@link Operation#await} waits for it
     * @throws HcpException with kind {@code NOT_FOUND} if there is no such tenant, or {@code LOCKED} as {@link
     *     #apply(TenantControlPlane)} does
     */
    public Operation delete(String name) {
        return engine.delete(name);
    }

    /**
     * Begins to remove a tenant by exactly this plan.
     *
     * @param plan as {@link #planDelete} returned it
     * @return the work
     * @throws HcpException as {@link #delete(String)} does, and with kind {@code PLAN_STALE} if another plan would be made
     *     now; then nothing was done
     * @throws IllegalArgumentException if it is not the plan of a deletion
     */
    public Operation delete(Plan plan) {
        return engine.delete(plan);
    }

    /**
     * Cancels work under way, waits for its steps to stop, and lets go of the tenants. {@link #apply}, {@link
     * #delete} and what measures throw {@link IllegalStateException} from then on. Tenants run on, unless this was made {@link
     * LocalOptions#ephemeral}: then they end and nothing is left of them.
     */
    @Override
    public void close() {
        Optional.ofNullable(maintainer.get()).ifPresent(Maintainer::close);
        engine.close();
    }
}
