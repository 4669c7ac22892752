package io.hcp.api.progress;

/** How a step of an operation stands. */
public enum StepState {
    /** It has not begun. */
    WAITING,
    /** It is under way, or was when its operation was interrupted. */
    RUNNING,
    /** It is done. */
    DONE,
    /** It failed, or was cancelled while it was under way. */
    FAILED
}
