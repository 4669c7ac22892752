package io.hcp.api.progress;

/** How an operation stands. */
public enum OperationState {
    /** Steps are under way or about to begin. */
    RUNNING,
    /** Every step is done. */
    DONE,
    /** A step failed; what was done stays. */
    FAILED,
    /** It was cancelled; what was done stays. */
    CANCELLED,
    /** Who carried it out has ended without a word; {@code reconcile}, or the same call again, goes on from there. */
    INTERRUPTED
}
