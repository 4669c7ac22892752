package io.hcp.core.internal.gateway;

import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import java.util.Collection;

/** The programs of the components. */
public interface Programs {
    /**
     * Sees to it that programs are there: finds, downloads or builds them, which may take long.
     *
     * @param components whose programs
     * @throws HcpException with kind {@code COMPONENT_UNAVAILABLE} or {@code COMPONENT_VERSION}
     */
    void provide(Collection<ComponentBlueprint> components);
}
