package io.hcp.api;

import io.hcp.api.model.Component;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a control plane is at one moment.
 *
 * @param ready true if it serves as {@link ControlPlane#awaitReady} describes
 * @param deleting true if its deletion has begun
 * @param supervised true if this process watches over it and restarts what ends
 * @param conditions what can be said of it as a whole, each type once
 * @param components each component's state
 */
public record ControlPlaneStatus(
        boolean ready,
        boolean deleting,
        boolean supervised,
        List<Condition> conditions,
        Map<Component, ComponentStatus> components) {
    /** Copies the collections, keeping nothing of the caller's. */
    public ControlPlaneStatus {
        conditions = List.copyOf(conditions);
        components = Map.copyOf(components);
    }

    /**
     * Returns one condition.
     *
     * @param type its type, for example {@link Condition#READY}
     * @return the condition, if it is known
     */
    public Optional<Condition> condition(String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
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
