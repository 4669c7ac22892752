package io.hcp.core.internal.gateway;

import io.hcp.api.model.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ports of a machine, of which no two tenants may be given the same. */
public interface PortSpace {
    /**
     * Tells whether an address is this machine's.
     *
     * @param address any address
     * @return true if something can listen there
     */
    boolean isLocal(IpAddress address);

    /**
     * Does work during which nobody else chooses ports; the records that it writes are what keeps them.
     *
     * @param work gets a view of the ports, of use only during the work
     * @param <T> what comes of it
     * @return what the work returns
     */
    <T> T choosing(Work<T> work);

    /** Work that chooses ports. */
    interface Work<T> {
        /** Does it. */
        T with(Choice choice);
    }

    /** The ports, while nobody else chooses. */
    interface Choice {
        /**
         * Tells which tenant keeps a port.
         *
         * @param port any port
         * @return the tenant's name, empty if no record names the port
         */
        Optional<String> keeper(int port);

        /**
         * Chooses ports that no tenant keeps and nobody listens on.
         *
         * @param count how many
         * @param without others not to choose
         * @return as many different ones
         */
        List<Integer> choose(int count, Set<Integer> without);
    }
}
