package io.hcp.testbed.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.gateway.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FreezeTest {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final FakeWorld world = new FakeWorld();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Acme first = Acme.on(world.machine());
    private final Acme second = Acme.on(world.machine());

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void write_frozenUntilAnotherTookTheLease_isRefusedAndChangesNothing() throws Exception {
        Lease lease = first.acquire();
        first.machine().freezeBeforeWrite(1);
        Future<?> write = threads.submit(() -> first.writeRecord(lease));
        first.machine().awaitBlocked();
        world.time().advance(FakeWorld.LEASE_LASTS);
        Lease next = second.acquire();
        TenantState before = world.state(Acme.NAME);
        assertThat(lease.isHeld()).isFalse();

        first.machine().thaw();
        assertRefused(write, second.machine().toString());
        assertThat(world.state(Acme.NAME)).isEqualTo(before);
        assertThat(next.isHeld()).isTrue();
        second.writeRecord(next);
        assertThatThrownBy(() -> first.removeAll(lease)).isInstanceOf(HcpException.class);
        assertThat(world.state(Acme.NAME).record()).isPresent();
    }

    @Test
    void write_frozenAndThawed_happensOnce() throws Exception {
        Lease lease = first.acquire();
        first.machine().freezeBeforeWrite(1);
        Future<?> write = threads.submit(() -> first.writeRecord(lease));
        first.machine().awaitBlocked();
        assertThat(world.state(Acme.NAME)).isEqualTo(TenantState.NONE);
        world.time().advance(FakeWorld.LEASE_LASTS.multipliedBy(2));
        first.machine().thaw();
        write.get(1, TimeUnit.MINUTES);
        assertThat(lease.isHeld()).isTrue();
        assertThat(first.machine().writes()).isEqualTo(1);
    }

    @Test
    void lease_frozenForLessThanItLasts_isNotFree() {
        Lease lease = first.acquire();
        first.machine().freeze();
        world.time().advance(FakeWorld.LEASE_LASTS.minus(MOMENT));
        assertThatThrownBy(second::acquire)
                .isInstanceOf(HcpException.class)
                .hasMessageContaining("is held by " + first.machine());
        world.time().advance(MOMENT);
        assertThat(second.acquire().isHeld()).isTrue();
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void lease_holderAliveButIdle_lasts() {
        Lease lease = first.acquire();
        world.time().advance(Duration.ofDays(1));
        assertThat(second.machine().holder(Acme.NAME)).contains(first.machine().toString());
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void read_frozenAndInterrupted_isCancelled() throws Exception {
        first.machine().freeze();
        Future<?> read = threads.submit(() -> {
            try {
                first.gateways().records().read();
            } catch (HcpException e) {
                assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED);
                throw e;
            }
        });
        first.machine().awaitBlocked();
        threads.shutdownNow();
        assertThatThrownBy(() -> read.get(1, TimeUnit.MINUTES)).hasCauseInstanceOf(HcpException.class);
    }

    @Test
    void choosing_frozenMeanwhile_losesItsTurn() throws Exception {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        Future<List<Integer>> chosen =
                threads.submit(() -> first.machine().ports().choosing(choice -> {
                    first.machine().freeze();
                    begun.complete(true);
                    return choice.choose(1, Set.of());
                }));
        begun.get(1, TimeUnit.MINUTES);
        world.time().advance(FakeWorld.LEASE_LASTS);
        Optional<String> keeper = second.machine().ports().choosing(choice -> choice.keeper(1));
        assertThat(keeper).isEmpty();
        first.machine().thaw();
        assertRefused(chosen, "ports are being chosen by nobody");
    }

    private static void assertRefused(Future<?> call, String message) {
        assertThatThrownBy(() -> call.get(1, TimeUnit.MINUTES))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        HcpException.class, thrown -> assertThat(thrown.kind()).isEqualTo(ErrorKind.LOCKED))
                .hasMessageContaining(message);
    }
}
