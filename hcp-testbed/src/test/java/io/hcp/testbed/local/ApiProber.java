package io.hcp.testbed.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Asks an API server every 50 milliseconds whether it is ready, each time with a new TLS connection, and measures how long it got
 * none: from the end of the last answer before to the end of the first one after. An answer that takes longer than a
 * second is none.
 */
final class ApiProber implements AutoCloseable {
    private static final long PERIOD_MILLIS = 50;
    private static final int LIMIT_MILLIS = 1_000;
    private static final int ENOUGH = 10;
    private static final String REQUEST = """
            GET /readyz HTTP/1.1\r
            Host: tenant\r
            Connection: close\r
            \r
            """;

    private final SSLContext tls;
    private final List<URI> endpoints;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private long lastAnswer;
    private long longest;
    private int answers;
    private int failures;
    private boolean failing;

    /**
     * Begins, and waits until there are answers.
     *
     * @param tls proves who asks: somebody who may read namespaces
     * @param endpoints the addresses at which the API server may answer: of several any one will do
     */
    ApiProber(SSLContext tls, List<URI> endpoints) {
        this.tls = tls;
        this.endpoints = endpoints;
        var unused = executor.scheduleAtFixedRate(this::probe, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        awaitAnswers();
    }

    /** Waits until there are some more answers. */
    void awaitAnswers() {
        int enough = answers() + ENOUGH;
        await().atMost(LocalTestbed.SOON).until(() -> answers() >= enough);
    }

    /** Tells for how long there was no answer, at the longest; zero if no request failed. */
    synchronized Duration gap() {
        return Duration.ofNanos(longest);
    }

    synchronized int failures() {
        return failures;
    }

    private synchronized int answers() {
        return answers;
    }

    private void probe() {
        boolean answered = endpoints.stream().anyMatch(this::answers);
        note(answered, System.nanoTime());
    }

    private synchronized void note(boolean answered, long now) {
        if (answered) {
            longest = failing ? Math.max(longest, now - lastAnswer) : longest;
            lastAnswer = now;
            answers++;
        } else {
            failures++;
        }
        failing = !answered && answers > 0;
    }

    private boolean answers(URI endpoint) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
        try (Socket connection = new Socket()) {
            connection.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), LIMIT_MILLIS);
            connection.setSoTimeout(LIMIT_MILLIS);
            try (Socket secure =
                    tls.getSocketFactory().createSocket(connection, endpoint.getHost(), endpoint.getPort(), true)) {
                secure.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
                String answer = new String(secure.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return answer.startsWith("HTTP/1.1 200 ") && System.nanoTime() < deadline;
            }
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
