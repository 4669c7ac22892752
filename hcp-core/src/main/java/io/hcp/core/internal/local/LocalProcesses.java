package io.hcp.core.internal.local;

import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.HealthCheck;
import io.hcp.core.internal.files.LogTail;
import io.hcp.core.internal.files.MachineLoad;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.Processes;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A tenant's components as processes of this machine. */
final class LocalProcesses implements Processes {
    /** Long enough for what was just stopped to let go of its port. */
    private static final Duration PORT_LIMIT = Duration.ofSeconds(2);

    /** Then a process is killed. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(20);

    /** Requests keep an API server from ending for a minute. It has no state of its own, and its clients ask again. */
    private static final Duration API_SERVER_STOP_GRACE = Duration.ofSeconds(5);

    /** Watches keep etcd from ending for seven seconds, in which it serves nobody. What it said it stored is on the disk. */
    private static final Duration ETCD_STOP_GRACE = Duration.ofSeconds(1);

    private final LocalStorage storage;
    private final ProcessLauncher launcher;
    private final Supervisor supervisor;
    private final Predicate<HealthCheck> serves;
    private final ComponentFailures failures;
    private final Map<Component, Start> starts = new ConcurrentHashMap<>();

    /**
     * Looks after a tenant's processes; those that run are not watched yet.
     *
     * @param storage the tenant's files
     * @param launcher starts a component
     * @param supervisor watches over components
     * @param serves asks a component whether it does
     */
    LocalProcesses(
            LocalStorage storage, ProcessLauncher launcher, Supervisor supervisor, Predicate<HealthCheck> serves) {
        this.storage = storage;
        this.launcher = launcher;
        this.supervisor = supervisor;
        this.serves = serves;
        this.failures = new ComponentFailures(storage);
    }

    /**
     * A component that was started and has not been seen serving yet.
     *
     * @param lease under which
     * @param process which, unless it ended at once
     * @param logged how long its log was before
     */
    private record Start(Lease lease, Optional<RunningProcess> process, long logged) {}

    @Override
    public List<Running> running() {
        return ProcessTable.find(storage.layout().root()).stream()
                .map(entry -> new Running(
                        entry.component(), entry.digest(), entry.process().pid()))
                .toList();
    }

    @Override
    public List<Measured> measure() {
        Clock clock = Time.system().clock();
        return running().stream()
                .flatMap(running -> MachineLoad.ofProcess(running.pid(), clock).stream()
                        .map(load -> new Measured(running.component(), running.pid(), load)))
                .toList();
    }

    @Override
    public void start(Lease lease, ComponentBlueprint blueprint, List<Integer> ports) {
        LocalLease.check(lease, storage.tenant());
        Component component = blueprint.component();
        supervisor.unwatch(component);
        long logged = log(component).toFile().length();
        Optional<RunningProcess> running = onlyOne(blueprint);
        Optional<RunningProcess> process = running.isPresent() ? running : replace(lease, blueprint, ports);
        starts.put(component, new Start(lease, process, logged));
    }

    private Optional<RunningProcess> replace(Lease lease, ComponentBlueprint blueprint, List<Integer> ports) {
        stop(lease, blueprint.component());
        for (int port : ports) {
            if (!Time.system()
                    .until(
                            PORT_LIMIT,
                            () -> PortAllocator.isFree(blueprint.health().address(), port))) {
                throw failures.portHeld(blueprint.component(), port);
            }
        }
        LocalLease.check(lease, storage.tenant());
        return launcher.launch(blueprint);
    }

    @Override
    public boolean isServing(ComponentBlueprint blueprint) {
        Component component = blueprint.component();
        @Nullable Start start = starts.get(component);
        Optional<RunningProcess> process = start == null ? onlyOne(blueprint) : start.process();
        if (process.filter(RunningProcess::isAlive).isEmpty()) {
            throw failures.ended(blueprint, lastLogLines(component));
        }
        if (!serves.test(blueprint.health())) {
            return false;
        }
        if (start != null && starts.remove(component, start)) {
            watch(start.lease(), blueprint, process.get());
        }
        return true;
    }

    @Override
    public List<String> lastLogLines(Component component) {
        @Nullable Start start = starts.get(component);
        return LogTail.since(log(component), start == null ? 0 : start.logged());
    }

    @Override
    public void stop(Lease lease, Component component) {
        LocalLease.check(lease, storage.tenant());
        starts.remove(component);
        supervisor.unwatch(component);
        found(component).forEach(entry -> entry.process().end(grace(component)));
    }

    private static Duration grace(Component component) {
        return switch (component) {
            case ETCD -> ETCD_STOP_GRACE;
            case KUBE_APISERVER -> API_SERVER_STOP_GRACE;
            case KUBE_CONTROLLER_MANAGER, KUBE_SCHEDULER -> STOP_GRACE;
        };
    }

    @Override
    public void adopt(Lease lease, Collection<ComponentBlueprint> blueprints) {
        LocalLease.check(lease, storage.tenant());
        List<ProcessTable.Entry> running = ProcessTable.find(storage.layout().root());
        for (ComponentBlueprint blueprint : blueprints) {
            running.stream()
                    .filter(entry -> entry.component() == blueprint.component())
                    .filter(entry -> entry.digest().equals(blueprint.digest()))
                    .findFirst()
                    .ifPresent(entry -> watch(lease, blueprint, entry.process()));
        }
    }

    /** Whoever gave the lease back must not begin to watch: somebody else may. */
    private synchronized void watch(Lease lease, ComponentBlueprint blueprint, RunningProcess process) {
        if (lease.isHeld()) {
            supervisor.watchUnlessWatched(blueprint, process);
        }
    }

    @Override
    public boolean watchesAll() {
        return supervisor.watchesAll();
    }

    @Override
    public int restarts(Component component) {
        return supervisor.restarts(component);
    }

    /** Looks after those that are watched, to be called about once a second; never blocks for long. */
    void lookAfter() {
        supervisor.tick();
    }

    /** Lets go of all components, which run on; to be called once the lease is no longer held. */
    synchronized void letGo() {
        starts.clear();
        supervisor.unwatchAll();
    }

    /** Empties logs that have grown too large. */
    void rotateLogs() {
        for (Component component : Component.values()) {
            try {
                LogRotation.rotate(log(component));
            } catch (IOException e) {
                throw PrivateFiles.failure("rotate", log(component), e);
            }
        }
    }

    private Path log(Component component) {
        return storage.layout().log(component);
    }

    /** Finds the process of a component that runs as drawn up, if it is the only one of that component. */
    private Optional<RunningProcess> onlyOne(ComponentBlueprint blueprint) {
        List<ProcessTable.Entry> found = found(blueprint.component());
        return found.size() == 1 && found.get(0).digest().equals(blueprint.digest())
                ? Optional.of(found.get(0).process())
                : Optional.empty();
    }

    private List<ProcessTable.Entry> found(Component component) {
        return ProcessTable.find(storage.layout().root()).stream()
                .filter(entry -> entry.component() == component)
                .toList();
    }
}
