package io.hcp.core.internal.engine;

import io.hcp.api.ControlPlaneStatus.ComponentStatus;
import io.hcp.api.model.Component;
import java.util.List;
import java.util.Map;

/**
 * How a tenant is at one moment.
 *
 * @param notReady what its control plane still waits for, in words; empty if it is ready
 * @param threats what does not end its service but may before long, in words
 * @param deleting true if its deletion has begun
 * @param supervised true if this process watches over all of it
 * @param components each component's state
 */
public record Health(
        List<String> notReady,
        List<String> threats,
        boolean deleting,
        boolean supervised,
        Map<Component, ComponentStatus> components) {
    /** Copies the collections. */
    public Health {
        notReady = List.copyOf(notReady);
        threats = List.copyOf(threats);
        components = Map.copyOf(components);
    }
}
