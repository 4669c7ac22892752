package io.hcp.testbed.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.model.IpAddress;
import io.hcp.core.internal.gateway.PortSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link PortSpace} promises. */
public abstract class PortSpaceContract extends GatewayContract {
    private static final int THREADS = 4;

    @Test
    void isLocal_addresses_areOnlyTheMachines() {
        assertThat(ports().isLocal(IpAddress.parse("127.0.0.1"))).isTrue();
        // TEST-NET-3, which is nobody's.
        assertThat(ports().isLocal(IpAddress.parse("203.0.113.7"))).isFalse();
    }

    @Test
    void choose_several_areDifferentAndNobodys() {
        List<Integer> chosen = ports().choosing(choice -> {
            List<Integer> ports = choice.choose(5, Set.of());
            assertThat(ports).allSatisfy(port -> assertThat(choice.keeper(port)).isEmpty());
            return ports;
        });
        assertThat(chosen).hasSize(5).doesNotHaveDuplicates().allMatch(port -> port > 1_023 && port < 65_536);
    }

    @Test
    void choose_withoutSome_doesNotChooseThem() {
        Set<Integer> without = new HashSet<>();
        for (int round = 0; round < 20; round++) {
            List<Integer> chosen = ports().choosing(choice -> choice.choose(3, without));
            assertThat(chosen).noneMatch(without::contains);
            without.addAll(chosen);
        }
    }

    @Test
    void keeper_portInARecord_isItsTenantUntilTheRecordIsGone() {
        int port = subject().ports().scheduler();
        assertThat(keeper(port)).isEmpty();
        gateways().records().write(lease(), subject().record(), Optional.empty());
        assertThat(keeper(port)).contains(subject().name());
        removeAll();
        assertThat(keeper(port)).isEmpty();
    }

    @Test
    void choosing_recordWrittenMeanwhile_keepsThePort() {
        int port = ports().choosing(choice -> {
            int chosen = choice.choose(1, Set.of()).get(0);
            gateways()
                    .records()
                    .write(
                            lease(),
                            subject().record().withPorts(subject().ports().withApiServer(chosen)),
                            Optional.empty());
            return chosen;
        });
        assertThat(keeper(port)).contains(subject().name());
    }

    @Test
    void choosing_workThatFails_letsTheNextOneChoose() {
        assertThatThrownBy(() -> ports().choosing(choice -> {
                    throw new IllegalStateException("as told");
                }))
                .hasMessage("as told");
        List<Integer> next = ports().choosing(choice -> choice.choose(1, Set.of()));
        assertThat(next).hasSize(1);
    }

    @Test
    void choosing_severalThreads_areOneAfterTheOther() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<CompletableFuture<Integer>> most = IntStream.range(0, THREADS)
                    .mapToObj(thread -> CompletableFuture.supplyAsync(() -> countMost(inside), threads))
                    .toList();
            for (CompletableFuture<Integer> one : most) {
                assertThat(one.get(1, TimeUnit.MINUTES)).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns how many were seen to choose at the same time. */
    private int countMost(AtomicInteger inside) {
        int most = 0;
        for (int round = 0; round < 10; round++) {
            most = Math.max(most, ports().choosing(choice -> {
                int now = inside.incrementAndGet();
                List<Integer> chosen = choice.choose(1, Set.of());
                inside.decrementAndGet();
                return chosen.isEmpty() ? 0 : now;
            }));
        }
        return most;
    }

    private Optional<String> keeper(int port) {
        return ports().choosing(choice -> choice.keeper(port));
    }

    private PortSpace ports() {
        return subject().machine().ports();
    }
}
