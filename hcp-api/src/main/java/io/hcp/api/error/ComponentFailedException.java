package io.hcp.api.error;

import io.hcp.api.model.Component;
import java.util.List;

/** A component of the control plane could not start, ended, or did not become healthy in time. */
public final class ComponentFailedException extends HcpException {
    private static final long serialVersionUID = 1L;

    private final Component component;
    private final transient List<String> lastLogLines;

    /**
     * Makes an exception.
     *
     * @param kind {@code COMPONENT_FAILED}, or the more exact {@code PORT_BUSY} or {@code DISK_FULL}
     * @param component which program
     * @param problem what happened to it
     * @param lastLogLines the end of its log
     * @param remedy what to do
     */
    public ComponentFailedException(
            ErrorKind kind, Component component, String problem, List<String> lastLogLines, String remedy) {
        super(
                kind,
                lastLogLines.isEmpty()
                        ? problem
                        : problem + ". Its last log lines:\n  " + String.join("\n  ", lastLogLines) + "\n",
                remedy);
        this.component = component;
        this.lastLogLines = List.copyOf(lastLogLines);
    }

    /**
     * Returns which program failed.
     *
     * @return the component
     */
    public Component component() {
        return component;
    }

    /**
     * Returns the end of the component's log, oldest line first.
     *
     * @return at most 20 lines; empty if it logged nothing
     */
    public List<String> lastLogLines() {
        return lastLogLines;
    }
}
