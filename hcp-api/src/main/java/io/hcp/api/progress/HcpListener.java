package io.hcp.api.progress;

import io.hcp.api.model.Component;
import java.time.Duration;

/**
 * Hears what is going on. Every method does nothing unless overridden. Calls come from the library's threads, for one
 * step in order, for different steps possibly at the same time; an implementation must be thread-safe and return
 * quickly. What it throws is logged and otherwise ignored: a listener never changes what happens.
 */
public interface HcpListener {
    /** Hears nothing. */
    HcpListener NONE = new HcpListener() {};

    /**
     * A step of a plan begins.
     *
     * @param tenant the tenant's name
     * @param step the step's id
     */
    default void stepStarted(String tenant, String step) {}

    /**
     * A step of a plan is done.
     *
     * @param tenant the tenant's name
     * @param step the step's id
     * @param took how long it took
     */
    default void stepFinished(String tenant, String step, Duration took) {}

    /**
     * A step of a plan failed; the steps that wait for it will not begin.
     *
     * @param tenant the tenant's name
     * @param step the step's id
     * @param cause why
     */
    default void stepFailed(String tenant, String step, Throwable cause) {}

    /**
     * A component's program is being downloaded or built. Called at most once a second for each.
     *
     * @param component the program's name, for example {@code kube-apiserver}
     * @param activity what is being done and how far it is, for example {@code downloading, 42 of 105 MB}
     */
    default void providing(String component, String activity) {}

    /**
     * A running component ended or stopped answering, and is started again.
     *
     * @param tenant the tenant's name
     * @param component which one
     * @param reason what was noticed
     * @param restarts how often this process has restarted it so far, this time included
     */
    default void componentRestarted(String tenant, Component component, String reason, int restarts) {}
}
