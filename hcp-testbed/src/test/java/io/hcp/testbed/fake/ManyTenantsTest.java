package io.hcp.testbed.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.testbed.contract.ContractTenant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManyTenantsTest {
    private static final int TENANTS = 40;
    private static final int THREADS = 4;

    private final FakeWorld world = new FakeWorld();
    private final FakeMachine machine = world.machine();

    @Test
    void tenants_madeByManyThreads_shareNothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<? extends Future<?>> made = IntStream.range(0, TENANTS)
                    .mapToObj(number -> threads.submit(() -> make("tenant-" + number)))
                    .toList();
            for (Future<?> one : made) {
                one.get(1, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(machine.tenants()).hasSize(TENANTS).isSorted();
        assertThat(world.keptPorts())
                .hasSize(5 * TENANTS)
                .allSatisfy((port, keepers) -> assertThat(keepers).hasSize(1));
        assertThat(machine.tenants().stream().map(name -> world.state(name).authorities()))
                .doesNotHaveDuplicates();
    }

    private void make(String name) {
        try (Lease lease = machine.acquire(name)) {
            Acme acme = machine.ports().choosing(choice -> {
                Ports ports = Ports.of(choice.choose(5, Set.of()));
                Acme chosen = new Acme(new ContractTenant(machine, FakeContractsTest.described(name), ports), machine);
                chosen.writeRecord(lease);
                return chosen;
            });
            acme.create(lease);
            assertThat(acme.awaitServing(Component.ETCD)).isTrue();
        }
    }
}
