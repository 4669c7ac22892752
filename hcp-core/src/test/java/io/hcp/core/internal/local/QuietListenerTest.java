package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.Component;
import io.hcp.api.progress.HcpListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuietListenerTest {
    private final List<String> heard = new ArrayList<>();

    /** Hears everything and then fails. */
    private final HcpListener noisy = new HcpListener() {
        @Override
        public void stepStarted(String tenant, String step) {
            fail(tenant + " starts " + step);
        }

        @Override
        public void stepFinished(String tenant, String step, Duration took) {
            fail(tenant + " finishes " + step + " after " + took);
        }

        @Override
        public void stepFailed(String tenant, String step, Throwable cause) {
            fail(tenant + " fails " + step + ": " + cause.getMessage());
        }

        @Override
        public void providing(String component, String activity) {
            fail(component + ": " + activity);
        }

        @Override
        public void componentRestarted(String tenant, Component component, String reason, int restarts) {
            fail(tenant + " restarts " + component + ": " + reason + ", " + restarts);
        }
    };

    @Test
    void events_listenerThatThrows_arriveAndTheCallerSeesNothing() {
        QuietListener quiet = new QuietListener(noisy);

        quiet.stepStarted("acme", "start etcd");
        quiet.stepFinished("acme", "start etcd", Duration.ofSeconds(1));
        quiet.stepFailed("acme", "start etcd", new IllegalStateException("ended"));
        quiet.providing("etcd", "building");
        quiet.componentRestarted("acme", Component.ETCD, "it ended", 1);

        assertThat(heard)
                .containsExactly(
                        "acme starts start etcd",
                        "acme finishes start etcd after PT1S",
                        "acme fails start etcd: ended",
                        "etcd: building",
                        "acme restarts etcd: it ended, 1");
    }

    @Test
    void methods_ofTheListener_areAllPassedOn() {
        assertThat(QuietListener.class.getDeclaredMethods())
                .extracting(method -> method.getName())
                .containsAll(List.of(HcpListener.class.getDeclaredMethods()).stream()
                        .map(method -> method.getName())
                        .filter(name -> !name.startsWith("$") && !name.startsWith("lambda"))
                        .toList());
    }

    private void fail(String event) {
        heard.add(event);
        throw new IllegalStateException("the listener is broken");
    }

    @Test
    void event_listenerThatThrowsAnError_theCallerSeesNothing() {
        QuietListener quiet = new QuietListener(new HcpListener() {
            @Override
            public void stepFailed(String tenant, String step, Throwable cause) {
                heard.add(step);
                throw new AssertionError("as tests do");
            }
        });

        quiet.stepFailed("acme", "start etcd", new IllegalStateException("ended"));

        assertThat(heard).containsExactly("start etcd");
    }
}
