package io.hcp.core.internal.gateway;

import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.usage.ApiMetrics;
import io.hcp.core.internal.usage.Reading;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** The API of a tenant, and the health endpoints of its components. */
public interface TenantApi {
    /**
     * What a control plane says of itself.
     *
     * @param ready the components that say they can do their work
     * @param missing what the control plane as a whole still waits for, in words; empty if it is ready
     */
    record Answers(Set<Component> ready, List<String> missing) {
        /** Makes it unmodifiable. */
        public Answers {
            ready = Set.copyOf(ready);
            missing = List.copyOf(missing);
        }
    }

    /**
     * Asks each component whether it can do its work, once, and what the control plane still waits for.
     *
     * @param blueprint as it should run
     * @return what they say
     */
    Answers ask(Blueprint blueprint);

    /**
     * Reads the metrics of the API server.
     *
     * @param blueprint as it should run
     * @return what it says; or why it says nothing
     */
    Reading<ApiMetrics> metrics(Blueprint blueprint);

    /**
     * Creates the roles that every tenant starts with; what exists is left as it is. Not atomic.
     *
     * @param lease the right to do so
     * @param apiServer where to
     * @throws HcpException with kind {@code TENANT_API} if the API server refuses or does not answer
     */
    void bootstrap(Lease lease, URI apiServer);
}
