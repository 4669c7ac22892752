package io.hcp.core.internal.execute;

import static io.hcp.core.internal.execute.Steps.plan;
import static io.hcp.core.internal.execute.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.progress.OperationProgress;
import io.hcp.api.progress.OperationState;
import io.hcp.core.fixture.VirtualTime;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cancellation, at each moment of an operation. */
@Timeout(30)
class ExecutionCancelTest extends ExecutionFixture {
    private static final String CANCELLED =
            "the operation was cancelled. Remedy: make the same call again: it goes on where it stopped";

    private final List<Execution> self = new ArrayList<>();

    @Test
    void cancel_beforeStart_beginsNothing() {
        Execution execution = execution(step("a"));

        execution.cancel();
        execution.start();

        assertIsCancelled(execution);
        assertThat(begun).isEmpty();
        assertThat(journal()).containsExactly("RUNNING: a WAITING 0", "CANCELLED (" + CANCELLED + "): a WAITING 0");
    }

    @Test
    void cancel_stepNotBegunByItsThread_staysWaiting() {
        Queue<Runnable> queue = new ArrayDeque<>();
        executor = queue::add;
        Execution execution = execution(step("a")).start();

        execution.cancel();
        queue.remove().run();

        assertIsCancelled(execution);
        assertThat(begun).isEmpty();
        assertThat(execution.progress()).isEqualTo(new OperationProgress(List.of(), List.of(), List.of("a")));
    }

    @Test
    void cancel_whileTheJournalHearsOfTheBegin_keepsTheStepFromBeginning() {
        journal = report -> {
            journaled.add(report);
            if (journaled.size() == 2) {
                self.get(0).cancel();
            }
        };
        self.add(execution(step("a")));

        assertIsCancelled(self.get(0).start());

        assertThat(begun).isEmpty();
        assertThat(journal())
                .containsExactly(
                        "RUNNING: a WAITING 0", "RUNNING: a RUNNING 1", "CANCELLED (" + CANCELLED + "): a WAITING 0");
    }

    @Test
    void cancel_runningStep_isInterruptedAndOthersStayWaiting() throws Exception {
        hold("a");
        List<Boolean> flags = new ArrayList<>();
        journal = report -> {
            journaled.add(report);
            flags.add(Thread.currentThread().isInterrupted());
        };
        Execution execution = execution(step("a"), step("b", "a")).start();
        awaitBegun("a");

        execution.cancel();

        assertIsCancelled(execution);
        assertThat(begun).containsExactly("a");
        assertThat(journal())
                .containsExactly(
                        "RUNNING: a WAITING 0, b WAITING 0",
                        "RUNNING: a RUNNING 1, b WAITING 0",
                        "RUNNING: a FAILED 1 cancelled, b WAITING 0",
                        "CANCELLED (" + CANCELLED + "): a FAILED 1 cancelled, b WAITING 0");
        assertThat(flags).as("interrupted while the journal was written").containsOnly(false);
    }

    @Test
    void cancel_stepThatDoesNotHearIt_isDoneAndTheNextDoesNotBegin() {
        Doer deaf = (work, planned) -> {
            self.get(0).cancel();
            return "done all the same";
        };
        self.add(execution(plan(step("a"), step("b", "a")), deaf, Recovery.NONE));

        assertIsCancelled(self.get(0).start());

        assertThat(line(self.get(0).report()))
                .isEqualTo("CANCELLED (" + CANCELLED + "): a DONE 1 done all the same, b WAITING 0");
    }

    @Test
    void cancel_duringAPause_endsItAtOnce() throws Exception {
        CountDownLatch pausing = new CountDownLatch(1);
        time = new VirtualTime() {
            @Override
            public void pause(Duration duration) {
                pausing.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw Time.cancelled();
                }
            }
        };
        failures.put("a", problem(ErrorKind.IO));
        Execution execution = execution(step("a")).start();
        pausing.await();

        execution.cancel();

