package io.hcp.core.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanKind;
import io.hcp.api.progress.HcpListener;
import io.hcp.api.progress.OperationState;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ListenerDispatchTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    /** Does not come back from step "blocks" until the gate opens or it is interrupted. */
    private final HcpListener blocking = new HcpListener() {
        @Override
        public void stepStarted(String tenant, String step) {
            heard.add(step);
            if (step.equals("blocks")) {
                entered.countDown();
                await(gate);
            }
        }
    };

    @AfterEach
    void openGate() {
        gate.countDown();
    }

    @Test
    void events_ofEveryKind_arriveInOrderOnADaemonThread() {
        Set<Thread> threads = Collections.synchronizedSet(new HashSet<>());
        ListenerDispatch dispatch = new ListenerDispatch(recording(threads));

        tellAll(dispatch);

        assertThat(dispatch.flush(LONG)).isTrue();
        assertThat(heard)
                .containsExactly(
                        "operationStarted acme op-1",
                        "stepStarted acme start etcd",
                        "stepRetried acme start etcd",
                        "stepFailed acme start etcd",
                        "stepFinished acme start etcd",
                        "providing etcd building",
                        "componentRestarted acme etcd",
                        "operationEnded acme op-1");
        assertThat(threads).singleElement().satisfies(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).isEqualTo("hcp-listener");
        });
    }

    @Test
    void methods_ofTheListener_areAllPassedOn() {
        assertThat(ListenerDispatch.class.getDeclaredMethods())
                .extracting(Method::getName)
                .containsAll(Arrays.stream(HcpListener.class.getDeclaredMethods())
                        .filter(Method::isDefault)
                        .map(Method::getName)
                        .toList());
    }

    @Test
    void event_listenerThatThrows_theNextArrives() {
        for (Throwable failure : List.of(new IllegalStateException("broken"), new AssertionError("as tests do"))) {
            ListenerDispatch dispatch = new ListenerDispatch(new HcpListener() {
                @Override
                public void stepStarted(String tenant, String step) {
                    heard.add(step);
                    ListenerDispatchTest.<RuntimeException>sneak(failure);
                }
            });

            dispatch.stepStarted("acme", "a");
            dispatch.stepStarted("acme", "b");

            assertThat(dispatch.flush(LONG)).isTrue();
            assertThat(heard).containsExactly("a", "b");
            heard.clear();
        }
    }

    @Test
    void event_listenerThatBlocks_isDroppedOnceTheQueueIsFull() {
        ListenerDispatch dispatch = new ListenerDispatch(blocking);
        dispatch.stepStarted("acme", "blocks");
        await(entered);

        for (int event = 0; event < ListenerDispatch.CAPACITY + 5; event++) {
            dispatch.stepStarted("acme", "event " + event);
        }
        assertThat(dispatch.flush(LONG)).as("no place left to wait in").isFalse();
        gate.countDown();
        Awaitility.await().until(() -> dispatch.flush(LONG));
        dispatch.stepStarted("acme", "afterwards");

        assertThat(dispatch.flush(LONG)).isTrue();
        assertThat(heard)
                .hasSize(ListenerDispatch.CAPACITY + 2)
                .contains("event " + (ListenerDispatch.CAPACITY - 1))
                .doesNotContain("event " + ListenerDispatch.CAPACITY)
                .endsWith("afterwards");
    }

    @Test
    void flush_listenerFoundStuck_doesNotWaitAgainUntilItMoves() {
        ListenerDispatch dispatch = new ListenerDispatch(blocking);
        dispatch.stepStarted("acme", "blocks");
        await(entered);
        assertThat(dispatch.flush(SHORT)).isFalse();

        long before = System.nanoTime();
        assertThat(dispatch.flush(LONG)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LONG.dividedBy(2));

        gate.countDown();
        Awaitility.await().until(() -> dispatch.flush(LONG));
        dispatch.stepStarted("acme", "afterwards");
        assertThat(dispatch.flush(LONG)).isTrue();
        assertThat(heard).containsExactly("blocks", "afterwards");
    }

    @Test
    void flush_byTheListenerItself_returnsAtOnce() {
        List<ListenerDispatch> self = new ArrayList<>();
        ListenerDispatch dispatch = new ListenerDispatch(new HcpListener() {
            @Override
            public void stepStarted(String tenant, String step) {
                self.get(0).providing("etcd", "told from within");
                heard.add("flushed " + self.get(0).flush(LONG));
            }

            @Override
            public void providing(String component, String activity) {
                heard.add(activity);
            }
        });
        self.add(dispatch);

        dispatch.stepStarted("acme", "a");

        assertThat(dispatch.flush(LONG)).isTrue();
        assertThat(dispatch.flush(LONG)).isTrue();
        assertThat(heard).containsExactly("flushed false", "told from within");
    }

    @Test
    void flush_interrupted_keepsTheFlag() {
        ListenerDispatch dispatch = new ListenerDispatch(blocking);
        dispatch.stepStarted("acme", "blocks");

        Thread.currentThread().interrupt();

        assertThat(dispatch.flush(LONG)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void close_listenerThatKeepsUp_hearsAllBefore() {
        ListenerDispatch dispatch = new ListenerDispatch(blocking);
        dispatch.stepStarted("acme", "a");

        dispatch.close();
        dispatch.stepStarted("acme", "too late");

        assertThat(heard).containsExactly("a");
        assertThat(dispatch.flush(LONG)).isFalse();
    }

    @Test
    void close_listenerThatIsStuck_interruptsIt() {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        ListenerDispatch dispatch = new ListenerDispatch(new HcpListener() {
            @Override
            public void stepStarted(String tenant, String step) {
                thread.complete(Thread.currentThread());
                blocking.stepStarted(tenant, step);
            }
        });
        dispatch.stepStarted("acme", "blocks");
        dispatch.stepStarted("acme", "never heard");
        await(entered);
        dispatch.flush(SHORT);

        dispatch.close();

        Awaitility.await().until(() -> !thread.join().isAlive());
        assertThat(heard).containsExactly("blocks");
    }

    @Test
    void close_byTheListenerItself_endsTheThreadOnceAllIsHeard() {
        List<ListenerDispatch> self = new ArrayList<>();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        ListenerDispatch dispatch = new ListenerDispatch(new HcpListener() {
            @Override
            public void stepStarted(String tenant, String step) {
                thread.complete(Thread.currentThread());
                await(gate);
                self.get(0).close();
                heard.add(step + " interrupted " + Thread.currentThread().isInterrupted());
            }
        });
        self.add(dispatch);
        dispatch.stepStarted("acme", "a");
        dispatch.stepStarted("acme", "b");

        gate.countDown();

        Awaitility.await().until(() -> !thread.join().isAlive());
        assertThat(heard).containsExactly("a interrupted false", "b interrupted false");
    }

    private static void tellAll(HcpListener listener) {
        HcpException problem = new HcpException(ErrorKind.IO, "it broke", "mend it");
        TenantControlPlane acme = TenantControlPlane.builder()
                .name("acme")
                .kubernetesVersion("1.36.3")
                .build();
        listener.operationStarted(
                "acme",
                "op-1",
                new Plan(PlanKind.APPLY, acme, List.of(), List.of(), List.of(), Duration.ZERO, "digest"));
        listener.stepStarted("acme", "start etcd");
        listener.stepRetried("acme", "start etcd", problem, 1, Duration.ZERO);
        listener.stepFailed("acme", "start etcd", problem);
        listener.stepFinished("acme", "start etcd", Duration.ofSeconds(1));
        listener.providing("etcd", "building");
        listener.componentRestarted("acme", Component.ETCD, "it ended", 1);
        listener.operationEnded("acme", "op-1", OperationState.DONE);
    }

    /** Notes the name and the first two arguments of each event. */
    private HcpListener recording(Set<Thread> threads) {
        return (HcpListener) Proxy.newProxyInstance(
                HcpListener.class.getClassLoader(), new Class<?>[] {HcpListener.class}, (proxy, method, arguments) -> {
                    threads.add(Thread.currentThread());
                    heard.add(String.join(
                            " ",
                            Stream.concat(
                                            Stream.of(method.getName()),
                                            Arrays.stream(arguments).limit(2).map(Object::toString))
                                    .toList()));
                    return null;
                });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }
}
