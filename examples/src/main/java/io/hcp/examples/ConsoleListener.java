package io.hcp.examples;

import io.hcp.api.model.Component;
import io.hcp.api.progress.HcpListener;
import java.time.Duration;
import java.util.Locale;

/** Prints what is going on, a line per event. */
final class ConsoleListener implements HcpListener {
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
        System.out.printf(Locale.ROOT, "  %-14s %s%n", component, activity);
    }

    @Override
    public void componentRestarted(String tenant, Component component, String reason, int restarts) {
        System.out.printf(Locale.ROOT, "  %-14s %s was restarted: %s%n", tenant, component, reason);
    }
}
