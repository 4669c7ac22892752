package io.hcp.core.internal.gateway;

import io.hcp.api.error.HcpException;
import io.hcp.core.internal.usage.NodeSample;
import java.util.List;
import java.util.Optional;

/** A place where tenants' components run as processes. */
public interface Machine extends AutoCloseable {
    /** What the machine is called where others have nodes. */
    String NODE = "localhost";

    /** {@return the name of this place, for messages} */
    String name();

    /** {@return the names of all tenants that have left something here, sorted} */
    List<String> tenants();

    /**
     * Takes the right to change a tenant, whether it exists or not. Does not wait.
     *
     * @param tenant the tenant's name
     * @return close it to let others change the tenant
     * @throws HcpException with kind {@code LOCKED}, naming the holder, if somebody else has it
     */
    Lease acquire(String tenant);

    /**
     * Tells who may change a tenant now.
     *
     * @param tenant the tenant's name
     * @return the holder in words, empty if nobody has the right
     */
    Optional<String> holder(String tenant);

    /** {@return the ports of this place} */
    PortSpace ports();

    /** {@return the programs of this place} */
    Programs programs();

    /** {@return what this machine has, and what of it is used by whomever; named {@link #NODE}} */
    NodeSample load();

    /**
     * Returns the way to one tenant, whether it exists or not.
     *
     * @param name the tenant's name
     * @return one and the same for each name
     */
    TenantGateways tenant(String name);

    /** Lets go of everything; tenants run on, unless the place is made to end with its user. */
    @Override
    void close();
}
