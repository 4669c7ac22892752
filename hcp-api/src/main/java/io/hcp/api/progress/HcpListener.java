package io.hcp.api.progress;

import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.plan.Plan;
import java.time.Duration;

/**
 * Hears what is going on. Every method does nothing unless overridden. Calls come one after the other, from a thread that
 * does nothing else; what is told of one operation comes in the order in which it happened.
 *
 * <p>A listener that throws or blocks changes nothing of what happens: what it throws is logged, and events are kept for
 * one that is behind, up to a bound, then dropped and counted in the log. It may call the library, and may wait for what
 * it began; meanwhile it hears nothing. The end of an operation waits until its events are heard, for a second at the
 * most, so that whoever awaited an operation can rely on what a listener has collected. A listener that took longer
 * is not waited for again until it moves.
 */
public interface HcpListener {
    /** Hears nothing. */
    HcpListener NONE = new HcpListener() {};

    /**
     * An operation begins.
     *
     * @param tenant the tenant's name
     * @param operation the operation's id
     * @param plan what it carries out
     */
    default void operationStarted(String tenant, String operation, Plan plan) {}

    /**
     * An operation has ended; the last event of it, before {@link io.hcp.api.Operation#await} returns.
     *
     * @param tenant the tenant's name
     * @param operation the operation's id
     * @param state {@code DONE}, {@code FAILED} or {@code CANCELLED}
     */
    default void operationEnded(String tenant, String operation, OperationState state) {}

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
     * @param took how long it took, all attempts and the pauses between them
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
     * A step of a plan failed in a way that may pass, and is tried again unless the operation is cancelled before.
     *
     * @param tenant the tenant's name
     * @param step the step's id
     * @param cause why
     * @param attempt how often it was tried so far, at least 1
     * @param pause how long until the next attempt
     */
    default void stepRetried(String tenant, String step, HcpException cause, int attempt, Duration pause) {}

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
