package io.hcp.core.internal.gateway;

import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import java.net.URI;
import java.util.List;

/** The API of a tenant, and the health endpoints of its components. */
public interface TenantApi {
    /**
     * Asks a component whether it can do its work.
     *
     * @param component which one
     * @return true if it says so
     */
    boolean isReady(ComponentBlueprint component);

    /**
     * Asks what the control plane still waits for.
     *
     * @param blueprint as it should run
     * @return in words; empty if it is ready
     */
    List<String> notReady(Blueprint blueprint);

    /**
     * Creates the roles that every tenant starts with; what exists is left as it is. Not atomic.
     *
     * @param lease the right to do so
     * @param apiServer where to
     * @throws HcpException with kind {@code TENANT_API} if the API server refuses or does not answer
     */
    void bootstrap(Lease lease, URI apiServer);
}
