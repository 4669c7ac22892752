package io.hcp.core.internal.blueprint;

import io.hcp.api.model.Component;
import io.hcp.api.model.IpAddress;
import java.net.URI;
import java.util.Map;

/** Where the programs of a control plane run, and so how they reach each other. Pure. */
public interface Topology {
    /** Processes of one machine. */
    Topology MACHINE = new MachineTopology();

    /**
     * Returns the address on which a component listens.
     *
     * @param component which one
     * @param input all else that it is drawn up from
     * @return an address, perhaps the unspecified one
     */
    IpAddress listens(Component component, BlueprintInput input);

    /**
     * Returns where the components beside it reach the API server.
     *
     * @param input all else that it is drawn up from
     * @return an https URL
     */
    URI apiServer(BlueprintInput input);

    /**
     * Returns the flags of a component that depend on where it runs.
     *
     * @param component which one
     * @param input all else that it is drawn up from
     * @return flags without the leading dashes, with their values
     */
    Map<String, String> flags(Component component, BlueprintInput input);

    /**
     * Returns where a component finds its files.
     *
     * @param component which one
     * @param tenant where the files of the tenant are
     * @return the same place, or one of the component's own in it
     */
    TenantLayout files(Component component, TenantLayout tenant);

    /**
     * Returns the port at which etcd tells whether it is well.
     *
     * @param ports where the tenant's components listen
     * @return a TCP port
     */
    int etcdHealth(Ports ports);
}
