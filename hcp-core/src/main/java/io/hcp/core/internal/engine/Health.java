package io.hcp.core.internal.engine;

import io.hcp.api.Condition;
import io.hcp.api.Condition.Status;
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
 * @param maintained whether somebody looks after it without being asked, as a condition
 * @param components each component's state
 */
public record Health(
        List<String> notReady,
        List<String> threats,
        boolean deleting,
        boolean supervised,
        Condition maintained,
        Map<Component, ComponentStatus> components) {
    /** Copies the collections. */
    public Health {
        notReady = List.copyOf(notReady);
        threats = List.copyOf(threats);
        components = Map.copyOf(components);
    }

    /**
     * Says whether this process watches over processes.
     *
     * @param supervised true if it does
     * @return the condition
     */
    public static Condition maintained(boolean supervised) {
        return supervised
                ? new Condition(Condition.MAINTAINED, Status.TRUE, "Supervised", "this process starts again what ends")
                : new Condition(
                        Condition.MAINTAINED,
                        Status.FALSE,
                        "NotSupervised",
                        "this process does not watch over it; apply or reconcile makes it do so");
    }
}
