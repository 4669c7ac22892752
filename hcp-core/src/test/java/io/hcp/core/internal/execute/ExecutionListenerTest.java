package io.hcp.core.internal.execute;

import static io.hcp.core.internal.execute.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.plan.Plan;
import io.hcp.api.progress.HcpListener;
import io.hcp.api.progress.OperationState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What listeners are told, and how little they can do to an operation. */
@Timeout(30)
class ExecutionListenerTest extends ExecutionFixture {
    @Test
    void listener_wholeOperation_isToldInOrder() {
        failures.put("b", problem(ErrorKind.CONFLICT));
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        listener = new HcpListener() {
            @Override
            public void operationStarted(String tenant, String operation, Plan plan) {
                heard.add(tenant + " begins " + operation + " with " + plan.digest());
            }

            @Override
            public void operationEnded(String tenant, String operation, OperationState state) {
                heard.add(tenant + " ends " + operation + " " + state);
            }

            @Override
            public void stepStarted(String tenant, String step) {
                heard.add(tenant + " starts " + step);
            }

            @Override
            public void stepFinished(String tenant, String step, Duration took) {
                heard.add(tenant + " finishes " + step + " in " + took);
            }

            @Override
            public void stepFailed(String tenant, String step, Throwable cause) {
                heard.add(tenant + " fails " + step + ": " + cause.getMessage());
            }
        };

        HcpException failure = awaitFailure(execution(step("a"), step("b", "a")).start());

        assertThat(heard)
                .containsExactly(
                        "acme begins op-1 with a+b",
                        "acme starts a",
                        "acme finishes a in PT0S",
                        "acme starts b",
                        "acme fails b: it broke. Remedy: mend it",
                        "acme ends op-1 FAILED");
        assertThat(failure.tenant()).contains("acme");
        assertThat(failure.step()).contains("b");
    }

    @Test
    void listener_thatBlocks_delaysTheEndBySomeTimeOnly() {
        CountDownLatch never = new CountDownLatch(1);
        listener = new HcpListener() {
            @Override
            public void stepStarted(String tenant, String step) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };

        assertThat(execution(step("a"), step("b", "a")).start().await(LONG).completion())
                .isCompleted();
        never.countDown();
    }

    @Test
    void listener_thatThrows_changesNothing() {
        listener = new HcpListener() {
            @Override
            public void stepStarted(String tenant, String step) {
                throw new AssertionError("as tests do");
            }

            @Override
            public void operationEnded(String tenant, String operation, OperationState state) {
                throw new IllegalStateException("broken");
            }
        };

        assertThat(execution(step("a")).start().await(LONG).completion()).isCompleted();
    }

    @Test
    void listener_thatCancels_isObeyed() {
        hold("a");
        List<Execution> self = new ArrayList<>();
        listener = new HcpListener() {
            @Override
            public void stepStarted(String tenant, String step) {
                self.get(0).cancel();
            }
        };
        self.add(execution(step("a")));

        assertThat(awaitFailure(self.get(0).start()).kind()).isEqualTo(ErrorKind.CANCELLED);
    }

    @Test
    void listener_thatRunsAnotherOperation_getsItsEnd() {
        List<String> results = Collections.synchronizedList(new ArrayList<>());
        listener = new HcpListener() {
            @Override
            public void stepFinished(String tenant, String step, Duration took) {
                if (step.equals("outer")) {
                    Execution inner = execution(step("inner")).start().await(LONG);
                    results.add(line(inner.report()));
                }
            }
        };

        execution(step("outer")).start().await(LONG);

        await().until(() -> results.equals(List.of("DONE: inner DONE 1 did inner")));
    }
}
