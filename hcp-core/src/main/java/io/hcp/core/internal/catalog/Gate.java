package io.hcp.core.internal.catalog;

import io.hcp.api.model.Component;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A feature gate of one minor.
 *
 * @param name for example {@code ClusterTrustBundle}
 * @param stage how mature it is
 * @param enabledByDefault what it is unless set, in all programs but the exceptions
 * @param locked true if it cannot be set to the opposite of its default
 * @param components which programs know it, at least one; the others do not start when it is given to them
 * @param exceptions programs in which the default is the opposite; few gates have any
 */
public record Gate(
        String name,
        Stage stage,
        boolean enabledByDefault,
        boolean locked,
        Set<Component> components,
        Set<Component> exceptions) {
    /** Copies the sets. */
    public Gate {
        components = Collections.unmodifiableSet(EnumSet.copyOf(components));
        exceptions = Set.copyOf(exceptions);
    }

    /**
     * Returns the default in one program.
     *
     * @param component one that knows the gate
     * @return what the gate is unless set
     */
    public boolean enabledByDefault(Component component) {
        return enabledByDefault != exceptions.contains(component);
    }
}
