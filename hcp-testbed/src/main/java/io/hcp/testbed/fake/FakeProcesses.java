package io.hcp.testbed.fake;

import io.hcp.api.error.ComponentFailedException;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.Processes;
import io.hcp.core.internal.usage.ApiMetrics;
import io.hcp.core.internal.usage.Load;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A tenant's components. They take a while to start up, and serve once what they depend on serves. */
final class FakeProcesses implements Processes {
    /** Long enough for what was just stopped to let go of its port. */
    private static final Duration PORT_LIMIT = Duration.ofSeconds(2);

    private static final Duration STOP_LASTS = Duration.ofMillis(100);
    private static final Duration RESTARTED_AFTER = Duration.ofSeconds(1);

    private final TenantAccess access;
    private final Map<Component, Watch> watches = new EnumMap<>(Component.class);

    /** Under which it watches; it ends with that, and begins anew under the next one. Guarded by the watches. */
    private @Nullable Lease lease;

    FakeProcesses(TenantAccess access) {
        this.access = access;
    }

    /** A component that is watched over. */
    private record Watch(ComponentBlueprint blueprint, List<Integer> ports, int restarts) {}

    @Override
    public List<Running> running() {
        lookAfter();
        return access.read(
                "processes.running",
                state -> alive(state).stream()
                        .map(process -> new Running(process.component(), process.digest(), process.pid()))
                        .toList());
    }

    @Override
    public List<Measured> measure() {
        lookAfter();
        return access.read(
                "processes.measure",
                state -> alive(state).stream()
                        .map(process -> new Measured(process.component(), process.pid(), load(process)))
                        .toList());
    }

    private Load load(FakeProcess process) {
        return access.world().loads().program(access.tenant(), begun(process), access.instant());
    }

    private Instant begun(FakeProcess process) {
        return process.servesFrom().minus(access.world().startUp());
    }

    /** Returns what the API server says, if it serves. */
    Optional<ApiMetrics> metrics(TenantState state, int port) {
        return servingAt(state, Component.KUBE_APISERVER, port).isEmpty()
                ? Optional.empty()
                : state.processes(Component.KUBE_APISERVER).stream()
                        .findFirst()
                        .map(process -> access.world().loads().api(access.tenant(), begun(process), access.instant()));
    }

    private List<FakeProcess> alive(TenantState state) {
        return state.processes().stream().filter(process -> !hasEnded(process)).toList();
    }

    private boolean hasEnded(FakeProcess process) {
        return process.fails().isPresent() && !access.instant().isBefore(process.servesFrom());
    }

    @Override
    public void start(Lease lease, ComponentBlueprint blueprint, List<Integer> ports) {
        access.write("processes.start", lease, () -> {
            Component component = blueprint.component();
            unwatch(lease, component);
            List<FakeProcess> running = alive(access.now()).stream()
                    .filter(process -> process.component() == component)
                    .toList();
            if (running.size() == 1 && running.get(0).digest().equals(blueprint.digest())) {
                return;
            }
            end(lease, component);
            checkPorts(component, ports);
            requireKeys(blueprint);
            access.requireSpace();
            FakeProcess process = launched(blueprint, ports);
            access.change(lease, state -> withProcess(state, process));
        });
    }

    private static TenantState withProcess(TenantState state, FakeProcess process) {
        TenantState started = state.withProcess(process);
        return process.component() == Component.ETCD && !state.datastore() ? started.withDatastore(true) : started;
    }

    private void end(Lease lease, Component component) {
        for (FakeProcess process : access.now().processes(component)) {
            boolean wasAlive = !hasEnded(process);
            access.change(lease, state -> state.without(process::equals));
            if (wasAlive) {
                access.world().time().pause(STOP_LASTS);
            }
        }
    }

    private void checkPorts(Component component, List<Integer> ports) {
        PortTable table = access.world().ports();
        for (int port : ports) {
            if (!access.world()
                    .time()
                    .until(PORT_LIMIT, () -> table.listener(port).isEmpty())) {
                String holder = table.listener(port).orElse("another program");
                throw new ComponentFailedException(
                        ErrorKind.PORT_BUSY,
                        component,
                        "%s of tenant \"%s\" cannot start: port %d is held by %s"
                                .formatted(component, access.tenant(), port, holder),
                        List.of(),
                        "end that program, or apply the tenant with another port(...)");
            }
        }
    }

    /** They are written into the component's files when it is started. */
    private void requireKeys(ComponentBlueprint blueprint) {
        blueprint.files().values().stream()
                .flatMap(file -> file.secrets().stream())
                .filter(key -> !access.now().encryptionKeys().containsKey(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new HcpException(
                            ErrorKind.PKI_DAMAGED,
                            "the encryption key \"%s\" of tenant \"%s\" is missing".formatted(key, access.tenant()),
                            "restore it from a backup: without it nothing that was encrypted can be read");
                });
    }

