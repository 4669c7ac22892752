package io.hcp.core.internal.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.Operation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.time.Time;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MaintainerTest {
    private static final Pace PACE =
            new Pace(2, 10, Duration.ofHours(8), Duration.ofMinutes(1), Duration.ofMillis(500));

    private final Place place = new Place();
    private final Queue<Runnable> looks = new ArrayDeque<>();
    private final List<String> looked = new ArrayList<>();
    private final List<String> cancelled = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();
    private Runnable during = () -> {};
    private final Maintainer maintainer = new Maintainer(place, this::reconcile, PACE, looks::add);

    /** Time that the test lets pass, and timers that fire a little early, as those do that count in milliseconds. */
    private static final class Place implements Maintained, Time, Maintained.Membership {
        private record Timer(long due, Runnable work) {}

        private final List<Timer> timers = new ArrayList<>();
        private final Set<String> elsewhere = new HashSet<>();
        private final Set<String> outdated = new HashSet<>();
        private final Set<String> waiting = new HashSet<>();
        private Optional<Duration> renewal = Optional.empty();
        private Optional<Follower> follower = Optional.empty();
        private boolean settled;
        private long now;

        @Override
        public Time time() {
            return this;
        }

        @Override
        public RandomGenerator random() {
            return new Random(7);
        }

        @Override
        public void later(Duration delay, Runnable work) {
            timers.add(new Timer(now + delay.toMillis() * 1_000_000, work));
        }

        @Override
        public Membership join(Follower told) {
            follower = Optional.of(told);
            return this;
        }

        Follower follower() {
            return follower.orElseThrow();
        }

        @Override
        public boolean isMine(String tenant) {
            return !elsewhere.contains(tenant);
        }

        @Override
        public boolean isSettled(String tenant) {
            return settled;
        }

        @Override
        public boolean isOutdated(String tenant) {
            return outdated.contains(tenant);
        }

        /** As long after a look as the test says. */
        @Override
        public Optional<Instant> due(String tenant) {
            return renewal.map(after -> instant().plus(after));
        }

        @Override
        public boolean isWaiting(String tenant) {
            return waiting.contains(tenant);
        }

        @Override
        public Optional<Instant> pausedUntil(String tenant) {
            return Optional.empty();
        }

        @Override
        public void close() {
            follower = Optional.empty();
        }

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(now);
        }

        @Override
        public void pause(Duration duration) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void start() {
        maintainer.start();
    }

    private Operation reconcile(String tenant) {
        looked.add(tenant);
        return (Operation) Proxy.newProxyInstance(
                Operation.class.getClassLoader(), new Class<?>[] {Operation.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("cancel")) {
                        cancelled.add(tenant);
                    } else if (method.getName().equals("await")) {
                        during.run();
                        if (failing.contains(tenant)) {
                            throw new HcpException(ErrorKind.IO, "no", "try again");
                        }
                        return proxy;
                    }
                    return null;
                });
    }

    private void look() {
        for (Runnable look = looks.poll(); look != null; look = looks.poll()) {
            look.run();
        }
    }

    private void pass(Duration duration) {
        long end = place.now + duration.toNanos();
        while (true) {
            look();
            Optional<Place.Timer> next = place.timers.stream()
                    .filter(timer -> timer.due() <= end)
                    .min(java.util.Comparator.comparingLong(Place.Timer::due));
            if (next.isEmpty()) {
                place.now = end;
                return;
            }
            place.timers.remove(next.get());
            place.now = Math.max(place.now, next.get().due());
            place.now += 1_000; // nothing takes no time
            next.get().work().run();
        }
    }

    @Test
    void seen_notUrgent_isLookedAtWithinAMinuteThoughTimersAreEarly() {
        for (int i = 0; i < 20; i++) {
            place.follower().seen("t" + i, false);
        }
        pass(Duration.ofSeconds(61));
        assertThat(looked).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void changed_isLookedAtSoonEachTime() {
        place.follower().seen("acme", true);
        pass(Duration.ofSeconds(1));
        for (int i = 2; i < 50; i++) {
            place.follower().changed("acme");
            pass(Duration.ofSeconds(2));
            assertThat(looked).hasSize(i);
        }
    }

    @Test
    void changed_settled_isNotLookedAt() {
        place.follower().seen("acme", true);
        pass(Duration.ofSeconds(1));
        place.settled = true;
        place.follower().changed("acme");
        pass(Duration.ofHours(7));
        assertThat(looked).hasSize(1);
        pass(Duration.ofHours(6));
        assertThat(looked).hasSize(2);
    }

    @Test
    void due_beforeThePass_isLookedAtThen() {
        place.settled = true;
        place.renewal = Optional.of(Duration.ofMinutes(40));
        place.follower().seen("acme", true);
        pass(Duration.ofMinutes(39));
        assertThat(looked).hasSize(1);
        pass(Duration.ofMinutes(2));
        assertThat(looked).hasSize(2);
    }

    /** What is due and not done by a look does not make for look after look. */
    @Test
    void due_inThePast_isLookedAtOnceAMinute() {
        place.settled = true;
        place.renewal = Optional.of(Duration.ofMinutes(-5));
        place.follower().seen("acme", true);
        pass(Duration.ofMinutes(10));
        assertThat(looked).hasSizeBetween(9, 11);
    }

    /** However often the next moment changes, few timers wait. */
    @Test
    void changed_often_leavesFewTimers() {
        place.follower().seen("acme", true);
        for (int i = 0; i < 1_000; i++) {
            place.follower().changed("acme");
            pass(Duration.ofSeconds(1));
        }
        assertThat(place.timers).hasSizeLessThan(100);
    }

    @Test
    void elsewhereForAMoment_isNotForgotten() {
        place.elsewhere.add("acme");
        place.follower().seen("acme", true);
        pass(Duration.ofSeconds(10));
        assertThat(looked).isEmpty();
        place.elsewhere.clear();
        pass(Duration.ofSeconds(31));
        assertThat(looked).containsExactly("acme");
    }

    @Test
    void failing_isTriedAgainAfterLongerPausesAndAtOnceIfSomebodyWaits() {
        failing.add("acme");
        place.follower().seen("acme", true);
        pass(Duration.ofMinutes(10));
        assertThat(looked).hasSizeBetween(9, 13);
        int before = looked.size();
        place.follower().changed("acme");
        pass(Duration.ofSeconds(1));
        assertThat(looked).hasSize(before);
        failing.clear();
        place.follower().seen("acme", true);
        pass(Duration.ofSeconds(1));
        assertThat(looked).hasSize(before + 1);
    }

    @Test
    void gone_isNotLookedAtAgain() {
        failing.add("acme");
        place.follower().seen("acme", true);
        during = () -> place.follower().gone("acme");
        pass(Duration.ofHours(20));
        assertThat(looked).hasSize(1);
    }

    @Test
    void many_areBegunTenASecond() {
        for (int i = 0; i < 100; i++) {
            place.follower().seen("t" + i, true);
        }
        assertThat(looks).hasSize(1);
        pass(Duration.ofSeconds(5));
        assertThat(looked).hasSizeBetween(45, 52);
        pass(Duration.ofSeconds(6));
        assertThat(looked).hasSize(100);
    }

    /** With two workers, the third is looked at while the two others wait for their pods. */
    @Test
    void waiting_makesRoomForOthers() {
        List<String> order = new ArrayList<>();
        place.waiting.addAll(Set.of("a", "b"));
        during = () -> {
            String own = looked.get(looked.size() - 1);
            if (place.waiting.contains(own)) {
                pass(Duration.ofMinutes(10)); // as long as it is awaited
            }
            order.add(own);
        };
        List.of("a", "b", "c").forEach(tenant -> place.follower().seen(tenant, true));
        pass(Duration.ofSeconds(1));
        assertThat(order.get(0)).isEqualTo("c");
        assertThat(order).contains("a", "b");
    }

    /** What works counts, however long it takes: both workers have one while ten minutes pass. */
    @Test
    void working_makesNoRoom() {
        List<String> begunByThen = new ArrayList<>();
        during = () -> {
            if (looked.size() < PACE.workers()) {
                pass(Duration.ofSeconds(1));
            } else if (begunByThen.isEmpty()) {
                pass(Duration.ofMinutes(10));
                begunByThen.addAll(looked);
            }
        };
        List.of("a", "b", "c").forEach(tenant -> place.follower().seen(tenant, true));
        pass(Duration.ofSeconds(1));
        assertThat(begunByThen).containsExactlyInAnyOrder("a", "b");
        assertThat(looked).contains("c");
    }

    @Test
    void outdatedWhileUnderWay_isCancelled() {
        place.outdated.add("acme");
        during = () -> List.copyOf(place.timers).forEach(timer -> timer.work().run());
        place.follower().seen("acme", true);
        pass(Duration.ofSeconds(1));
        assertThat(cancelled).isNotEmpty().containsOnly("acme");
    }

    @Test
    void close_beginsNoMore() {
        place.follower().seen("acme", true);
        pass(Duration.ofSeconds(1));
        Follower told = place.follower();
        maintainer.close();
        told.changed("acme");
        pass(Duration.ofHours(20));
        assertThat(looked).hasSize(1);
    }
}
