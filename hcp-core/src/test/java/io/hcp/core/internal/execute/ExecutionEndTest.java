package io.hcp.core.internal.execute;

import static io.hcp.core.internal.execute.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.progress.HcpListener;
import io.hcp.api.progress.OperationProgress;
import io.hcp.core.internal.plan.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes after the last step: success, failure, or other work instead. */
@Timeout(30)
class ExecutionEndTest extends ExecutionFixture {
    @Test
    void cancel_afterFailureThatCouldBeRecovered_preventsTheRecovery() {
        HcpException problem = problem(ErrorKind.PORT_BUSY);
        failures.put("bad", problem);
        List<Execution> self = new ArrayList<>();
        Function<HcpException, Optional<List<Work>>> recovery = cause -> {
            self.get(0).cancel();
            return Optional.of(List.of(step("other")));
        };
        self.add(execution(List.of(step("bad")), this::carryOut, recovery));

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> self.get(0).start().await(LONG))
                .satisfies(cancelled -> {
                    assertThat(cancelled.kind()).isEqualTo(ErrorKind.CANCELLED);
                    assertThat(cancelled).hasSuppressedException(problem);
                });
        assertThat(begun).containsExactly("bad");
    }

    @Test
    void recovery_afterFailure_replacesTheWork() {
        failures.put("bad", problem(ErrorKind.PORT_BUSY));
        Execution execution = execution(
                        List.of(step("good"), step("bad", "good"), step("never", "bad")),
                        this::carryOut,
                        problem -> Optional.of(List.of(step("other"), step("last", "other"))))
                .start()
                .await(LONG);

        assertThat(begun).containsExactly("good", "bad", "other", "last");
        assertThat(execution.progress())
                .isEqualTo(new OperationProgress(List.of("other", "last"), List.of(), List.of()));
    }

    @Test
    void recovery_withNothingToDo_isSuccess() {
        failures.put("bad", problem(ErrorKind.PORT_BUSY));

        assertThat(execution(List.of(step("bad")), this::carryOut, problem -> Optional.of(List.of()))
                        .start()
                        .await(LONG)
                        .completion())
                .isCompleted();
    }

    @Test
    void recovery_thatFailsItself_isTheFailure() {
        failures.put("bad", problem(ErrorKind.PORT_BUSY));
        HcpException worse = problem(ErrorKind.DISK_FULL);

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> execution(List.of(step("bad")), this::carryOut, problem -> {
                            throw worse;
                        })
                        .start()
                        .await(LONG))
                .isSameAs(worse);
    }

    @Test
    void recovery_ofStepsThatEndTogether_isAskedOnce() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        for (int round = 0; round < ROUNDS; round++) {
            AtomicInteger arrived = new AtomicInteger();
            Consumer<Work> doer = work -> {
                endTogether(arrived);
                throw problem(ErrorKind.PORT_BUSY);
            };
            Execution execution = execution(TWO, doer, problem -> {
                        asked.incrementAndGet();
                        return Optional.empty();
                    })
                    .start();

            assertThatExceptionOfType(HcpException.class).isThrownBy(() -> execution.await(LONG));
        }

        awaitThreads();
        assertThat(asked).hasValue(ROUNDS);
    }

    @Test
    void onSuccess_stepsDone_runsBeforeCompletionTells() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        Execution execution = execution(
                List.of(step("a")),
                this::carryOut,
                ExecutionFixture::noRecovery,
                HcpListener.NONE,
                () -> ran.set(true));
        CompletableFuture<Boolean> seen = execution.completion().thenApply(done -> ran.get());

        execution.start().await(LONG);

        assertThat(seen.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void onSuccess_stepsThatEndTogether_runsOnce() throws Exception {
        AtomicInteger successes = new AtomicInteger();
        for (int round = 0; round < ROUNDS; round++) {
            AtomicInteger arrived = new AtomicInteger();
            execution(
                            TWO,
                            work -> endTogether(arrived),
                            ExecutionFixture::noRecovery,
                            HcpListener.NONE,
                            successes::incrementAndGet)
                    .start()
                    .await(LONG);
        }

        awaitThreads();
        assertThat(successes).hasValue(ROUNDS);
    }

    @Test
    void onSuccess_thatFails_isTheFailure() {
        RuntimeException cause = new IllegalStateException("locked");
        Execution execution =
                execution(List.of(), this::carryOut, ExecutionFixture::noRecovery, HcpListener.NONE, () -> {
                    throw cause;
                });

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> execution.start().await(LONG))
                .withMessage("the end of the work on tenant \"acme\" failed: java.lang.IllegalStateException: locked."
                        + " Remedy: see the cause, then make the same call again")
                .withCause(cause);
    }

    @Test
    void onSuccess_stepFailed_doesNotRun() {
        failures.put("bad", problem(ErrorKind.IO));
        AtomicBoolean ran = new AtomicBoolean();
        Execution execution = execution(
                List.of(step("bad")),
                this::carryOut,
                ExecutionFixture::noRecovery,
                HcpListener.NONE,
                () -> ran.set(true));

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> execution.start().await(LONG));
        assertThat(ran).isFalse();
    }
}