    private FakeProcess launched(ComponentBlueprint blueprint, List<Integer> ports) {
        Component component = blueprint.component();
        boolean certified = access.now().leaves().keySet().containsAll(Serving.certificates(component));
        Optional<StartFailure> failure = access.cell()
                .nextFailure(component)
                .or(() -> certified
                        ? Optional.empty()
                        : Optional.of(new StartFailure(
                                ErrorKind.COMPONENT_FAILED, List.of("open certificate: no such file or directory"))));
        return new FakeProcess(
                component,
                blueprint.digest(),
                access.world().nextNumber(),
                ports,
                access.instant().plus(access.world().startUp()),
                failure);
    }

    @Override
    public boolean isServing(ComponentBlueprint blueprint) {
        lookAfter();
        return access.read("processes.isServing", state -> {
            FakeProcess process = state.processes(blueprint.component()).stream()
                    .filter(candidate -> candidate.digest().equals(blueprint.digest()))
                    .findFirst()
                    .orElseThrow(() -> ended(blueprint, new StartFailure(ErrorKind.COMPONENT_FAILED, List.of())));
            if (hasEnded(process)) {
                throw ended(blueprint, process.fails().orElseThrow());
            }
            boolean serves = Serving.serves(state, process, access.instant());
            if (serves) {
                watch(blueprint, process);
            }
            return serves;
        });
    }

    private ComponentFailedException ended(ComponentBlueprint blueprint, StartFailure failure) {
        return new ComponentFailedException(
                failure.kind(),
                blueprint.component(),
                "%s %s of tenant \"%s\" ended while it started"
                        .formatted(blueprint.component(), blueprint.version(), access.tenant()),
                failure.lastLogLines(),
                "correct what the log says, then apply again");
    }

    @Override
    public void stop(Lease lease, Component component) {
        access.write("processes.stop", lease, () -> {
            unwatch(lease, component);
            end(lease, component);
        });
    }

    @Override
    public void adopt(Lease lease, Collection<ComponentBlueprint> blueprints) {
        access.write("processes.adopt", lease, () -> {
            watchUnder(lease);
            for (ComponentBlueprint blueprint : blueprints) {
                alive(access.now()).stream()
                        .filter(process -> process.component() == blueprint.component())
                        .filter(process -> process.digest().equals(blueprint.digest()))
                        .findFirst()
                        .ifPresent(process -> watch(blueprint, process));
            }
        });
    }

    @Override
    public boolean watchesAll() {
        return access.inside("processes.watchesAll", () -> {
            synchronized (watches) {
                return isHeld() && watches.size() == Component.values().length;
            }
        });
    }

    @Override
    public int restarts(Component component) {
        lookAfter();
        return access.inside("processes.restarts", () -> {
            synchronized (watches) {
                return Optional.ofNullable(watches.get(component))
                        .map(Watch::restarts)
                        .orElse(0);
            }
        });
    }

    private void watch(ComponentBlueprint blueprint, FakeProcess process) {
        synchronized (watches) {
            watches.putIfAbsent(blueprint.component(), new Watch(blueprint, process.ports(), 0));
        }
    }

    private void unwatch(Lease next, Component component) {
        synchronized (watches) {
            watchUnder(next);
            watches.remove(component);
        }
    }

    /** What was watched under an earlier lease may be otherwise by now. */
    private void watchUnder(Lease next) {
        synchronized (watches) {
            if (!next.equals(lease)) {
                watches.clear();
                lease = next;
            }
        }
    }

    private boolean isHeld() {
        return lease != null && lease.isHeld();
    }

    /** Starts again what has ended, as the JVM's own work: it is no call of a gateway, and no write that is counted. */
    void lookAfter() {
        synchronized (watches) {
            if (isHeld() && !watches.isEmpty()) {
                access.machine().life().ifAwake(() -> watches.replaceAll((component, watch) -> restartIfEnded(watch)));
            }
        }
    }

    private Watch restartIfEnded(Watch watch) {
        TenantCell cell = access.cell();
        Component component = watch.blueprint().component();
        boolean portsFree = watch.ports().stream()
                .allMatch(port -> access.world().ports().listener(port).isEmpty());
        synchronized (cell) {
            boolean ended = cell.state().processes(component).isEmpty()
                    && !access.instant().isBefore(cell.endOf(component).plus(RESTARTED_AFTER));
            if (!ended || !portsFree || !isHeld()) {
                return watch;
            }
            cell.set(withProcess(cell.state(), launched(watch.blueprint(), watch.ports())));
        }
        return new Watch(watch.blueprint(), watch.ports(), watch.restarts() + 1);
    }

    /** Returns the process id of what serves at a port, for the health endpoints. */
    OptionalLong servingAt(TenantState state, Component component, int port) {
        return alive(state).stream()
                .filter(process -> process.component() == component && process.listensAt(port))
                .filter(process -> Serving.serves(state, process, access.instant()))
                .mapToLong(FakeProcess::pid)
                .findFirst();
    }
}
