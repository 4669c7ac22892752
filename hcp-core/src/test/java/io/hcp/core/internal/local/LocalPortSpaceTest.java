package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.IpAddress;
import io.hcp.core.fixture.Async;
import io.hcp.core.fixture.Tenants;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.spec.TenantRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LocalPortSpaceTest {
    @TempDir
    Path directory;

    private LocalPortSpace ports(int first) {
        return new LocalPortSpace(new DataDirectory(directory), new PortAllocator(ScriptedRandom.from(first)));
    }

    private void acmeKeeps(List<Integer> ports) {
        TenantRecord record = TenantRecord.of(Tenants.plain("1.36.3"), Ports.of(ports));
        DataDirectory data = new DataDirectory(directory);
        new LocalRecords("acme", data.tenant("acme")).write(new TestLease(), record, Optional.empty());
    }

    @Test
    void isLocal_addressOfThisMachineOrNot_isTold() {
        assertThat(ports(20_000).isLocal(IpAddress.parse("127.0.0.9"))).isTrue();
        assertThat(ports(20_000).isLocal(IpAddress.parse("192.0.2.1"))).isFalse();
    }

    @Test
    void keeper_portOfARecord_isItsTenant() {
        acmeKeeps(List.of(20_001, 20_002, 6443, 20_004, 20_005));

        Optional<String> keeper = ports(20_000).choosing(choice -> choice.keeper(6443));
        Optional<String> nobody = ports(20_000).choosing(choice -> choice.keeper(6444));

        assertThat(keeper).contains("acme");
        assertThat(nobody).isEmpty();
    }

    @Test
    void choose_keptByOthersOrExcluded_isSkipped() {
        List<Integer> kept = ports(25_000).choosing(choice -> choice.choose(5, Set.of()));
        acmeKeeps(kept);

        List<Integer> more = ports(25_000).choosing(choice -> choice.choose(5, Set.of()));
        List<Integer> others = ports(25_000).choosing(choice -> choice.choose(5, Set.copyOf(more)));

        assertThat(more).hasSize(5).doesNotHaveDuplicates().doesNotContainAnyElementsOf(kept);
        assertThat(others).hasSize(5).doesNotContainAnyElementsOf(kept).doesNotContainAnyElementsOf(more);
    }

    @Test
    void choosing_damagedRecord_isPassedOver() throws IOException {
        Files.writeString(
                Files.createDirectories(directory.resolve("tenants/broken")).resolve("tenant.yaml"), "");

        List<Integer> chosen = ports(20_000).choosing(choice -> choice.choose(1, Set.of()));

        assertThat(chosen).hasSize(1);
    }

    @Test
    void choosing_somebodyElseChooses_waits() throws Exception {
        CompletableFuture<List<Integer>> second = ports(26_000).choosing(choice -> {
            CompletableFuture<List<Integer>> waiting =
                    Async.supply(() -> ports(26_000).choosing(other -> other.choose(5, Set.of())));
            acmeKeeps(choice.choose(5, Set.of()));
            assertThat(waiting).isNotDone();
            return waiting;
        });

        Optional<TenantRecord> acme =
                new LocalRecords("acme", new DataDirectory(directory).tenant("acme")).readIfIntact();
        assertThat(second.get(20, TimeUnit.SECONDS))
                .hasSize(5)
                .doesNotContainAnyElementsOf(acme.orElseThrow().ports().asList());
    }

    @Test
    void choosing_interrupted_isCancelledAndKeepsTheFlag() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> ports(20_000).choosing(choice -> true))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
    }
}
