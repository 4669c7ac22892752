package io.hcp.testbed.pods;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Clients that send sixty requests a second to a tenant, each request over a TLS connection of its own. Every twentieth
 * writes a new number into ConfigMap {@code default/load}, the others read it. A client that waits for an answer sends what
 * it missed afterwards; the others go on meanwhile.
 */
final class SteadyLoad implements AutoCloseable {
    static final String NAME = "load";
    static final String NUMBER = "number";

    private static final String COLLECTION = "/api/v1/namespaces/default/configmaps";
    private static final String OBJECT = COLLECTION + "/" + NAME;
    private static final int CLIENTS = 64;
    private static final long PERIOD_MILLIS = 1_050;
    private static final int WRITE_EVERY = 20;
    private static final int SHOWN = 12;

    private final TenantAccess access;
    private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
    private final List<Long> times = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<Integer> written = new ArrayList<>();
    private final SortedMap<Long, Second> seconds = new TreeMap<>();
    private long since = System.nanoTime();
    private int begun;
    private int pending;

    /** What came of the requests that were begun within a second. */
    record Second(int answered, int failed) {
        Second plus(boolean answer) {
            return answer ? new Second(answered + 1, failed) : new Second(answered, failed + 1);
        }

        @Override
        public String toString() {
            int all = answered + failed;
            return "%d of %d (%d %%)".formatted(failed, all, 100 * failed / all);
        }
    }

    /** What came of the requests of a time, and of each second of it in which one failed. */
    record Result(
            int answered,
            double perSecond,
            List<String> failures,
            SortedMap<Long, Second> failedSeconds,
            Duration median,
            Duration most99,
            Duration longest) {
        Result {
            failures = List.copyOf(failures);
            failedSeconds = Collections.unmodifiableSortedMap(failedSeconds);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d requests answered, %.1f/s, %d failed; %d ms (median), %d ms (99 %%), %d ms (longest)",
                    answered,
                    perSecond,
                    failures.size(),
                    median.toMillis(),
                    most99.toMillis(),
                    longest.toMillis());
        }
    }

    SteadyLoad(TenantAccess access) throws IOException {
        this.access = access;
        access.tls().getClientSessionContext().setSessionCacheSize(1);
        // It may be there from an earlier load.
        access.send("PATCH", OBJECT + "?fieldManager=load&force=true", "application/apply-patch+yaml", """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "%s"}, "data": {"%s": "0"}}\
                """.formatted(
                        NAME, NUMBER));
    }

    void begin() {
        begin(System.nanoTime());
        for (int client = 0; client < CLIENTS; client++) {
            var unused = clients.scheduleAtFixedRate(
                    this::request, client * PERIOD_MILLIS / CLIENTS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void begin(long now) {
        since = now;
    }

    /** Writes that were acknowledged. */
    synchronized List<Integer> written() {
        return List.copyOf(written);
    }

    /** Returns what happened since the last call, or since the beginning, and starts anew. */
    synchronized Result take() {
        long now = System.nanoTime();
        times.sort(null);
        Result result = new Result(
                times.size(),
                times.size() / ((now - since) / 1e9),
                failures,
                failedSeconds(),
                quantile(0.5),
                quantile(0.99),
                quantile(1));
        failures.stream().limit(SHOWN).forEach(failure -> System.out.println("      failed: " + failure));
        times.clear();
        failures.clear();
        seconds.clear();
        since = now;
        return result;
    }

    private SortedMap<Long, Second> failedSeconds() {
        SortedMap<Long, Second> failed = new TreeMap<>(seconds);
        failed.values().removeIf(second -> second.failed() == 0);
        return failed;
    }

    private void count(long start, boolean answer) {
        seconds.compute(
                Math.floorDiv(start - since, 1_000_000_000L),
                (number, second) -> (second == null ? new Second(0, 0) : second).plus(answer));
    }

    private Duration quantile(double share) {
        return times.isEmpty() ? Duration.ZERO : Duration.ofNanos(times.get((int) (share * (times.size() - 1))));
    }

    private void request() {
        int number = next();
        long start = System.nanoTime();
        boolean write = number % WRITE_EVERY == 0;
        try {
            if (write) {
                access.send(
                        "PATCH",
                        OBJECT,
                        "application/merge-patch+json",
                        "{\"data\": {\"%s\": \"%d\"}}".formatted(NUMBER, number));
            } else {
                access.send("GET", OBJECT, "application/json", "");
            }
            answered(number, write, start);
        } catch (IOException | RuntimeException e) {
            failed(number, start, e);
        }
    }

    private synchronized int next() {
        begun++;
        pending++;
        return begun;
    }

    private synchronized void answered(int number, boolean write, long start) {
        pending--;
        count(start, true);
        times.add(System.nanoTime() - start);
        if (write) {
            written.add(number);
        }
    }

    private synchronized void failed(int number, long start, Exception e) {
        pending--;
        count(start, false);
        failures.add("%s request %d, begun %d ms ago: %s"
                .formatted(Timeline.now(), number, (System.nanoTime() - start) / 1_000_000, e.getMessage()));
    }

    /** Sends no more, and waits for the answers to those that were sent. */
    void end() throws InterruptedException {
        clients.shutdown();
        if (!clients.awaitTermination(2 * TenantAccess.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(pending + " requests do not end");
        }
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }
}
