package io.hcp.core.internal.execute;

import static io.hcp.core.internal.execute.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.progress.HcpListener;
import io.hcp.api.progress.OperationProgress;
import io.hcp.core.internal.plan.Work;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ExecutionTest extends ExecutionFixture {
    @Test
    void start_noSteps_isDoneAtOnce() {
        assertThat(execution(List.of()).start().completion()).isCompleted();
    }

    @Test
    void start_independentSteps_runAtTheSameTime() throws Exception {
        CyclicBarrier together = new CyclicBarrier(3);
        List<Work> works = List.of(step("a"), step("b"), step("c"));

        execution(works, work -> meet(together), ExecutionFixture::noRecovery)
                .start()
                .await(LONG);
    }

    @Test
    void start_dependentStep_beginsOnceAllItWaitsForAreDone() throws Exception {
        hold("a");
        hold("b");
        Execution execution = execution(List.of(step("a"), step("b"), step("c", "a", "b"), step("d", "a")))
                .start();
        awaitBegun("a");
        awaitBegun("b");

        release("a");
        awaitBegun("d");
        assertThat(begun).doesNotContain("c");
        release("b");

        execution.await(LONG);
        assertThat(begun).containsExactlyInAnyOrder("a", "b", "c", "d").endsWith("c");
    }

    @Test
    void failure_ofOneStep_letsOthersFinishAndBeginsNoMore() throws Exception {
        hold("slow");
        hold("bad");
        HcpException problem = problem(ErrorKind.TENANT_API);
        failures.put("bad", problem);
        List<Work> works = List.of(step("slow"), step("bad"), step("next", "bad"), step("later", "slow"));
        Execution execution = execution(works).start();
        awaitBegun("slow");
        release("bad");
        await().until(() -> execution.progress().running().equals(List.of("slow")));
        assertThat(execution.completion()).isNotDone();

        release("slow");

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> execution.await(LONG))
                .isSameAs(problem);
        assertThat(execution.progress())
                .isEqualTo(new OperationProgress(List.of("slow"), List.of(), List.of("next", "later")));
        assertThat(execution.completion()).isCompletedExceptionally();
    }

    @Test
    void failure_unexpectedException_becomesIoWithCause() {
        RuntimeException cause = new IllegalStateException("unexpected");
        failures.put("bad", cause);

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> execution(List.of(step("bad"))).start().await(LONG))
                .withMessage("step \"bad\" of tenant \"acme\" failed: java.lang.IllegalStateException: unexpected."
                        + " Remedy: see the cause, then make the same call again")
                .withCause(cause)
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.IO));
    }

    @Test
    void failure_error_isHeardOf() {
        Error cause = new NoClassDefFoundError("gone");
        Consumer<Work> doer = work -> {
            throw cause;
        };

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> execution(List.of(step("bad")), doer, ExecutionFixture::noRecovery)
                        .start()
                        .await(LONG))
                .withMessageContaining("step \"bad\" of tenant \"acme\" failed: java.lang.NoClassDefFoundError: gone")
                .withCause(cause);
    }

    @Test
    void cancel_runningStep_isInterruptedAndOthersStayWaiting() throws Exception {
        hold("a");
        Execution execution = execution(List.of(step("a"), step("b", "a"))).start();
        awaitBegun("a");

        execution.cancel();

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> execution.await(LONG))
                .withMessage("the operation was cancelled. Remedy: make the same call again: it goes on where it"
                        + " stopped")
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.CANCELLED));
        assertThat(execution.progress().waiting()).containsExactly("b");
        assertThat(begun).containsExactly("a");
    }

    @Test
    void cancel_stepNotBegunByItsThread_staysWaiting() {
        Queue<Runnable> queue = new ArrayDeque<>();
        Execution execution = new Execution(
                        Steps.plan(List.of(step("a"))),
                        List.of(step("a")),
                        this::carryOut,
                        ExecutionFixture::noRecovery,
                        new Execution.Environment(queue::add, HcpListener.NONE, () -> {}))
                .start();

        execution.cancel();
        queue.remove().run();

        assertThat(begun).isEmpty();
        assertThat(execution.progress()).isEqualTo(new OperationProgress(List.of(), List.of(), List.of("a")));
        assertThat(execution.completion()).isCompletedExceptionally();
    }

    @Test
    void cancel_afterTheEnd_changesNothing() {
        Execution execution = execution(List.of(step("a"))).start().await(LONG);

        execution.cancel();

        assertThat(execution.await(LONG).completion()).isCompleted();
    }

    @Test
    void await_tooShort_namesRunningSteps() throws Exception {
        hold("a");
        Execution execution = execution(List.of(step("a"), step("b", "a"))).start();
        awaitBegun("a");

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> execution.await(Duration.ofMillis(1)))
                .withMessage("tenant \"acme\" was not done within PT0.001S; under way: [a]. Remedy: wait longer, or"
                        + " look at the logs of the named steps")
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.TIMEOUT));

        release("a");
        execution.await(LONG);
    }

    @Test
    void await_interrupted_keepsTheFlagAndTheWorkGoesOn() throws Exception {
        hold("a");
        Execution execution = execution(List.of(step("a"))).start();
        awaitBegun("a");

        Thread.currentThread().interrupt();
        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> execution.await(LONG))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.CANCELLED));

        assertThat(Thread.interrupted()).isTrue();
        release("a");
        execution.await(LONG);
    }

    @Test
    void progress_eachMoment_isASnapshot() throws Exception {
        hold("b");
        Execution execution = execution(List.of(step("a"), step("b", "a"), step("c", "b")));
        assertThat(execution.progress()).isEqualTo(new OperationProgress(List.of(), List.of(), List.of("a", "b", "c")));

        execution.start();
        awaitBegun("b");
        OperationProgress before = execution.progress();
        release("b");
        execution.await(LONG);

        assertThat(before).isEqualTo(new OperationProgress(List.of("a"), List.of("b"), List.of("c")));
        assertThat(execution.progress()).isEqualTo(new OperationProgress(List.of("a", "b", "c"), List.of(), List.of()));
    }

    @Test
    void completion_cancelledByItsReceiver_hasNoEffect() throws Exception {
        hold("a");
        Execution execution = execution(List.of(step("a"))).start();
        awaitBegun("a");

        execution.completion().cancel(true);
        release("a");

        assertThat(execution.await(LONG).completion()).isCompleted();
    }

    @Test
    void listener_eachStep_hearsItsBeginAndEnd() {
        failures.put("b", problem(ErrorKind.IO));
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        HcpListener listener = new HcpListener() {
            @Override
            public void stepStarted(String tenant, String step) {
                heard.add(tenant + " starts " + step);
            }

            @Override
            public void stepFinished(String tenant, String step, Duration took) {
                heard.add(tenant + " finishes " + step + (took.isNegative() ? " too early" : ""));
            }

            @Override
            public void stepFailed(String tenant, String step, Throwable cause) {
                heard.add(tenant + " fails " + step + ": " + cause.getMessage());
            }
        };
        Execution execution = execution(
                List.of(step("a"), step("b", "a")), this::carryOut, ExecutionFixture::noRecovery, listener, () -> {});

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> execution.start().await(LONG));

        assertThat(heard)
                .containsExactly(
                        "acme starts a", "acme finishes a", "acme starts b", "acme fails b: it broke. Remedy: mend it");
    }
}
