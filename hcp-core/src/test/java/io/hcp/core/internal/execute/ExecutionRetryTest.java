package io.hcp.core.internal.execute;

import static io.hcp.core.internal.execute.Steps.plan;
import static io.hcp.core.internal.execute.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.progress.HcpListener;
import io.hcp.api.progress.StepReport;
import io.hcp.api.progress.StepState;
import io.hcp.core.fixture.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Failures that may pass. */
@Timeout(30)
class ExecutionRetryTest extends ExecutionFixture {
    @ParameterizedTest
    @EnumSource(names = {"IO", "TIMEOUT", "TENANT_API"})
    void step_transientFailureThatPasses_isDone(ErrorKind kind) {
        AtomicInteger attempts = new AtomicInteger();
        Doer doer = (work, planned) -> {
            if (attempts.incrementAndGet() < 3) {
                throw problem(kind);
            }
            return "at last";
        };
        Execution execution =
                execution(plan(step("a")), doer, Recovery.NONE).start().await(LONG);

        Duration paused = time.pauses().stream().reduce(Duration.ZERO, Duration::plus);
        assertThat(execution.report().steps())
                .containsExactly(new StepReport("a", StepState.DONE, 3, paused, "at last"));
    }

    @Test
    void step_transientFailureThatStays_failsAfterFiveAttemptsAndTheirPauses() {
        failures.put("a", problem(ErrorKind.IO));
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        listener = new HcpListener() {
            @Override
            public void stepRetried(String tenant, String step, HcpException cause, int attempt, Duration pause) {
                heard.add("%s %s %s %d %s".formatted(tenant, step, cause.kind(), attempt, pause));
            }
        };

        Execution execution = execution(step("a")).start();

        assertThat(awaitFailure(execution)).isSameAs(failures.get("a"));
        assertThat(begun).hasSize(5);
        assertThat(time.pauses()).isEqualTo(RetryPolicyTest.PAUSES_OF_SEED_7);
        assertThat(heard)
                .containsExactly(
                        "acme a IO 1 " + RetryPolicyTest.PAUSES_OF_SEED_7.get(0),
                        "acme a IO 2 " + RetryPolicyTest.PAUSES_OF_SEED_7.get(1),
                        "acme a IO 3 " + RetryPolicyTest.PAUSES_OF_SEED_7.get(2),
                        "acme a IO 4 " + RetryPolicyTest.PAUSES_OF_SEED_7.get(3));
        assertThat(line(execution.report()))
                .isEqualTo("FAILED (it broke. Remedy: mend it): a FAILED 5 it broke. Remedy: mend it");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"IO", "TIMEOUT", "TENANT_API"})
    void step_otherFailure_isNotTriedAgain(ErrorKind kind) {
        failures.put("a", problem(kind));

        assertThat(awaitFailure(execution(step("a")).start()).kind()).isEqualTo(kind);
        assertThat(begun).containsExactly("a");
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void step_defect_isNotTriedAgain() {
        failures.put("a", new IllegalStateException("wrong"));

        assertThat(awaitFailure(execution(step("a")).start()).kind()).isEqualTo(ErrorKind.IO);
        assertThat(begun).containsExactly("a");
    }

    @Test
    void step_thatTookThirtySeconds_isNotTriedAgain() {
        Doer doer = (work, planned) -> {
            begun.add(work.id());
            time.advance(Duration.ofSeconds(16));
            throw problem(ErrorKind.TIMEOUT);
        };

        assertThat(awaitFailure(execution(plan(step("a")), doer, Recovery.NONE).start())
                        .kind())
                .isEqualTo(ErrorKind.TIMEOUT);
        assertThat(begun).hasSize(2);
    }

    @Test
    void step_otherFailsDuringItsPause_isNotTriedAgain() {
        CountDownLatch pausing = new CountDownLatch(1);
        CountDownLatch failed = new CountDownLatch(1);
        time = new VirtualTime() {
            @Override
            public void pause(Duration duration) {
                pausing.countDown();
                await(failed);
            }
        };
        journal = report -> {
            if (line(report).contains("b FAILED")) {
                failed.countDown();
            }
        };
        Doer doer = (work, planned) -> {
            begun.add(work.id());
            if (work.id().equals("b")) {
                await(pausing);
                throw problem(ErrorKind.CONFLICT);
            }
            throw problem(ErrorKind.IO);
        };

        Execution execution = execution(TWO, doer, Recovery.NONE).start();

        assertThat(awaitFailure(execution).kind()).isEqualTo(ErrorKind.CONFLICT);
        assertThat(begun).containsExactlyInAnyOrder("a", "b");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
