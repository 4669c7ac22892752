package io.hcp.testbed.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.core.internal.gateway.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private final FakeWorld world = new FakeWorld();

    @Test
    void refused_call_failsAndNothingHappens() {
        Acme acme = Acme.on(world.machine().faults(Faults.at(2, Fault.refused(ErrorKind.IO))));
        Lease lease = acme.acquire();
        assertThatThrownBy(() -> acme.writeRecord(lease))
                .isInstanceOfSatisfying(
                        HcpException.class, thrown -> assertThat(thrown.kind()).isEqualTo(ErrorKind.IO))
                .hasMessageContaining("records.write of tenant \"acme\"")
                .hasMessageContaining("call 2");
        assertThat(world.state(Acme.NAME).record()).isEmpty();
        acme.writeRecord(lease);
        assertThat(world.state(Acme.NAME).record()).isPresent();
    }

    @Test
    void lostReply_write_happensAndFails() {
        Acme acme = Acme.on(world.machine().faults(Faults.at("records.write", 1, Fault.lostReply(ErrorKind.TIMEOUT))));
        Lease lease = acme.acquire();
        assertThatThrownBy(() -> acme.writeRecord(lease))
                .isInstanceOfSatisfying(
                        HcpException.class, thrown -> assertThat(thrown.kind()).isEqualTo(ErrorKind.TIMEOUT));
        assertThat(world.state(Acme.NAME).record()).isPresent();
        acme.writeRecord(lease);
        assertThat(acme.machine().writes()).isEqualTo(1);
    }

    @Test
    void lostReply_lease_isNotTaken() {
        FakeMachine machine =
                world.machine().faults(Faults.at("machine.acquire", 1, Fault.lostReply(ErrorKind.TIMEOUT)));
        assertThatThrownBy(() -> machine.acquire(Acme.NAME)).isInstanceOf(HcpException.class);
        assertThat(machine.acquire(Acme.NAME).isHeld()).isTrue();
    }

    @Test
    void twice_everyCall_changesNothingMore() {
        Acme acme = Acme.on(world.machine().faults(call -> Fault.twice()));
        acme.create(acme.acquire());
        assertThat(acme.awaitServing(Component.ETCD)).isTrue();
        assertThat(world.state(Acme.NAME).processes()).hasSize(1);
        assertThat(acme.machine().writes()).isEqualTo(4);
    }

    @Test
    void delayed_call_takesTheTimeOfTheWorld() {
        Acme acme = Acme.on(world.machine().faults(Faults.at(1, Fault.delayed(Duration.ofHours(1)))));
        Instant before = world.time().instant();
        assertThat(acme.gateways().records().read()).isEmpty();
        assertThat(Duration.between(before, world.time().instant())).isGreaterThanOrEqualTo(Duration.ofHours(1));
    }

    @Test
    void randomly_sameSeed_spoilsTheSameCalls() {
        assertThat(decisions(Faults.randomly(0.3, 4711)))
                .isEqualTo(decisions(Faults.randomly(0.3, 4711)))
                .isNotEqualTo(decisions(Faults.randomly(0.3, 4712)));
        assertThat(decisions(Faults.randomly(0, 4711))).containsOnly(Fault.none());
        assertThat(decisions(Faults.randomly(0.3, 4711)))
                .filteredOn(fault -> !fault.equals(Fault.none()))
                .hasSizeBetween(200, 400);
    }

    @Test
    void randomly_error_namesTheSeed() {
        Acme acme = Acme.on(world.machine().faults(Faults.randomly(1, 4711)));
        assertThatThrownBy(() -> {
                    for (int call = 0; call < 100; call++) {
                        acme.gateways().records().read();
                    }
                })
                .isInstanceOf(HcpException.class)
                .hasMessageContaining("seed 4711");
    }

    @Test
    void calls_eachName_isCounted() {
        Acme acme = Acme.on(world.machine());
        acme.create(acme.acquire());
        acme.gateways().records().read();
        assertThat(acme.machine().calls())
                .containsEntry("machine.acquire", 1L)
                .containsEntry("records.write", 1L)
                .containsEntry("processes.start", 1L)
                .containsEntry("records.read", 1L);
    }

    @Test
    void detector_sameCallWithoutWaiting_fails() {
        Acme acme = Acme.on(world.machine());
        for (int call = 0; call < HotLoopDetector.LIMIT; call++) {
            acme.gateways().records().read();
        }
        acme.machine().detector().assertCalm();
        acme.gateways().records().read();
        assertThatThrownBy(() -> acme.machine().detector().assertCalm())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("records.read of tenant \"acme\": 201 calls within a second");
    }

    @Test
    void detector_sameCallWithPauses_isCalm() {
        Acme acme = Acme.on(world.machine());
        for (int call = 0; call < 10 * HotLoopDetector.LIMIT; call++) {
            acme.gateways().records().read();
            world.time().pause(Duration.ofMillis(25));
        }
        acme.machine().detector().assertCalm();
    }

    private static List<Fault> decisions(Faults faults) {
        return LongStream.rangeClosed(1, 1_000)
                .mapToObj(number -> faults.decide(new Call(number, "records.read", number, Acme.NAME, false)))
                .toList();
    }
}
