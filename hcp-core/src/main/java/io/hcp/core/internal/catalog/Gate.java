package io.hcp.core.internal.catalog;

import io.hcp.api.model.Component;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * A feature gate of one minor.
 *
 * @param name for example {@code ClusterTrustBundle}
 * @param stage how mature it is
 * @param enabledByDefault what it is unless set, in all programs but the exceptions
 * @param locked true if it cannot be set to the opposite of its default
 * @param components which programs know it, at least one; the others do not start when it is given to them
 * @param exceptions programs in which the default is the opposite; few gates have any
 * @param requires the gates that have to be on while it is on, or programs do not start; sorted, without those that are
 *     locked on
 */
public record Gate(
        String name,
        Stage stage,
        boolean enabledByDefault,
        boolean locked,
        Set<Component> components,
        Set<Component> exceptions,
        Set<String> requires) {
    /** Copies the sets. */
    public Gate {
        components = Collections.unmodifiableSet(EnumSet.copyOf(components));
        exceptions = Set.copyOf(exceptions);
        requires = Collections.unmodifiableSet(new TreeSet<>(requires));
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
