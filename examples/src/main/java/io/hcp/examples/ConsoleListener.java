package io.hcp.examples;

import io.hcp.api.model.Component;
import io.hcp.api.progress.HcpListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Prints what is going on, a line per event. */
final class ConsoleListener implements HcpListener {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Map<String, Said> said = new ConcurrentHashMap<>();

    private record Said(String kind, Instant at) {}

    @Override
    public void stepFinished(String tenant, String step, Duration took) {
        System.out.printf(Locale.ROOT, "  %-14s %-34s %6.2f s%n", tenant, step, took.toMillis() / 1000.0);
    }

    @Override
    public void stepFailed(String tenant, String step, Throwable cause) {
        System.out.printf(Locale.ROOT, "  %-14s %-34s failed%n", tenant, step);
    }

    @Override
    public void providing(String component, String activity) {
        Instant now = Instant.now();
        String kind = activity.replaceAll("\\W.*", "");
        Said before = said.get(component);
        if (before != null
                && before.kind().equals(kind)
                && before.at().plus(PATIENCE).isAfter(now)) {
            return;
        }
        said.put(component, new Said(kind, now));
        System.out.printf(Locale.ROOT, "  %-14s %s%n", component, activity);
    }

    @Override
    public void componentRestarted(String tenant, Component component, String reason, int restarts) {
        System.out.printf(Locale.ROOT, "  %-14s %s was restarted: %s%n", tenant, component, reason);
    }
}
