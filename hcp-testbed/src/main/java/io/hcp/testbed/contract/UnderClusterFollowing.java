package io.hcp.testbed.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.Presence;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.gateway.UnderCluster.Following;
import io.hcp.core.internal.cluster.gateway.Watcher;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What those who look after tenants are told. */
interface UnderClusterFollowing extends UnderClusterFixture {
    /** Longer than a process that is gone is counted on. */
    long SECONDS = 30;

    /** Hears of Secrets, by name and value. */
    final class Hearing implements Watcher {
        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void seen(ClusterObject object) {
            if (object.kind().equals(Kind.SECRET)) {
                heard.add(object.name() + " " + object.object("data").get("key"));
            }
        }

        @Override
        public void gone(ClusterObject object) {
            if (object.kind().equals(Kind.SECRET)) {
                heard.add(object.name() + " of " + object.label("hcp.io/tenant").orElse("nobody") + " gone");
            }
        }
    }

    /** Waits with requests, by which time passes in imagined clusters. */
    private void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within %d s", SECONDS).isLessThan(deadline);
            assertThat(objects().get(Kind.SECRET, "no-such-secret")).isEmpty();
        }
    }

    @Test
    default void follow_whatIsThereAndWhatComes_isToldInOrder() {
        objects().create(lease(), secret("acme-a", "MQ=="));
        Hearing hearing = new Hearing();
        Following following = cluster().follow(hearing);
        until(() -> hearing.heard.contains("acme-a MQ=="));
        applyAsOther(secret("acme-a", "Mg=="));
        until(() -> hearing.heard.contains("acme-a Mg=="));
        objects().delete(lease(), objects().get(Kind.SECRET, "acme-a").orElseThrow());
        until(() -> hearing.heard.contains("acme-a of acme gone"));
        following.close();
        assertThat(hearing.heard).containsSubsequence("acme-a MQ==", "acme-a Mg==", "acme-a of acme gone");
    }

    @Test
    default void follow_whatIsNoTenants_isNotTold() {
        Hearing hearing = new Hearing();
        ClusterObject others = secret("others", "MQ==").with(Map.of("app", "x"), "metadata", "labels");
        Following following = cluster().follow(hearing);
        applyAsOther(others);
        objects().create(lease(), secret("acme-b", "MQ=="));
        until(() -> hearing.heard.contains("acme-b MQ=="));
        following.close();
        assertThat(hearing.heard).noneMatch(heard -> heard.startsWith("others "));
        objects().delete(lease(), objects().get(Kind.SECRET, "others").orElseThrow());
    }

    @Test
    default void follow_closed_isNotTold() {
        Hearing hearing = new Hearing();
        cluster().follow(hearing).close();
        Hearing other = new Hearing();
        Following following = cluster().follow(other);
        objects().create(lease(), secret("acme-c", "MQ=="));
        until(() -> other.heard.contains("acme-c MQ=="));
        following.close();
        assertThat(hearing.heard).doesNotContain("acme-c MQ==");
    }

    @Test
    default void announce_severalProcesses_seeEachOtherUntilTheyLeave() {
        AtomicInteger rearranged = new AtomicInteger();
        try (UnderCluster another = open();
                Presence one = cluster().announce(rearranged::incrementAndGet)) {
            until(() -> one.instances().equals(java.util.Set.of(one.name())));
            int before = rearranged.get();
            try (Presence other = another.announce(() -> {})) {
                assertThat(other.name()).isNotEqualTo(one.name());
                until(() -> one.instances().contains(other.name()));
                until(() -> {
                    assertThat(another.objects().get(Kind.SECRET, "no-such-secret"))
                            .isEmpty();
                    return other.instances().contains(one.name());
                });
                until(() -> rearranged.get() > before);
            }
            assertThat(cluster().instances()).containsOnlyKeys(one.name());
            until(() -> one.instances().size() == 1);
            assertThat(one.instances()).containsExactly(one.name());
        }
        assertThat(cluster().instances()).isEmpty();
    }
}
