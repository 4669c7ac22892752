package io.hcp.core.internal.local;

import io.hcp.api.model.Component;
import io.hcp.api.progress.HcpListener;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes events on and keeps what the listener throws away from whoever reports them. */
record QuietListener(HcpListener target) implements HcpListener {
    private static final Logger LOG = LoggerFactory.getLogger(QuietListener.class);

    @Override
    public void stepStarted(String tenant, String step) {
        quietly(() -> target.stepStarted(tenant, step));
    }

    @Override
    public void stepFinished(String tenant, String step, Duration took) {
        quietly(() -> target.stepFinished(tenant, step, took));
    }

    @Override
    public void stepFailed(String tenant, String step, Throwable cause) {
        quietly(() -> target.stepFailed(tenant, step, cause));
    }

    @Override
    public void providing(String component, String activity) {
        quietly(() -> target.providing(component, activity));
    }

    @Override
    public void componentRestarted(String tenant, Component component, String reason, int restarts) {
        quietly(() -> target.componentRestarted(tenant, component, reason, restarts));
    }

    private static void quietly(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException | Error e) { // assertions too: a listener never changes what happens
            LOG.warn("a listener failed; the work goes on", e);
        }
    }
}
