package io.hcp.core.internal.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.core.fixture.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    static final List<Duration> PAUSES_OF_SEED_7 = List.of(
            Duration.ofNanos(48984924),
            Duration.ofNanos(61525590),
            Duration.ofNanos(1248497679),
            Duration.ofNanos(555407016));

    @Test
    void pause_seed_isRepeatable() {
        RetryPolicy policy = new RetryPolicy(new Random(7));

        assertThat(IntStream.rangeClosed(1, 4)
                        .mapToObj(attempts -> policy.pause(ErrorKind.IO, attempts, Duration.ZERO)
                                .orElseThrow()))
                .isEqualTo(PAUSES_OF_SEED_7);
    }

    @Test
    void longest_attempts_growsFourfoldUpToFiveSeconds() {
        assertThat(IntStream.rangeClosed(1, 5).mapToObj(RetryPolicy::longest))
                .containsExactly(
                        Duration.ofMillis(100),
                        Duration.ofMillis(400),
                        Duration.ofMillis(1600),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5));
    }

    @Test
    void pause_anySeed_spreadsOverAllUpToTheLongest() {
        Seeds.Seeded seed = Seeds.print(RetryPolicyTest.class);
        RetryPolicy policy = new RetryPolicy(seed.random());

        for (int attempts = 1; attempts < RetryPolicy.ATTEMPTS; attempts++) {
            Duration longest = RetryPolicy.longest(attempts);
            int now = attempts;
            List<Duration> pauses = IntStream.range(0, 1000)
                    .mapToObj(draw ->
                            policy.pause(ErrorKind.IO, now, Duration.ZERO).orElseThrow())
                    .toList();

            assertThat(pauses)
                    .as(seed.toString())
                    .allMatch(pause -> !pause.isNegative() && pause.compareTo(longest) <= 0)
                    .anyMatch(pause -> pause.compareTo(longest.dividedBy(10)) < 0)
                    .anyMatch(pause -> pause.compareTo(longest.multipliedBy(9).dividedBy(10)) > 0);
        }
    }

    @Test
    void pause_afterFiveAttempts_isNone() {
        RetryPolicy policy = new RetryPolicy(new Random(7));

        assertThat(policy.pause(ErrorKind.IO, 5, Duration.ZERO)).isEmpty();
    }

    @Test
    void pause_thatWouldEndAfterThirtySeconds_isNone() {
        Duration first = PAUSES_OF_SEED_7.get(0);
        Duration left = RetryPolicy.LIMIT.minus(first);

        assertThat(new RetryPolicy(new Random(7)).pause(ErrorKind.IO, 1, left.minusNanos(1)))
                .isEqualTo(Optional.of(first));
        assertThat(new RetryPolicy(new Random(7)).pause(ErrorKind.IO, 1, left)).isEmpty();
    }
}
