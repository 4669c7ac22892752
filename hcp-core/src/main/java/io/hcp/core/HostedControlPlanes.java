package io.hcp.core;

import io.hcp.api.ControlPlane;
import io.hcp.api.Operation;
import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.core.internal.local.LocalBackend;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final LocalBackend backend;

    private HostedControlPlanes(LocalBackend backend) {
        this.backend = backend;
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
        return new HostedControlPlanes(new LocalBackend(
                realPath(dataDirectory),
                chosen.isEphemeral(),
                chosen.programs(),
                chosen.listener(),
                RandomGenerator.getDefault()));
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
     * Works out what {@link #apply(TenantControlPlane)} would do. Changes nothing.
     *
     * @param wanted the description
     * @return the plan; empty if the tenant is as described
     * @throws InvalidSpecException if the description breaks a rule
     * @throws HcpException with the kind of what stands in the way: {@code DELETING}, {@code PKI_DAMAGED}, {@code
     *     DISK_FULL}, {@code IO}
     */
    public Plan plan(TenantControlPlane wanted) {
        return backend.plan(wanted);
    }

    /**
     * Begins to bring a tenant to its description, making it if there is none, and watches over it from then on.
     *
     * @param wanted the description
     * @return a handle; {@link ControlPlane#awaitReady} waits for the work
     * @throws InvalidSpecException if the description breaks a rule
     * @throws HcpException as {@link #plan} does, and with kind {@code LOCKED} if another process holds the tenant or
     *     an operation on it is under way
     */
    public ControlPlane apply(TenantControlPlane wanted) {
        return backend.apply(wanted, Optional.empty());
    }

    /**
     * Begins to carry out exactly this plan.
     *
     * @param plan as {@link #plan} returned it
     * @return a handle
     * @throws HcpException as {@link #apply(TenantControlPlane)} does, and with kind {@code PLAN_STALE} if another plan
     *     would be made now; then nothing was done
     */
    public ControlPlane apply(Plan plan) {
        return backend.apply(plan.wanted(), Optional.of(plan));
    }

    /**
     * Looks a tenant up. Needs no lock: the tenant may be held by another process.
     *
     * @param name the tenant's name
     * @return a handle, if there is such a tenant
     */
    public Optional<ControlPlane> get(String name) {
        return backend.get(name);
    }

    /**
     * Looks all tenants up. Needs no lock. A tenant whose stored description is damaged is left out, with a warning in
     * the log; {@link #get} tells what is wrong with it, {@link #delete} removes it.
     *
     * @return handles, sorted by name
     */
    public List<ControlPlane> list() {
        return backend.list();
    }

    /**
     * Begins to remove a tenant: its processes, then its data, certificates and logs. There is no way back.
     *
     * @param name the tenant's name
     * @return the work; {@link Operation#await} waits for it
     * @throws HcpException with kind {@code NOT_FOUND} if there is no such tenant, or {@code LOCKED} as {@link
     *     #apply(TenantControlPlane)} does
     */
    public Operation delete(String name) {
        return backend.delete(name);
    }

    /**
     * Cancels work under way, waits for its steps to stop, and lets go of the tenants. {@link #apply} and {@link
     * #delete} throw {@link IllegalStateException} from then on. They run on, unless this was made {@link
     * LocalOptions#ephemeral}: then they end and nothing is left of them.
     */
    @Override
    public void close() {
        backend.close();
    }
}
