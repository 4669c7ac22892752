package io.hcp.testbed.pods;

import io.hcp.testbed.Kubectl;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at tenants with {@code kubectl get tcp} each second, and prints what it says whenever that changes. */
final class Transcript implements AutoCloseable {
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final long begun = System.nanoTime();
    private final Kubectl kubectl;
    private final String namespace;
    private String last = "";

    Transcript(Kubectl kubectl, String namespace) {
        this.kubectl = kubectl;
        this.namespace = namespace;
        var unused = scheduler.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
    }

    private void look() {
        String seen = kubectl.run(
                        "get",
                        "tcp",
                        "--namespace=" + namespace,
                        "--no-headers",
                        "--output=custom-columns=:.metadata.name,:.status.phase,:.status.step,"
                                + ":.status.conditions[?(@.type=='Ready')].reason,"
                                + ":.status.conditions[?(@.type=='Ready')].message")
                .output()
                .replaceAll(" {2,}", "  ");
        double seconds = (System.nanoTime() - begun) / 1e9;
        seen.lines()
                .filter(line -> last.lines().noneMatch(line::equals))
                .forEach(line -> System.out.printf(Locale.ROOT, "  %5.1f s  %s%n", seconds, line));
        last = seen;
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
