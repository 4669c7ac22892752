package io.hcp.core.internal.local;

import io.hcp.api.model.Component;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.HealthCheck;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over the processes of one tenant: starts again what has ended, and ends what has stopped answering. Looked
 * after by {@link #tick}, which somebody has to call about once a second. Thread-safe.
 */
final class Supervisor {
    /** Period and threshold of kubeadm's liveness probes. */
    static final Duration PROBE_PERIOD = Duration.ofSeconds(10);

    static final int PROBE_FAILURES = 8;

    private static final Duration LONGEST_DELAY = Duration.ofSeconds(60);
    private static final Duration STEADY_AFTER = Duration.ofSeconds(60);
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final String tenant;
    private final Function<ComponentBlueprint, Optional<RunningProcess>> launcher;
    private final Predicate<HealthCheck> probe;
    private final HcpListener listener;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Map<Component, Watch> watches = new EnumMap<>(Component.class);

    /**
     * Makes a supervisor that watches nothing yet.
     *
     * @param tenant whose processes they are
     * @param launcher starts a component
     * @param probe asks a component whether it is alive; may take long
     * @param listener hears of restarts
     * @param executor runs launches and probes
     * @param nanoTime tells the time like {@link System#nanoTime}
     */
    Supervisor(
            String tenant,
            Function<ComponentBlueprint, Optional<RunningProcess>> launcher,
            Predicate<HealthCheck> probe,
            HcpListener listener,
            Executor executor,
            LongSupplier nanoTime) {
        this.tenant = tenant;
        this.launcher = launcher;
        this.probe = probe;
        this.listener = listener;
        this.executor = executor;
        this.nanoTime = nanoTime;
    }

    /** One component under watch. Guarded by the supervisor's monitor. */
    private static final class Watch {
        final ComponentBlueprint blueprint;

        @Nullable
        RunningProcess process;

        long startedAt;
        long nextProbeAt;
        long nextStartAt;
        long delay;
        int failedProbes;
        int restarts;
        boolean busy;
        boolean starting;

        Watch(ComponentBlueprint blueprint, RunningProcess process, long now) {
            this.blueprint = blueprint;
            this.process = process;
            this.startedAt = now;
            this.nextProbeAt = now + PROBE_PERIOD.toNanos();
        }
    }

    synchronized void watch(ComponentBlueprint blueprint, RunningProcess process) {
        watches.put(blueprint.component(), new Watch(blueprint, process, nanoTime.getAsLong()));
    }

    synchronized void watchUnlessWatched(ComponentBlueprint blueprint, RunningProcess process) {
        watches.computeIfAbsent(
                blueprint.component(), component -> new Watch(blueprint, process, nanoTime.getAsLong()));
    }

    /** Lets go of a component. Waits for a start under way: whoever then looks for the process finds it. */
    synchronized void unwatch(Component component) {
        Watch watch = watches.remove(component);
        if (watch != null) {
            awaitStart(watch);
        }
    }

    /** Lets go of all components, see {@link #unwatch}. */
    synchronized void unwatchAll() {
        List<Watch> all = List.copyOf(watches.values());
        watches.clear();
        all.forEach(this::awaitStart);
    }

    private synchronized void awaitStart(Watch watch) {
        while (watch.starting) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Time.cancelled();
            }
        }
    }

    synchronized int restarts(Component component) {
        Watch watch = watches.get(component);
        return watch == null ? 0 : watch.restarts;
    }

    synchronized boolean watchesAll() {
        return watches.size() == Component.values().length;
    }

    /** Looks after every process once; never blocks for long. */
    void tick() {
        List<Runnable> tasks = new ArrayList<>();
        synchronized (this) {
            long now = nanoTime.getAsLong();
            for (Watch watch : watches.values()) {
                if (!watch.busy) {
                    task(watch, now).ifPresent(task -> {
                        watch.busy = true;
                        tasks.add(task);
                    });
                }
            }
        }
        tasks.forEach(executor::execute);
    }

    private Optional<Runnable> task(Watch watch, long now) {
        RunningProcess process = watch.process;
        if (process != null && !process.isAlive()) {
            noteEnd(watch, now);
            process = null;
        }
        if (process == null) {
            return now - watch.nextStartAt < 0 ? Optional.empty() : Optional.of(() -> restart(watch, "it ended"));
        }
        RunningProcess alive = process;
        return now - watch.nextProbeAt < 0 ? Optional.empty() : Optional.of(() -> probe(watch, alive));
    }

    /** Restarts come at once the first time, then after 1, 2, 4... seconds, unless the process had run for a while. */
    private static void noteEnd(Watch watch, long now) {
        boolean steady = now - watch.startedAt > STEADY_AFTER.toNanos();
        watch.delay = steady || watch.restarts == 0
                ? 0
                : Math.min(Math.max(Duration.ofSeconds(1).toNanos(), 2 * watch.delay), LONGEST_DELAY.toNanos());
        watch.nextStartAt = now + watch.delay;
        watch.process = null;
    }

    private void restart(Watch watch, String reason) {
        try {
            OptionalInt restarts = countRestart(watch);
            restarts.ifPresent(
                    count -> listener.componentRestarted(tenant, watch.blueprint.component(), reason, count));
            if (restarts.isPresent() && beginStart(watch)) {
                noteStart(watch, launcher.apply(watch.blueprint));
            }
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "tenant {}: {} could not be started again, will be tried later",
                    tenant,
                    watch.blueprint.component(),
                    e);
            noteStart(watch, Optional.empty());
        } finally {
            idle(watch);
        }
    }

    /** Empty if the component is no longer watched. */
    private synchronized OptionalInt countRestart(Watch watch) {
        return isWatched(watch) ? OptionalInt.of(++watch.restarts) : OptionalInt.empty();
    }

    /** Tells whether the component is still to be started. */
    private synchronized boolean beginStart(Watch watch) {
        watch.starting = isWatched(watch);
        return watch.starting;
    }

    private boolean isWatched(Watch watch) {
        return watches.get(watch.blueprint.component()) == watch;
    }

    private synchronized void noteStart(Watch watch, Optional<RunningProcess> process) {
        long now = nanoTime.getAsLong();
        watch.startedAt = now;
        watch.nextProbeAt = now + PROBE_PERIOD.toNanos();
        watch.failedProbes = 0;
        if (process.isPresent()) {
            watch.process = process.get();
        } else {
            noteEnd(watch, now);
        }
    }

    private void probe(Watch watch, RunningProcess process) {
        try {
            boolean alive = probe.test(watch.blueprint.health());
            boolean giveUp;
            synchronized (this) {
                watch.failedProbes = alive ? 0 : watch.failedProbes + 1;
                watch.nextProbeAt = nanoTime.getAsLong() + PROBE_PERIOD.toNanos();
                giveUp = watch.failedProbes >= PROBE_FAILURES;
            }
            if (giveUp) {
                LOG.warn(
                        "tenant {}: {} has not answered {} probes, it is ended",
                        tenant,
                        watch.blueprint.component(),
                        PROBE_FAILURES);
                process.kill();
            }
        } catch (RuntimeException e) {
            LOG.warn("tenant {}: {} could not be probed", tenant, watch.blueprint.component(), e);
        } finally {
            idle(watch);
        }
    }

    private synchronized void idle(Watch watch) {
        watch.busy = false;
        watch.starting = false;
        notifyAll();
    }
}
