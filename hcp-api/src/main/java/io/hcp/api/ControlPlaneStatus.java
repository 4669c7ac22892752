package io.hcp.api;

import io.hcp.api.model.Component;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How a control plane is at one moment.
 *
 * @param ready true if it serves as {@link ControlPlane#awaitReady} describes
 * @param deleting true if its deletion has begun
 * @param supervised true if this process watches over it and restarts what ends
 * @param components each component's state
 */
public record ControlPlaneStatus(
        boolean ready, boolean deleting, boolean supervised, Map<Component, ComponentStatus> components) {
    /** Copies the map, keeping nothing of the caller's. */
    public ControlPlaneStatus {
        components = Map.copyOf(components);
    }

    /**
     * How a component is at one moment.
     *
     * @param pid its process id, empty if it does not run
     * @param healthy true if it runs and its health endpoint says so
     * @param restarts how often this process has restarted it
     */
    public record ComponentStatus(OptionalLong pid, boolean healthy, int restarts) {}
}
