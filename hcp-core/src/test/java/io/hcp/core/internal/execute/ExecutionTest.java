package io.hcp.core.internal.execute;

import static io.hcp.core.internal.execute.Steps.plan;
import static io.hcp.core.internal.execute.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.progress.OperationProgress;
import io.hcp.core.internal.plan.PlannedWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ExecutionTest extends ExecutionFixture {
    @Test
    void start_noSteps_isDoneAtOnce() {
        assertThat(execution().start().completion()).isCompleted();
    }

    @Test
    void start_independentSteps_runAtTheSameTime() throws Exception {
        CyclicBarrier together = new CyclicBarrier(3);
        PlannedWork three = plan(step("a"), step("b"), step("c"));

        execution(three, (work, planned) -> meet(together), Recovery.NONE)
                .start()
                .await(LONG);
    }

    @Test
    void start_dependentStep_beginsOnceAllItWaitsForAreDone() throws Exception {
        hold("a");
        hold("b");
        Execution execution = execution(step("a"), step("b"), step("c", "a", "b"), step("d", "a"))
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
        HcpException problem = problem(ErrorKind.DISK_FULL);
        failures.put("bad", problem);
        Execution execution = execution(step("slow"), step("bad"), step("next", "bad"), step("later", "slow"))
                .start();
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
                .isThrownBy(() -> execution(step("bad")).start().await(LONG))
                .withMessage("step \"bad\" of tenant \"acme\" failed: java.lang.IllegalStateException: unexpected."
                        + " Remedy: see the cause, then make the same call again")
                .withCause(cause)
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.IO));
    }

    @Test
    void failure_error_isHeardOf() {
        Error cause = new NoClassDefFoundError("gone");
        Doer doer = (work, planned) -> {
            throw cause;
        };

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> execution(plan(step("bad")), doer, Recovery.NONE)
                        .start()
                        .await(LONG))
                .withMessageContaining("step \"bad\" of tenant \"acme\" failed: java.lang.NoClassDefFoundError: gone")
                .withCause(cause);
    }

    @Test
    void await_tooShort_namesRunningSteps() throws Exception {
        hold("a");
        Execution execution = execution(step("a"), step("b", "a")).start();
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
        Execution execution = execution(step("a")).start();
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
        Execution execution = execution(step("a"), step("b", "a"), step("c", "b"));
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
        Execution execution = execution(step("a")).start();
        awaitBegun("a");

        execution.completion().cancel(true);
        release("a");

        assertThat(execution.await(LONG).completion()).isCompleted();
    }
}
