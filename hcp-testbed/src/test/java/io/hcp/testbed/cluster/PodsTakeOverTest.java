package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.testbed.fake.Crashed;
import io.hcp.testbed.fake.UnderWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several processes look after the same tenants, and some of them end. */
@Timeout(120)
class PodsTakeOverTest extends MaintainedPods {
    private static final int MANY = 8;

    /** How long it takes until what a process would have done is done by others, from its end. */
    private static final Duration SOON = UnderWorld.LEASE_LASTS.plusSeconds(4);

    @Test
    void maintain_twoInstances_shareTheTenants() {
        Instance one = maintained();
        Instance other = maintained();
        IntStream.range(0, 20).forEach(i -> world.applyAsOther(description("t" + i)));
        pass(Duration.ofMinutes(2));
        Set<String> all = new HashSet<>(one.done);
        all.addAll(other.done);
        assertThat(all).hasSize(20);
        assertThat(one.done).isNotEmpty().doesNotContainAnyElementsOf(other.done);
        assertThat(other.done).isNotEmpty();
    }

    @Test
    void maintain_instanceKilled_itsTenantsAreTheOthers() {
        Instance one = maintained();
        Instance other = maintained();
        IntStream.range(0, 20).forEach(i -> world.applyAsOther(description("t" + i)));
        pass(Duration.ofMinutes(2));
        List<String> lost = new ArrayList<>(one.done);
        assertThat(lost).isNotEmpty();
        one.cluster.crashAt(one.cluster.writes() + 1, false);
        String tenant = lost.get(0).split(" ", -1)[0];
        world.destroy("PodDisruptionBudget " + tenant);
        pass(Duration.ofSeconds(2));
        assertThat(one.cluster.isCrashed()).isTrue();

        pass(UnderWorld.LEASE_LASTS.plusMinutes(2));
        assertThat(object("PodDisruptionBudget " + tenant)).isPresent();
        assertThat(other.done).contains(tenant + " DONE");
    }

    /** Killed at any write of a creation: another instance finishes it, with what was there. */
    @Test
    void maintain_instanceKilledAtWork_theOtherFinishesIt() {
        for (long write = 1; write < 30; write += 4) {
            Instance one = new Instance();
            one.cluster.crashAt(write, true);
            String name = "crashed" + write;
            try {
                one.hcp.apply(tenant(name)).awaitReady(LIMIT);
            } catch (RuntimeException | Crashed e) {
                assertThat(one.cluster.isCrashed()).as(String.valueOf(e)).isTrue();
            }
            if (instances.stream().allMatch(instance -> instance.cluster.isCrashed())) {
                maintained();
            }
            pass(UnderWorld.LEASE_LASTS.plusMinutes(2));
            assertThat(phase(name))
                    .isEqualTo(object("TenantControlPlane " + name).isPresent() ? "Ready" : "");
        }
    }

    private static Set<String> share(Instance instance) {
        return instance.done.stream().map(done -> done.split(" ", -1)[0]).collect(Collectors.toSet());
    }

    /** The other one heard of it at once, when it was not yet its own. */
    @Test
    void maintain_objectsDestroyedAsTheirInstanceDies_areMendedAsSoonAsTheOtherTakesOver() {
        Instance one = maintained();
        maintained();
        IntStream.range(0, MANY).forEach(i -> world.applyAsOther(description("t" + i)));
        pass(Duration.ofMinutes(2));
        Set<String> lost = share(one);
        assertThat(lost).hasSizeGreaterThan(1);
        one.cluster.crashAt(one.cluster.writes() + 1, false);
        lost.forEach(tenant -> world.destroy("PodDisruptionBudget " + tenant));
        pass(Duration.ofSeconds(2));
        assertThat(one.cluster.isCrashed()).isTrue();
        pass(SOON);
        assertThat(lost)
                .allSatisfy(tenant -> assertThat(object("PodDisruptionBudget " + tenant))
                        .as(tenant)
                        .isPresent());
    }
}
