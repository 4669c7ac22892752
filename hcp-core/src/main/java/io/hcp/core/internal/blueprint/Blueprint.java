package io.hcp.core.internal.blueprint;

import io.hcp.api.model.Component;
import io.hcp.api.model.IpAddress;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What one tenant's control plane consists of.
 *
 * @param components in the order in which they start
 * @see <a href="https://kubernetes.io/docs/reference/setup-tools/kubeadm/implementation-details/">kubeadm implementation
 *     details</a>, from which the flags are taken unless a comment says otherwise
 */
public record Blueprint(Map<Component, ComponentBlueprint> components) {
    /** Where everything listens but an API server that was given another address. */
    public static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1");

    /**
     * The rules by which descriptions become components. Each tenant is pinned to one; a change of what an existing
     * tenant's components would be takes a new number, beside the old rules. Since revision 2 watches end with the API
     * server instead of keeping it from ending.
     */
    public static final int RENDER_REVISION = 2;

    /** Copies the map, keeping nothing of the caller's. */
    public Blueprint {
        components = Collections.unmodifiableMap(new EnumMap<>(components));
    }

    /**
     * Draws up a control plane.
     *
     * @param input all that it depends on
     * @return the blueprint
     */
    public static Blueprint of(BlueprintInput input) {
        return new Blueprint(Map.of(
                Component.ETCD, EtcdBlueprint.of(input),
                Component.KUBE_APISERVER, ApiServerBlueprint.of(input),
                Component.KUBE_CONTROLLER_MANAGER, ControllerManagerBlueprint.of(input),
                Component.KUBE_SCHEDULER, SchedulerBlueprint.of(input)));
    }

    /**
     * Returns one component.
     *
     * @param component which one
     * @return its blueprint
     */
    public ComponentBlueprint of(Component component) {
        return Objects.requireNonNull(components.get(component), component::binaryName);
    }
}