        assertIsCancelled(execution);
        assertThat(begun).containsExactly("a");
        assertThat(line(execution.report())).isEqualTo("CANCELLED (" + CANCELLED + "): a FAILED 1 cancelled");
    }

    @Test
    void cancel_afterFailureThatCouldBeRecovered_preventsTheRecovery() {
        HcpException problem = problem(ErrorKind.PORT_BUSY);
        failures.put("bad", problem);
        Recovery recovery = cause -> {
            self.get(0).cancel();
            return instead(step("other"));
        };
        self.add(execution(plan(step("bad")), this::carryOut, recovery));

        assertThat(assertIsCancelled(self.get(0).start())).hasSuppressedException(problem);
        assertThat(begun).containsExactly("bad");
    }

    @Test
    void cancel_duringRecovery_interruptsIt() throws Exception {
        failures.put("bad", problem(ErrorKind.PORT_BUSY));
        CountDownLatch recovering = new CountDownLatch(1);
        Recovery recovery = cause -> {
            recovering.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw Time.cancelled();
            }
            return instead();
        };
        Execution execution =
                execution(plan(step("bad")), this::carryOut, recovery).start();
        recovering.await();

        execution.cancel();

        assertIsCancelled(execution);
    }

    @Test
    void cancel_otherStepFailedBefore_isNotAskedToRecover() throws Exception {
        hold("slow");
        hold("bad");
        failures.put("bad", problem(ErrorKind.PORT_BUSY));
        AtomicBoolean asked = new AtomicBoolean();
        CountDownLatch failed = new CountDownLatch(1);
        journal = report -> {
            if (line(report).contains("bad FAILED")) {
                failed.countDown();
            }
        };
        Execution execution = execution(plan(step("slow"), step("bad")), this::carryOut, problem -> {
                    asked.set(true);
                    return instead();
                })
                .start();
        awaitBegun("slow");
        release("bad");
        failed.await();

        execution.cancel();

        assertIsCancelled(execution);
        assertThat(asked).isFalse();
    }

    @Test
    void cancel_onceTheEndIsDecided_changesNothing() {
        onSuccess = () -> self.get(0).cancel();
        self.add(execution(step("a")));

        assertThat(self.get(0).start().await(LONG).report().state()).isEqualTo(OperationState.DONE);
    }

    @Test
    void cancel_afterTheEnd_changesNothing() {
        Execution execution = execution(step("a")).start().await(LONG);

        execution.cancel();

        assertThat(execution.await(LONG).completion()).isCompleted();
        assertThat(execution.report().state()).isEqualTo(OperationState.DONE);
    }

    @Test
    void start_executorThatIsShutDown_isCancelled() {
        threads.shutdown();

        Execution execution = execution(step("a"), step("b")).start();

        assertIsCancelled(execution);
        assertThat(execution.progress().waiting()).containsExactly("a", "b");
    }

    @Test
    void step_executorIsShutDownUnderIt_nextIsCancelled() throws Exception {
        hold("a");
        Execution execution = execution(step("a"), step("b", "a")).start();
        awaitBegun("a");

        threads.shutdown();
        release("a");

        assertIsCancelled(execution);
        assertThat(line(execution.report())).isEqualTo("CANCELLED (" + CANCELLED + "): a DONE 1 did a, b WAITING 0");
    }

    @Test
    void step_interruptedByItsExecutor_isCancelled() throws Exception {
        hold("a");
        Execution execution = execution(step("a")).start();
        awaitBegun("a");

        threads.shutdownNow();

        assertIsCancelled(execution);
        assertThat(line(execution.report())).isEqualTo("CANCELLED (" + CANCELLED + "): a FAILED 1 cancelled");
    }

    @Test
    void start_executorThatBreaks_isHeardOf() {
        executor = task -> {
            throw new OutOfMemoryError("unable to create native thread");
        };

        assertThat(awaitFailure(execution(step("a")).start()))
                .hasMessageContaining("step \"a\" of tenant \"acme\" failed: java.lang.OutOfMemoryError: unable");
    }

    private static HcpException assertIsCancelled(Execution execution) {
        HcpException failure = awaitFailure(execution);
        assertThat(failure).hasMessage(CANCELLED);
        assertThat(failure.kind()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(execution.report().state()).isEqualTo(OperationState.CANCELLED);
        assertThat(execution.report().ended()).isPresent();
        return failure;
    }
}
