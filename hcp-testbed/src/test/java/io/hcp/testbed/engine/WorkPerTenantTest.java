package io.hcp.testbed.engine;

import static io.hcp.testbed.engine.Samples.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.Component;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.FakeMachine;
import io.hcp.testbed.fake.FakeWorld;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is done for a tenant does not depend on how many others there are. */
class WorkPerTenantTest {
    private static final int TENANTS = 1000;

    /** They are asked again and again while time passes, which depends on the threads of the steps. */
    private static final Set<String> POLLED = Set.of("processes.isServing", "api.ask");

    private final FakeWorld world = new FakeWorld();
    private final FakeMachine machine = world.machine();

    @Test
    void creation_ofTheThousandthTenant_makesTheCallsAndWritesOfTheFirst() {
        try (HostedControlPlanes hcp = Samples.open(machine)) {
            Map<String, Long> first = made(hcp, "first");
            for (int i = 2; i < TENANTS; i++) {
                hcp.apply(Samples.named("t" + i)).awaitReady(SOON);
            }
            Map<String, Long> last = made(hcp, "last");

            assertThat(last).isEqualTo(first);
            assertThat(last).containsEntry("records.write", 4L).containsEntry("ports.choose", 1L);
            assertThat(planned(hcp, "last")).isEqualTo(planned(hcp, "first"));
            machine.detector().assertCalm();
        }
    }

    @Test
    void status_runningTenant_asksItsComponentsOnce() {
        try (HostedControlPlanes hcp = Samples.open(machine)) {
            Map<String, Long> unused = made(hcp, "first");
            Map<String, Long> before = machine.calls();
            assertThat(hcp.get("first").orElseThrow().status().components()).hasSize(Component.values().length);
            Map<String, Long> after = machine.calls();
            after.keySet().removeIf(call -> !call.startsWith("api."));
            after.replaceAll((call, count) -> count - before.getOrDefault(call, 0L));
            after.values().removeIf(count -> count == 0);
            assertThat(after).containsExactlyEntriesOf(Map.of("api.ask", 1L));
        }
    }

    private Map<String, Long> made(HostedControlPlanes hcp, String name) {
        return counted(() -> hcp.apply(Samples.named(name)).awaitReady(SOON));
    }

    private Map<String, Long> planned(HostedControlPlanes hcp, String name) {
        Map<String, Long> calls = counted(
                () -> assertThat(hcp.plan(Samples.named(name)).isEmpty()).isTrue());
        assertThat(calls).containsEntry("writes", 0L);
        return calls;
    }

    /** The calls of each name, and the writes. */
    private Map<String, Long> counted(Runnable work) {
        Map<String, Long> before = machine.calls();
        long writes = machine.writes();
        work.run();
        Map<String, Long> made = new TreeMap<>();
        machine.calls().forEach((name, calls) -> made.put(name, calls - before.getOrDefault(name, 0L)));
        made.values().removeIf(calls -> calls == 0);
        made.keySet().removeAll(POLLED);
        made.put("writes", machine.writes() - writes);
        return made;
    }
}
