package io.hcp.core.internal.plan;

/** What sort of work a step is. Each sort of backend has an enumeration of its own. */
public interface Task {
    /** {@return what the step is called, but for the component} */
    String title();
}
