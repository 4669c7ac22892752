package io.hcp.core.internal.execute;

import static io.hcp.core.internal.execute.Steps.plan;
import static io.hcp.core.internal.execute.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.plan.PlanKind;
import io.hcp.api.progress.HcpListener;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import io.hcp.api.progress.StepReport;
import io.hcp.api.progress.StepState;
import io.hcp.core.fixture.VirtualTime;
import io.hcp.core.internal.plan.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the journal is told, and what becomes of an operation whose journal fails. */
@Timeout(30)
class ExecutionReportTest extends ExecutionFixture {
    @Test
    void report_ofAFinishedOperation_isExact() {
        Doer doer = (work, planned) -> {
            time.advance(Duration.ofSeconds(work.id().equals("a") ? 2 : 3));
            return "did " + work.id();
        };

        Execution execution = execution(plan(step("a"), step("b", "a")), doer, Recovery.NONE)
                .start()
                .await(LONG);

        assertThat(execution.id()).isEqualTo("op-1");
        assertThat(execution.report())
                .isEqualTo(new OperationReport(
                        "op-1",
                        PlanKind.APPLY,
                        "a+b",
                        OperationState.DONE,
                        VirtualTime.BEGIN,
                        Optional.of(VirtualTime.BEGIN.plusSeconds(5)),
                        List.of(
                                new StepReport("a", StepState.DONE, 1, Duration.ofSeconds(2), "did a"),
                                new StepReport("b", StepState.DONE, 1, Duration.ofSeconds(3), "did b")),
                        Optional.empty()));
        assertThat(journaled).last().isEqualTo(execution.report());
    }

    @Test
    void journal_eachChange_isToldInOrder() {
        failures.put("b", problem(ErrorKind.CONFLICT));

        awaitFailure(execution(step("a"), step("b", "a"), step("c", "b")).start());

        String broke = "it broke. Remedy: mend it";
        assertThat(journal())
                .containsExactly(
                        "RUNNING: a WAITING 0, b WAITING 0, c WAITING 0",
                        "RUNNING: a RUNNING 1, b WAITING 0, c WAITING 0",
                        "RUNNING: a DONE 1 did a, b WAITING 0, c WAITING 0",
                        "RUNNING: a DONE 1 did a, b RUNNING 1, c WAITING 0",
                        "RUNNING: a DONE 1 did a, b FAILED 1 " + broke + ", c WAITING 0",
                        "FAILED (" + broke + "): a DONE 1 did a, b FAILED 1 " + broke + ", c WAITING 0");
    }

    @Test
    void journal_parallelSteps_isToldOfOneChangeAfterTheOtherAndNeverTwoAtATime() {
        AtomicInteger inside = new AtomicInteger();
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        journal = report -> {
            seen.add(inside.incrementAndGet());
            journaled.add(report);
            inside.decrementAndGet();
        };
        Work[] many = IntStream.range(0, 50)
                .mapToObj(number -> step("step " + number))
                .toArray(Work[]::new);

        execution(many).start().await(LONG);

        assertThat(seen).containsOnly(1);
        assertThat(journaled).hasSize(102);
        for (int next = 1; next < 101; next++) {
            List<StepReport> before = new ArrayList<>(journaled.get(next).steps());
            before.removeAll(journaled.get(next - 1).steps());
            assertThat(before).as("changes of report " + next).hasSize(1);
        }
        assertThat(journaled)
                .last()
                .satisfies(report -> assertThat(report.state()).isEqualTo(OperationState.DONE));
    }

    @Test
    void journal_stepBegins_isToldBefore() {
        Doer doer = (work, planned) -> line(journaled.get(journaled.size() - 1));

        Execution execution =
                execution(plan(step("a")), doer, Recovery.NONE).start().await(LONG);

        assertThat(execution.report().steps().get(0).evidence()).isEqualTo("RUNNING: a RUNNING 1");
    }

    @Test
    void journal_end_isToldBeforeTheListenerAndBeforeCompletion() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        journal = report -> order.add("journal " + report.state());
        listener = new HcpListener() {
            @Override
            public void operationEnded(String tenant, String operation, OperationState state) {
                order.add("listener " + state);
            }
        };
        Execution execution = execution();
        var unused = execution.completion().thenRun(() -> order.add("completion"));

        execution.start().await(LONG);

        assertThat(order).containsExactly("journal RUNNING", "journal DONE", "listener DONE", "completion");
    }

    @Test
    void journal_thatFails_changesNothing() {
        for (RuntimeException failure :
                List.of(problem(ErrorKind.IO), problem(ErrorKind.CONFLICT), new IllegalStateException("full"))) {
            journal = report -> {
                throw failure;
            };

            assertThat(execution(step("a")).start().await(LONG).completion()).isCompleted();
        }
    }

    @Test
    void journal_thatFailsOnceAtTheEnd_stillTellsTheEnd() {
        List<OperationState> stored = new ArrayList<>();
        AtomicBoolean failed = new AtomicBoolean();
        journal = report -> {
            if (report.state() == OperationState.DONE && !failed.getAndSet(true)) {
                throw problem(ErrorKind.IO);
            }
            stored.add(report.state());
        };

        execution().start().await(LONG);

        assertThat(stored).containsExactly(OperationState.RUNNING, OperationState.DONE);
    }

    @Test
    void journal_leaseLostAtTheBeginning_beginsNothing() {
        assertThat(loseLeaseAt(1, step("a"))).isEqualTo("FAILED (%s): a WAITING 0");
    }

    @Test
    void journal_leaseLostAsAStepBegins_keepsItFromBeginning() {
        assertThat(loseLeaseAt(2, step("a"))).isEqualTo("FAILED (%s): a WAITING 0");
        assertThat(begun).isEmpty();
    }

    @Test
    void journal_leaseLostAfterAStep_keepsTheNextFromBeginning() {
        assertThat(loseLeaseAt(3, step("a"), step("b", "a"))).isEqualTo("FAILED (%s): a DONE 1 did a, b WAITING 0");
        assertThat(begun).containsExactly("a");
    }

    @Test
    void journal_leaseLostAtTheEnd_isNoSuccess() {
        onSuccess = () -> begun.add("success");

        assertThat(loseLeaseAt(4, step("a"))).isEqualTo("FAILED (%s): a DONE 1 did a");
        assertThat(begun).containsExactly("a");
    }

    /** Runs an operation whose journal finds the lease lost from some call on; returns its report without the problem. */
    private String loseLeaseAt(int call, Work... works) {
        HcpException lost = problem(ErrorKind.LOCKED);
        AtomicInteger calls = new AtomicInteger();
        journal = report -> {
            if (calls.incrementAndGet() >= call) {
                throw lost;
            }
        };
        Execution execution = execution(works).start();

        assertThat(awaitFailure(execution)).isSameAs(lost);
        return line(execution.report()).replace(String.valueOf(lost.getMessage()), "%s");
    }
}
