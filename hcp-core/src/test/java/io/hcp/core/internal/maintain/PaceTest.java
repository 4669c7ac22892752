package io.hcp.core.internal.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Pace PACE =
            new Pace(4, 10, Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofMillis(500));

    private final Random random = new Random(7);

    private List<Duration> draw(Supplier<Duration> one) {
        return Stream.generate(one).limit(10_000).toList();
    }

    @Test
    void pass_isWithinTenToFifteenMinutesAndSpread() {
        List<Duration> passes = draw(() -> PACE.pass(random));
        assertThat(passes)
                .allMatch(one ->
                        one.compareTo(Duration.ofMinutes(10)) >= 0 && one.compareTo(Duration.ofMinutes(15)) <= 0);
        for (int minute = 10; minute < 15; minute++) {
            long from = minute;
            assertThat(passes.stream().filter(one -> one.toMinutes() == from).count())
                    .isBetween(1_700L, 2_300L);
        }
    }

    @Test
    void again_doublesUpToFiveMinutesAndNeverHalvesBelow() {
        for (int times = 1; times <= 40; times++) {
            long whole = Math.min(300_000L, 1_000L << Math.min(times - 1, 20));
            int failures = times;
            assertThat(draw(() -> PACE.again(failures, random)))
                    .allMatch(one -> one.toMillis() >= whole / 2 && one.toMillis() <= whole);
        }
    }

    /** Whoever has ended counts on nothing after 20 s; whoever is at work for longer is not asked all the time. */
    @Test
    void held_isTriedSoonFor20SecondsAndThenLessAndLessOften() {
        for (int times = 1; times <= 16; times++) {
            int tries = times;
            assertThat(draw(() -> PACE.held(tries, random))).allMatch(one -> one.toMillis() <= 2_000);
        }
        assertThat(draw(() -> PACE.held(40, random))).allMatch(one -> one.toSeconds() >= 150);
    }

    @Test
    void first_isSpreadOverAMinute() {
        assertThat(draw(() -> PACE.first(random)))
                .allMatch(one -> !one.isNegative() && one.toMillis() <= 60_000)
                .anyMatch(one -> one.toMillis() < 1_000)
                .anyMatch(one -> one.toMillis() > 59_000);
    }
}
