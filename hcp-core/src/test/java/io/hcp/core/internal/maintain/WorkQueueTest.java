package io.hcp.core.internal.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
    private final WorkQueue queue = new WorkQueue();

    @Test
    void take_nothingDue_isEmpty() {
        queue.add("acme", 10);
        assertThat(queue.take(9)).isEmpty();
        assertThat(queue.next()).hasValue(10);
        assertThat(queue.take(10)).contains("acme");
        assertThat(queue.next()).isEmpty();
    }

    @Test
    void add_often_isTakenOnceAndAtTheFirstMoment() {
        queue.add("acme", 10);
        queue.add("acme", 5);
        queue.add("acme", 20);
        assertThat(queue.take(5)).contains("acme");
        queue.done("acme", 0);
        assertThat(queue.take(1_000)).isEmpty();
    }

    @Test
    void add_whileTaken_isTakenAgainOnlyAfterwards() {
        queue.add("acme", 0);
        assertThat(queue.take(0)).contains("acme");
        queue.add("acme", 1);
        assertThat(queue.take(2)).isEmpty();
        assertThat(queue.next()).isEmpty();
        queue.done("acme", 0);
        assertThat(queue.take(2)).contains("acme");
    }

    @Test
    void done_askedMeanwhile_isNotTakenBeforeTheEarliestMoment() {
        queue.add("acme", 0);
        assertThat(queue.take(0)).contains("acme");
        queue.add("acme", 1);
        queue.done("acme", 10);
        assertThat(queue.take(9)).isEmpty();
        assertThat(queue.take(10)).contains("acme");
    }

    @Test
    void take_several_oldestFirst() {
        queue.add("c", 3);
        queue.add("a", 1);
        queue.add("b", 2);
        assertThat(List.of(queue.take(9), queue.take(9), queue.take(9)).toString())
                .isEqualTo("[Optional[a], Optional[b], Optional[c]]");
    }

    @Test
    void failed_countsInARowUntilDone() {
        for (int i = 1; i <= 3; i++) {
            queue.add("acme", 0);
            assertThat(queue.take(0)).contains("acme");
            assertThat(queue.failed("acme", 0)).isEqualTo(i);
        }
        queue.add("acme", 0);
        assertThat(queue.take(0)).contains("acme");
        queue.done("acme", 0);
        queue.add("acme", 0);
        assertThat(queue.take(0)).contains("acme");
        assertThat(queue.failed("acme", 0)).isEqualTo(1);
    }

    /** Who waits for somebody else often must not wait for long once something goes wrong. */
    @Test
    void held_countsByItself_andNotAsFailure() {
        WorkQueue queue = new WorkQueue();
        queue.add("a", 0);
        for (int time = 1; time <= 5; time++) {
            assertThat(queue.take(time)).contains("a");
            assertThat(queue.held("a", time)).isEqualTo(time);
            assertThat(queue.isFailing("a")).isTrue();
            queue.add("a", time);
        }
        assertThat(queue.take(6)).contains("a");
        assertThat(queue.failed("a", 6)).isEqualTo(1);
        queue.add("a", 6);
        assertThat(queue.take(7)).contains("a");
        assertThat(queue.held("a", 7)).isEqualTo(1);
    }

    @Test
    void hint_afterAFailure_doesNotShortenThePause() {
        queue.add("acme", 0);
        assertThat(queue.take(0)).contains("acme");
        queue.hint("acme", 1);
        assertThat(queue.failed("acme", 0)).isEqualTo(1);
        queue.add("acme", 100);
        queue.hint("acme", 2);
        assertThat(queue.take(99)).isEmpty();
        queue.add("acme", 50); // somebody wants it
        assertThat(queue.take(50)).contains("acme");
    }

    @Test
    void hint_whileTaken_isTakenAgainOnceItIsDone() {
        queue.add("acme", 0);
        assertThat(queue.take(0)).contains("acme");
        queue.hint("acme", 5);
        queue.done("acme", 0);
        assertThat(queue.take(4)).isEmpty();
        assertThat(queue.take(5)).contains("acme");
    }

    @Test
    void remove_whileTaken_isNotTakenAgain() {
        queue.add("acme", 0);
        assertThat(queue.take(0)).contains("acme");
        queue.add("acme", 1);
        queue.remove("acme");
        queue.done("acme", 0);
        assertThat(queue.take(9)).isEmpty();
    }

    /** Whatever the order: none is taken by two, and none that was asked for is forgotten. */
    @Test
    void queue_randomOrder_losesNoneAndDoublesNone() {
        long seed = Long.getLong("hcp.seed", System.nanoTime());
        Random random = new Random(seed);
        Set<String> asked = new HashSet<>();
        List<String> taken = new ArrayList<>();
        for (long now = 0; now < 10_000; now++) {
            String tenant = "t" + random.nextInt(20);
            switch (random.nextInt(3)) {
                case 0 -> {
                    queue.add(tenant, now + random.nextInt(5));
                    asked.add(tenant);
                }
                case 1 ->
                    queue.take(now).ifPresent(found -> {
                        assertThat(taken).as("seed %d", seed).doesNotContain(found);
                        assertThat(asked.remove(found)).as("seed %d", seed).isTrue();
                        taken.add(found);
                    });
                default -> {
                    if (!taken.isEmpty()) {
                        queue.done(taken.remove(random.nextInt(taken.size())), now);
                    }
                }
            }
        }
        taken.forEach(tenant -> queue.done(tenant, 0));
        int left = asked.size();
        for (int i = 0; i < left; i++) {
            assertThat(asked.remove(queue.take(Long.MAX_VALUE).orElseThrow())).isTrue();
        }
        assertThat(queue.take(Long.MAX_VALUE)).as("seed %d", seed).isEmpty();
    }
}
