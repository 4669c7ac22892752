package io.hcp.testbed.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.gateway.Lease;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StaleReadsTest {
    private final FakeWorld world = new FakeWorld().keepHistory(10);

    @BeforeEach
    void create() {
        Acme acme = Acme.on(world.machine());
        try (Lease lease = acme.acquire()) {
            acme.create(lease);
        }
    }

    @Test
    void read_someWritesAgo_isAsItWasThen() {
        assertThat(seen(1).gateways().processes().running()).isEmpty();
        assertThat(seen(1).gateways().certificates().exist()).isTrue();
        assertThat(seen(3).gateways().certificates().exist()).isFalse();
        assertThat(seen(3).gateways().records().read()).isPresent();
        assertThat(seen(4).gateways().records().read()).isEmpty();
        assertThat(seen(10).gateways().records().read()).isEmpty();
        assertThat(seen(0).gateways().processes().running()).hasSize(1);
    }

    @Test
    void read_afterAConflict_isFresh() {
        Acme acme = seen(4);
        Lease lease = acme.acquire();
        assertThat(acme.gateways().records().read()).isEmpty();
        assertThatThrownBy(() ->
                        acme.gateways().records().write(lease, acme.record().asBootstrapped(), Optional.empty()))
                .isInstanceOfSatisfying(
                        HcpException.class, thrown -> assertThat(thrown.kind()).isEqualTo(ErrorKind.CONFLICT));
        assertThat(acme.gateways().records().read()).isPresent();
    }

    @Test
    void write_staleView_actsOnWhatIsThere() {
        Acme acme = seen(3);
        String before = world.state(Acme.NAME).authorities().orElseThrow();
        assertThat(acme.gateways().certificates().exist()).isFalse();
        acme.create(acme.acquire());
        assertThat(world.state(Acme.NAME).authorities()).contains(before);
        assertThat(acme.machine().writes()).isZero();
        assertThat(acme.gateways().processes().running()).hasSize(1);
    }

    @Test
    void read_afterAWhile_isFresh() {
        Acme acme = seen(4);
        assertThat(acme.gateways().records().read()).isEmpty();
        world.time().advance(Duration.ofSeconds(5));
        assertThat(acme.gateways().records().read()).isPresent();
    }

    @Test
    void staleReads_moreThanIsRemembered_isRefused() {
        assertThatThrownBy(() -> world.machine().staleReads(11))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("remembers 10 writes");
    }

    private Acme seen(int writesAgo) {
        return Acme.on(world.machine().staleReads(writesAgo));
    }
}
