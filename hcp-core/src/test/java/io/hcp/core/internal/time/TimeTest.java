package io.hcp.core.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TimeTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void until_alreadyTrue_asksOnce() {
        AtomicInteger asked = new AtomicInteger();

        assertThat(Time.system().until(Duration.ZERO, () -> asked.incrementAndGet() == 1))
                .isTrue();
        assertThat(asked).hasValue(1);
    }

    @Test
    void until_trueLater_asksAgain() {
        AtomicInteger asked = new AtomicInteger();

        assertThat(Time.system().until(LONG, () -> asked.incrementAndGet() == 3))
                .isTrue();
    }

    @Test
    void until_neverTrue_endsWithTheLimit() {
        assertThat(Time.system().until(Duration.ofMillis(1), () -> false)).isFalse();
    }

    @Test
    void until_conditionThrows_givesUp() {
        IllegalStateException problem = new IllegalStateException("gone");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Time.system().until(LONG, () -> {
                    throw problem;
                }))
                .isSameAs(problem);
    }

    @Test
    void until_interrupted_isCancelledAndKeepsTheFlag() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> Time.system().until(LONG, () -> false))
                .withMessage("the operation was cancelled. Remedy: make the same call again: it goes on where it"
                        + " stopped")
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
    }
}
