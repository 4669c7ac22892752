package io.hcp.core.internal.cluster.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenWaysTest {
    private final AtomicLong now = new AtomicLong();
    private final OpenWays<Way> ways = new OpenWays<>(now::get);
    private final List<Way> opened = new ArrayList<>();

    private static final class Way implements Closeable {
        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }

    private Way open() {
        Way way = new Way();
        opened.add(way);
        return way;
    }

    private Optional<Way> ask(String pod) {
        return ways.way(pod, way -> !way.closed, this::open);
    }

    private Stream<Way> left() {
        return opened.stream().filter(way -> !way.closed);
    }

    @Test
    void way_askedAgain_staysOpenAsLongAsItIsUsed() {
        Optional<Way> first = ask("a");
        now.addAndGet(OpenWays.IDLE.toNanos());
        assertThat(ask("a")).isEqualTo(first);
        now.addAndGet(OpenWays.IDLE.toNanos());
        ways.closeIdle();
        assertThat(left()).hasSize(1);
    }

    @Test
    void closeIdle_podThatNobodyAsksAnyMore_isLetGo() {
        ask("gone");
        now.addAndGet(OpenWays.IDLE.toNanos());
        ask("there");
        now.addAndGet(1);
        ways.closeIdle();
        assertThat(opened.get(0).closed).isTrue();
        assertThat(opened.get(1).closed).isFalse();
    }

    @Test
    void way_leadsElsewhere_isClosedAndOpenedAnew() {
        ask("a");
        assertThat(ways.way("a", way -> false, this::open)).contains(opened.get(1));
        assertThat(left()).containsExactly(opened.get(1));
    }

    @Test
    void way_elsewhereAndNotToBeOpened_leavesNone() {
        ask("a");
        assertThatThrownBy(() -> ways.way("a", way -> false, () -> {
                    throw new IllegalStateException("no route");
                }))
                .hasMessage("no route");
        assertThat(left()).isEmpty();
    }

    @Test
    void way_manyPods_onlyThoseAskedLastStayOpen() {
        for (int i = 0; i < OpenWays.MOST; i++) {
            ask("pod-" + i);
        }
        ask("pod-0");
        ask("one-more");
        assertThat(left()).hasSize(OpenWays.MOST);
        assertThat(opened.get(0).closed).isFalse();
        assertThat(opened.get(1).closed).isTrue();
    }

    @Test
    void way_afterClose_isNoneAndAllAreClosed() {
        ask("a");
        ways.close();
        assertThat(ask("b")).isEmpty();
        assertThat(left()).isEmpty();
        assertThat(opened).hasSize(1);
    }
}
