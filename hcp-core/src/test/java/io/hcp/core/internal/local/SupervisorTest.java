package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hcp.api.model.Component;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.fixture.Async;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SupervisorTest {
    private static final ComponentBlueprint ETCD = Processes.blueprint(Component.ETCD);

    private final Processes processes = new Processes();
    private final List<RunningProcess> launched = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final HcpListener listener = new HcpListener() {
        @Override
        public void componentRestarted(String tenant, Component component, String reason, int restarts) {
            heard.add("%s %s: %s, %d".formatted(tenant, component, reason, restarts));
        }
    };

    private long now = Long.MAX_VALUE - 5; // like System.nanoTime, it may overflow at any moment
    private boolean answers = true;
    private int probes;
    private Function<ComponentBlueprint, Optional<RunningProcess>> launcher = this::launch;
    private final Supervisor supervisor = supervisor(Runnable::run);

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    @Test
    void tick_allAlive_doesNothing() {
        supervisor.watch(ETCD, processes.sleep());

        pass(Duration.ofSeconds(9));

        assertThat(launched).isEmpty();
        assertThat(probes).isZero();
        assertThat(supervisor.restarts(Component.ETCD)).isZero();
    }

    @Test
    void tick_processEnded_isStartedAtOnceTheFirstTime() {
        RunningProcess first = processes.sleep();
        supervisor.watch(ETCD, first);
        first.kill();

        supervisor.tick();

        assertThat(launched).hasSize(1);
        assertThat(supervisor.restarts(Component.ETCD)).isEqualTo(1);
        assertThat(heard).containsExactly("acme etcd: it ended, 1");
    }

    @Test
    void tick_processEndsAgainAndAgain_waitsLongerEachTime() {
        RunningProcess first = processes.sleep();
        supervisor.watch(ETCD, first);
        first.kill();
        supervisor.tick();

        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            int before = launched.size();
            launched.get(before - 1).kill();
            supervisor.tick();
            pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(launched).as("before %s s", seconds).hasSize(before);
            pass(Duration.ofNanos(1));
            assertThat(launched).as("after %s s", seconds).hasSize(before + 1);
        }
        assertThat(supervisor.restarts(Component.ETCD)).isEqualTo(9);
        assertThat(heard).hasSize(9).endsWith("acme etcd: it ended, 9");
    }

    @Test
    void tick_processEndsAfterLongRun_isStartedAtOnce() {
        RunningProcess first = processes.sleep();
        supervisor.watch(ETCD, first);
        first.kill();
        supervisor.tick();
        pass(Duration.ofSeconds(61));

        launched.get(0).kill();
        supervisor.tick();

        assertThat(launched).hasSize(2);
    }

    @Test
    void tick_eightFailedProbes_killTheProcess() {
        RunningProcess silent = processes.sleep();
        supervisor.watch(ETCD, silent);
        answers = false;

        for (int probe = 1; probe < Supervisor.PROBE_FAILURES; probe++) {
            pass(Supervisor.PROBE_PERIOD);
        }
        assertThat(silent.isAlive()).isTrue();
        pass(Supervisor.PROBE_PERIOD);

        assertThat(probes).isEqualTo(Supervisor.PROBE_FAILURES);
        assertThat(silent.isAlive()).isFalse();
        supervisor.tick();
        assertThat(launched).hasSize(1);
    }

    @Test
    void tick_oneAnswerAmongFailures_startsTheCountAgain() {
        RunningProcess slow = processes.sleep();
        supervisor.watch(ETCD, slow);
        for (int round = 0; round < 2; round++) {
            answers = false;
            for (int probe = 1; probe < Supervisor.PROBE_FAILURES; probe++) {
                pass(Supervisor.PROBE_PERIOD);
            }
            answers = true;
            pass(Supervisor.PROBE_PERIOD);
        }

        assertThat(slow.isAlive()).isTrue();
    }

    @Test
    void unwatch_processEnds_isNotStarted() {
        RunningProcess process = processes.sleep();
        supervisor.watch(ETCD, process);
        supervisor.unwatch(Component.ETCD);
        process.kill();

        supervisor.tick();

        assertThat(launched).isEmpty();
        assertThat(supervisor.restarts(Component.ETCD)).isZero();
    }

    @Test
    void unwatchAll_processesEnd_areNotStarted() {
        RunningProcess etcd = processes.sleep();
        RunningProcess scheduler = processes.sleep();
        supervisor.watch(ETCD, etcd);
        supervisor.watch(Processes.blueprint(Component.KUBE_SCHEDULER), scheduler);
        supervisor.unwatchAll();
        etcd.kill();
        scheduler.kill();

        supervisor.tick();

        assertThat(launched).isEmpty();
    }

    @Test
    void unwatch_restartQueued_isNotCarriedOut() {
        List<Runnable> queue = new ArrayList<>();
        Supervisor queueing = supervisor(queue::add);
        RunningProcess process = processes.sleep();
        queueing.watch(ETCD, process);
        process.kill();
        queueing.tick();
        queueing.unwatch(Component.ETCD);

        queue.forEach(Runnable::run);

        assertThat(launched).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void unwatch_startUnderWay_waitsForIt() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch mayStart = new CountDownLatch(1);
        launcher = blueprint -> {
            starting.countDown();
            awaitLatch(mayStart);
            return launch(blueprint);
        };
        Supervisor parallel = supervisor(Async.pool());
        RunningProcess process = processes.sleep();
        parallel.watch(ETCD, process);
        process.kill();
        parallel.tick();
        awaitLatch(starting);

        CompletableFuture<Integer> seenAfterwards = Async.supply(() -> {
            parallel.unwatch(Component.ETCD);
            return launched.size();
        });
        await().until(() -> !parallel.watchesAll() && parallel.restarts(Component.ETCD) == 0);
        assertThat(seenAfterwards).isNotDone();
        mayStart.countDown();

        assertThat(seenAfterwards.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void tick_launcherThrows_isTriedAgainLater() {
        launcher = blueprint -> {
            throw new IllegalStateException("no such program");
        };
        RunningProcess process = processes.sleep();
        supervisor.watch(ETCD, process);
        process.kill();
        supervisor.tick();
        launcher = this::launch;

        pass(Duration.ofMillis(999));
        assertThat(launched).isEmpty();
        pass(Duration.ofMillis(1));

        assertThat(launched).hasSize(1);
        assertThat(heard).containsExactly("acme etcd: it ended, 1", "acme etcd: it ended, 2");
    }

    @Test
    void tick_launchedProcessEndsAtOnce_isTriedAgainLater() {
        launcher = blueprint -> Optional.empty();
        RunningProcess process = processes.sleep();
        supervisor.watch(ETCD, process);
        process.kill();
        supervisor.tick();
        launcher = this::launch;

        supervisor.tick();
        assertThat(launched).isEmpty();
        pass(Duration.ofSeconds(1));

        assertThat(launched).hasSize(1);
    }

    @Test
    void tick_restartUnderWay_isNotRepeated() {
        List<Runnable> queue = new ArrayList<>();
        Supervisor queueing = supervisor(queue::add);
        RunningProcess process = processes.sleep();
        queueing.watch(ETCD, process);
        process.kill();

        queueing.tick();
        queueing.tick();

        assertThat(queue).hasSize(1);
    }

    @Test
    void watchUnlessWatched_alreadyWatched_keepsTheFirst() {
        RunningProcess first = processes.sleep();
        supervisor.watch(ETCD, first);
        first.kill();
        supervisor.tick();

        supervisor.watchUnlessWatched(ETCD, processes.sleep());

        assertThat(supervisor.restarts(Component.ETCD)).isEqualTo(1);
    }

    @Test
    void watchesAll_someOrAllComponents_tells() {
        for (Component component : Component.values()) {
            assertThat(supervisor.watchesAll()).isFalse();
            supervisor.watchUnlessWatched(Processes.blueprint(component), processes.sleep());
        }

        assertThat(supervisor.watchesAll()).isTrue();
    }

    private Supervisor supervisor(Executor executor) {
        return new Supervisor(
                "acme",
                blueprint -> launcher.apply(blueprint),
                check -> {
                    probes++;
                    return answers;
                },
                listener,
                executor,
                () -> now);
    }

    private Optional<RunningProcess> launch(ComponentBlueprint blueprint) {
        RunningProcess process = processes.sleep();
        launched.add(process);
        return Optional.of(process);
    }

    private void pass(Duration time) {
        now += time.toNanos();
        supervisor.tick();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
