package io.hcp.core.internal.execute;

import static io.hcp.core.internal.execute.Steps.plan;
import static io.hcp.core.internal.execute.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.progress.OperationProgress;
import io.hcp.api.progress.OperationState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes after the last step: success, failure, or other work instead. */
@Timeout(30)
class ExecutionEndTest extends ExecutionFixture {
    @Test
    void recovery_afterFailure_replacesTheWork() {
        failures.put("bad", problem(ErrorKind.PORT_BUSY));
        Execution execution = execution(
                        plan(step("good"), step("bad", "good"), step("never", "bad")),
                        this::carryOut,
                        problem -> instead(step("other"), step("last", "other")))
                .start()
                .await(LONG);

        assertThat(begun).containsExactly("good", "bad", "other", "last");
        assertThat(execution.progress())
                .isEqualTo(new OperationProgress(List.of("other", "last"), List.of(), List.of()));
        assertThat(execution.plan())
                .isEqualTo(plan(step("other"), step("last", "other")).plan());
        assertThat(execution.report().digest()).isEqualTo("other+last");
        assertThat(journal())
                .endsWith(
                        "RUNNING: good DONE 1 did good, bad FAILED 1 it broke. Remedy: mend it, never WAITING 0",
                        "RUNNING: other WAITING 0, last WAITING 0",
                        "RUNNING: other RUNNING 1, last WAITING 0",
                        "RUNNING: other DONE 1 did other, last WAITING 0",
                        "RUNNING: other DONE 1 did other, last RUNNING 1",
                        "RUNNING: other DONE 1 did other, last DONE 1 did last",
                        "DONE: other DONE 1 did other, last DONE 1 did last");
    }

    @Test
    void recovery_thatFailsToo_isAskedAgain() {
        failures.put("bad", problem(ErrorKind.PORT_BUSY));
        failures.put("worse", problem(ErrorKind.CONFLICT));
        AtomicInteger asked = new AtomicInteger();

        execution(
                        plan(step("bad")),
                        this::carryOut,
                        problem -> asked.incrementAndGet() == 1 ? instead(step("worse")) : instead(step("good")))
                .start()
                .await(LONG);

        assertThat(begun).containsExactly("bad", "worse", "good");
    }

    @Test
    void recovery_withNothingToDo_isSuccess() {
        failures.put("bad", problem(ErrorKind.PORT_BUSY));

        assertThat(execution(plan(step("bad")), this::carryOut, problem -> instead())
                        .start()
                        .await(LONG)
                        .completion())
                .isCompleted();
    }

    @Test
    void recovery_thatThrows_isTheFailure() {
        failures.put("bad", problem(ErrorKind.PORT_BUSY));
        HcpException worse = problem(ErrorKind.DISK_FULL);

        Execution execution = execution(plan(step("bad")), this::carryOut, problem -> {
            throw worse;
        });

        assertThat(awaitFailure(execution.start())).isSameAs(worse);
    }

    @Test
    void recovery_thatBreaks_isHeardOf() {
        failures.put("bad", problem(ErrorKind.PORT_BUSY));
        Error cause = new NoClassDefFoundError("gone");

        Execution execution = execution(plan(step("bad")), this::carryOut, problem -> {
            throw cause;
        });

        assertThat(awaitFailure(execution.start()))
                .hasMessageStartingWith("the recovery of tenant \"acme\" failed: java.lang.NoClassDefFoundError: gone")
                .hasCause(cause);
    }

    @Test
    void recovery_ofStepsThatEndTogether_isAskedOnce() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        for (int round = 0; round < ROUNDS; round++) {
            AtomicInteger arrived = new AtomicInteger();
            Doer doer = (work, planned) -> {
                endTogether(arrived);
                throw problem(ErrorKind.PORT_BUSY);
            };

            awaitFailure(execution(TWO, doer, problem -> {
                        asked.incrementAndGet();
                        return Optional.empty();
                    })
                    .start());
        }

        awaitThreads();
        assertThat(asked).hasValue(ROUNDS);
    }

    @Test
    void onSuccess_stepsDone_runsBeforeCompletionTellsAndAfterTheJournal() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        onSuccess = () -> ran.set(journal().contains("DONE: a DONE 1 did a"));
        Execution execution = execution(step("a"));
        CompletableFuture<Boolean> seen = execution.completion().thenApply(done -> ran.get());

        execution.start().await(LONG);

        assertThat(seen.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void onSuccess_stepsThatEndTogether_runsOnce() throws Exception {
        AtomicInteger successes = new AtomicInteger();
        onSuccess = successes::incrementAndGet;
        for (int round = 0; round < ROUNDS; round++) {
            AtomicInteger arrived = new AtomicInteger();
            execution(TWO, (work, planned) -> endTogether(arrived), Recovery.NONE)
                    .start()
                    .await(LONG);
        }

        awaitThreads();
        assertThat(successes).hasValue(ROUNDS);
    }

    @Test
    void onSuccess_thatFails_isTheFailure() {
        RuntimeException cause = new IllegalStateException("locked");
        onSuccess = () -> {
            throw cause;
        };

        Execution execution = execution().start();

        String message = "the end of the work on tenant \"acme\" failed: java.lang.IllegalStateException: locked."
                + " Remedy: see the cause, then make the same call again";
        assertThat(awaitFailure(execution)).hasMessage(message).hasCause(cause);
        assertThat(journal()).containsExactly("RUNNING: ", "DONE: ", "FAILED (" + message + "): ");
    }

    @Test
    void onSuccess_stepFailed_doesNotRun() {
        failures.put("bad", problem(ErrorKind.CONFLICT));
        AtomicBoolean ran = new AtomicBoolean();
        onSuccess = () -> ran.set(true);

        assertThat(awaitFailure(execution(step("bad")).start()).kind()).isEqualTo(ErrorKind.CONFLICT);
        assertThat(ran).isFalse();
    }

    @Test
    void steps_thatWaitForEachOther_areAFailure() {
        Execution execution = execution(step("a", "b"), step("b", "a")).start();

        assertThat(awaitFailure(execution))
                .hasMessageStartingWith(
                        "the work on tenant \"acme\" failed: java.lang.IllegalStateException: steps wait"
                                + " for each other: [a, b]");
        assertThat(execution.report().state()).isEqualTo(OperationState.FAILED);
    }
}
