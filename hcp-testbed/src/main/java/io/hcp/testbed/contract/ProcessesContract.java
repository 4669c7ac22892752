package io.hcp.testbed.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ComponentFailedException;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.gateway.Processes;
import io.hcp.core.internal.usage.Load;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What {@link Processes} promises; shown with etcd, which needs no other component. */
public abstract class ProcessesContract extends RunningContract {
    /**
     * Lets another program listen at a port of the loopback address.
     *
     * @param port a free port
     * @return closing it ends that program
     */
    protected abstract AutoCloseable takePort(int port);

    /**
     * Kills a process, as the kernel does when memory runs out.
     *
     * @param running the process
     */
    protected abstract void kill(Processes.Running running);

    @Test
    void running_nothingStarted_isEmpty() {
        assertThat(processes().running()).isEmpty();
        assertThat(processes().watchesAll()).isFalse();
        assertThat(processes().restarts(Component.ETCD)).isZero();
    }

    @Test
    void start_component_runsAsDrawnUpAndServes() {
        startAndAwait(Component.ETCD);
        Processes.Running etcd = onlyOne();
        assertThat(etcd.component()).isEqualTo(Component.ETCD);
        assertThat(etcd.digest()).isEqualTo(blueprint(Component.ETCD).digest());
        assertThat(gateways().storage().hasDatastore()).isTrue();
    }

    @Test
    void measure_running_hasCountersThatGrow() {
        assertThat(processes().measure()).isEmpty();
        startAndAwait(Component.ETCD);
        Processes.Measured first = onlyMeasured();
        assertThat(first.pid()).isEqualTo(onlyOne().pid());
        assertThat(first.component()).isEqualTo(Component.ETCD);
        assertThat(first.load().memoryBytes()).isBetween(1L << 20, 1L << 32);
        assertThat(time().until(
                                patience(),
                                () -> onlyMeasured()
                                                .load()
                                                .cpu()
                                                .compareTo(first.load().cpu())
                                        > 0))
                .isTrue();
        Load machine = subject().machine().load().load().orElseThrow();
        assertThat(machine.cpu()).isGreaterThanOrEqualTo(first.load().cpu());
        assertThat(machine.memoryBytes()).isGreaterThan(first.load().memoryBytes());
        assertThat(subject().machine().load().allocatableMemoryBytes()).isGreaterThan(machine.memoryBytes());
    }

    private Processes.Measured onlyMeasured() {
        List<Processes.Measured> measured = processes().measure();
        assertThat(measured).hasSize(1);
        return measured.get(0);
    }

    @Test
    void start_again_keepsTheProcess() {
        startAndAwait(Component.ETCD);
        Processes.Running before = onlyOne();
        startAndAwait(Component.ETCD);
        assertThat(onlyOne()).isEqualTo(before);
    }

    @Test
    void start_otherSettings_endsTheOldProcessFirst() {
        startAndAwait(Component.ETCD);
        Processes.Running before = onlyOne();
        ComponentBlueprint changed = changed();
        processes().start(lease(), changed, subject().ports().of(Component.ETCD));
        assertThat(time().until(patience(), () -> processes().isServing(changed)))
                .isTrue();
        assertThat(onlyOne().digest()).isEqualTo(changed.digest());
        assertThat(onlyOne().pid()).isNotEqualTo(before.pid());
    }

    @Test
    void start_portTaken_isRefusedAndNothingRuns() throws Exception {
        try (AutoCloseable other = takePort(subject().ports().etcdClient())) {
            assertThat(other).isNotNull();
            assertThatThrownBy(() -> start(Component.ETCD))
                    .isInstanceOfSatisfying(ComponentFailedException.class, thrown -> {
                        assertThat(thrown.kind()).isEqualTo(ErrorKind.PORT_BUSY);
                        assertThat(thrown.component()).isEqualTo(Component.ETCD);
                    })
                    .hasMessageContaining(String.valueOf(subject().ports().etcdClient()));
        }
        assertThat(processes().running()).isEmpty();
    }

    @Test
    void start_leaseLost_isRefusedAndNothingRuns() {
        ComponentBlueprint etcd = blueprint(Component.ETCD);
        List<Integer> ports = subject().ports().of(Component.ETCD);
        assertFails(ErrorKind.LOCKED, () -> processes().start(lost(), etcd, ports));
        assertThat(processes().running()).isEmpty();
    }

    @Test
    void isServing_nothingRuns_isAFailureOfThatComponent() {
        assertThatThrownBy(() -> processes().isServing(blueprint(Component.ETCD)))
                .isInstanceOfSatisfying(
                        ComponentFailedException.class,
                        thrown -> assertThat(thrown.component()).isEqualTo(Component.ETCD));
    }

    @Test
    void stop_running_isGoneWhenItReturnsAndStaysSo() {
        startAndAwait(Component.ETCD);
        processes().stop(lease(), Component.ETCD);
        assertThat(processes().running()).isEmpty();
        time().pause(Duration.ofSeconds(3)); // whoever still watched over it would start it again
        assertThat(processes().running()).isEmpty();
        assertThat(gateways().storage().hasDatastore()).isTrue();
    }

    @Test
    void stop_nothingRuns_doesNothing() {
        processes().stop(lease(), Component.ETCD);
        processes().stop(lease(), Component.ETCD);
        assertThat(processes().running()).isEmpty();
    }

    @Test
    void stop_leaseLost_isRefusedAndItRunsOn() {
        startAndAwait(Component.ETCD);
        Processes.Running before = onlyOne();
        assertFails(ErrorKind.LOCKED, () -> processes().stop(lost(), Component.ETCD));
        assertThat(onlyOne()).isEqualTo(before);
    }

    @Test
    void watch_processKilled_isStartedAgain() {
        startAndAwait(Component.ETCD);
        Processes.Running before = onlyOne();
        kill(before);
        assertThat(time().until(
                                patience(),
                                () -> processes().running().stream().anyMatch(etcd -> etcd.pid() != before.pid())))
                .isTrue();
        assertThat(onlyOne().digest()).isEqualTo(before.digest());
        assertThat(processes().restarts(Component.ETCD)).isEqualTo(1);
    }

    @Test
    void adopt_asDrawnUp_keepsTheProcess() {
        startAndAwait(Component.ETCD);
        Processes.Running before = onlyOne();
        processes().adopt(lease(), subject().blueprint().components().values());
        assertThat(onlyOne()).isEqualTo(before);
        assertThat(processes().watchesAll()).isFalse(); // the others do not run
    }

    @Test
    void adopt_leaseLost_isRefused() {
        assertFails(
                ErrorKind.LOCKED,
                () -> processes()
                        .adopt(lost(), subject().blueprint().components().values()));
    }

    private ComponentBlueprint changed() {
        ComponentBlueprint etcd = blueprint(Component.ETCD);
        Map<String, String> flags = new TreeMap<>(etcd.flags());
        flags.put("max-txn-ops", "256");
        return new ComponentBlueprint(etcd.component(), etcd.version(), flags, etcd.files(), etcd.health());
    }

    private Processes.Running onlyOne() {
        List<Processes.Running> running = processes().running();
        assertThat(running).hasSize(1);
        return running.get(0);
    }

    private Processes processes() {
        return gateways().processes();
    }
}
