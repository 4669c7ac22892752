package io.hcp.testbed.pods;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Clients that list ConfigMaps of a tenant at a rate, over connections that they keep, and measure how long it takes. */
final class PacedLoad implements AutoCloseable {
    private static final int CLIENTS = 8;

    private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
    private final HttpClient http;
    private final HttpRequest request;
    private final List<Long> times = new ArrayList<>();
    private int failed;
    private long since = System.nanoTime();

    /**
     * What came of it.
     *
     * @param perSecond answers
     * @param failed requests without a good answer
     * @param p99 99 of 100 took at most as long
     */
    record Result(double perSecond, int failed, Duration p99) {}

    PacedLoad(TenantAccess access, int perSecond) {
        http = access.newClient();
        request = HttpRequest.newBuilder(URI.create(access.endpoint() + "/api/v1/namespaces/kube-system/configmaps"))
                .timeout(TenantAccess.LIMIT)
                .build();
        long period = TimeUnit.SECONDS.toMicros(1) * CLIENTS / perSecond;
        for (int client = 0; client < CLIENTS; client++) {
            var unused =
                    clients.scheduleAtFixedRate(this::send, client * period / CLIENTS, period, TimeUnit.MICROSECONDS);
        }
    }

    private void send() {
        long begun = System.nanoTime();
        boolean good = false;
        try {
            good = http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            good = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        count(System.nanoTime() - begun, good);
    }

    private synchronized void count(long time, boolean good) {
        if (good) {
            times.add(time);
        } else {
            failed++;
        }
    }

    /** Begins to count anew. */
    synchronized void begin() {
        times.clear();
        failed = 0;
        since = System.nanoTime();
    }

    synchronized Result take() {
        double seconds = (System.nanoTime() - since) / 1e9;
        times.sort(null);
        return new Result(
                times.size() / seconds, failed, Duration.ofNanos(times.get((int) (0.99 * (times.size() - 1)))));
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }
}
