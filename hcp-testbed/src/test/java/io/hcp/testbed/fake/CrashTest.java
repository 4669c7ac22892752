package io.hcp.testbed.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.Records;
import org.junit.jupiter.api.Test;

class CrashTest {
    private static final int CREATING = 4;

    private final FakeWorld world = new FakeWorld();

    @Test
    void crashAfterWrites_last_takesEffectAndNothingAfterIt() {
        Acme acme = Acme.on(world.machine().crashAfterWrites(2));
        Lease lease = acme.acquire();
        assertThatThrownBy(() -> acme.create(lease))
                .isInstanceOf(Crashed.class)
                .hasMessage(acme.machine() + " was killed");
        assertThat(world.state(Acme.NAME).authorities()).isPresent();
        assertThat(world.state(Acme.NAME).encryptionKeys()).isEmpty();
        assertThat(acme.machine().writes()).isEqualTo(2);
        assertThat(acme.machine().isCrashed()).isTrue();
    }

    @Test
    void crashBeforeWrite_thatOne_doesNotTakeEffect() {
        Acme acme = Acme.on(world.machine().crashBeforeWrite(2));
        Lease lease = acme.acquire();
        assertThatThrownBy(() -> acme.create(lease)).isInstanceOf(Crashed.class);
        assertThat(world.state(Acme.NAME).record()).isPresent();
        assertThat(world.state(Acme.NAME).authorities()).isEmpty();
    }

    @Test
    void crash_everyLaterCall_throwsAndTheLeaseIsFree() {
        Acme acme = Acme.on(world.machine());
        Lease lease = acme.acquire();
        acme.create(lease);
        TenantState before = world.state(Acme.NAME);
        acme.machine().crash();
        assertThatThrownBy(() -> acme.gateways().records().read()).isInstanceOf(Crashed.class);
        assertThatThrownBy(() -> acme.removeAll(lease)).isInstanceOf(Crashed.class);
        assertThat(world.state(Acme.NAME)).isEqualTo(before);
        assertThat(lease.isHeld()).isFalse();
        assertThat(Acme.on(world.machine()).acquire().isHeld()).isTrue();
    }

    @Test
    void create_crashedAtEachWriteAndDoneAgain_isTheSameEach() {
        for (int write = 1; write <= CREATING; write++) {
            FakeWorld fresh = new FakeWorld();
            Acme first = Acme.on(fresh.machine().crashAfterWrites(write));
            Lease lost = first.acquire();
            assertThatThrownBy(() -> first.create(lost)).isInstanceOf(Crashed.class);
            TenantState before = fresh.state(Acme.NAME);
            Acme second = Acme.on(fresh.machine());
            second.create(second.acquire());
            TenantState after = fresh.state(Acme.NAME);
            assertThat(first.machine().writes() + second.machine().writes()).isEqualTo(CREATING);
            before.authorities()
                    .ifPresent(identity -> assertThat(after.authorities()).contains(identity));
            assertThat(after.processes()).hasSize(1).containsAll(before.processes());
        }
    }

    @Test
    void remove_crashedAtEachWrite_leavesTheRecordUntilAllElseIsGone() {
        boolean interrupted = true;
        for (int write = 1; interrupted; write++) {
            FakeWorld fresh = new FakeWorld();
            Acme acme = Acme.on(fresh.machine());
            Lease lease = acme.acquire();
            acme.create(lease);
            acme.machine().crashBeforeWrite(write);
            interrupted = isKilled(() -> acme.removeAll(lease));
            TenantState left = fresh.state(Acme.NAME);
            boolean filesLeft = left.authorities().isPresent() || left.datastore();
            assertThat(left.record().map(Records.Stored::record).isPresent() || !filesLeft)
                    .isTrue();
            assertThat(left.directory()).isEqualTo(interrupted);
        }
        assertThat(world.tenants()).isEmpty();
    }

    private static boolean isKilled(Runnable work) {
        try {
            work.run();
            return false;
        } catch (Crashed e) {
            return true;
        }
    }
}
