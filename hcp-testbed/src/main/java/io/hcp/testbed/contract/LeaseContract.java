package io.hcp.testbed.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.Machine;
import io.hcp.core.internal.gateway.Records;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link Lease} and {@link Machine#acquire} promise. */
public abstract class LeaseContract extends GatewayContract {
    /**
     * Opens another machine at the same place, as another JVM would.
     *
     * @return another object for the machine of {@link #subject}; the test closes it
     */
    protected abstract Machine another();

    @Test
    void acquire_free_isHeldUntilItIsClosed() {
        assertThat(lease().isHeld()).isTrue();
        assertThat(lease().tenant()).isEqualTo(subject().name());
        assertThat(subject().machine().holder(subject().name())).isPresent();
        lease().close();
        assertThat(lease().isHeld()).isFalse();
        assertThat(subject().machine().holder(subject().name())).isEmpty();
    }

    @Test
    void acquire_tenantThatDoesNotExist_doesNotMakeIt() {
        assertThat(gateways().storage().exists()).isFalse();
        assertThat(subject().machine().tenants()).isEmpty();
    }

    @Test
    void acquire_heldByTheSameMachine_isRefused() {
        assertFails(
                ErrorKind.LOCKED, () -> subject().machine().acquire(subject().name()));
        assertThat(lease().isHeld()).isTrue();
    }

    @Test
    void acquire_heldByAnotherMachine_isRefusedAndNamesTheHolder() {
        try (Machine another = another()) {
            String holder = another.holder(subject().name()).orElseThrow();
            assertFails(ErrorKind.LOCKED, () -> another.acquire(subject().name()));
            assertThatThrownBy(() -> another.acquire(subject().name()))
                    .hasMessageContaining(subject().name())
                    .hasMessageContaining(holder);
            assertThat(lease().isHeld()).isTrue();
        }
    }

    @Test
    void acquire_anotherTenant_isFree() {
        try (Lease other = subject().machine().acquire(subject().name() + "-2")) {
            assertThat(other.isHeld()).isTrue();
            assertThat(lease().isHeld()).isTrue();
        }
    }

    @Test
    void acquire_closed_canBeHadByAnother() {
        lease().close();
        try (Machine another = another();
                Lease other = another.acquire(subject().name())) {
            assertThat(other.isHeld()).isTrue();
            assertThat(lease().isHeld()).isFalse();
            assertFails(
                    ErrorKind.LOCKED,
                    () -> gateways().records().write(lease(), subject().record(), Optional.empty()));
            Records theirs = another.tenant(subject().name()).records();
            theirs.write(other, subject().record(), Optional.empty());
            assertThat(gateways().records().read()).isEqualTo(theirs.read());
        }
    }

    @Test
    void close_oldLeaseAgain_takesNothingFromTheNextHolder() {
        lease().close();
        try (Lease next = subject().machine().acquire(subject().name())) {
            lease().close();
            assertThat(next.isHeld()).isTrue();
            assertThat(subject().machine().holder(subject().name())).isPresent();
        }
    }

    @Test
    void machineClosed_leases_canBeHadByAnother() {
        subject().machine().close();
        assertThat(lease().isHeld()).isFalse();
        try (Machine another = another();
                Lease other = another.acquire(subject().name())) {
            assertThat(other.isHeld()).isTrue();
        }
    }
}
