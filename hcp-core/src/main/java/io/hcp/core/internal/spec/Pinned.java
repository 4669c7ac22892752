package io.hcp.core.internal.spec;

import io.hcp.api.model.ExposureType;
import io.hcp.api.model.NetworkProfile;
import io.hcp.api.model.TenantControlPlane;

/** What steps write into a description because nobody chose it: the address and the port that a tenant was given. */
public final class Pinned {
    private Pinned() {}

    /**
     * Tells whether a description is the one that was planned, but for what steps of the plan may have written into it.
     *
     * @param found the description as it is now
     * @param planned the description that was planned
     * @return false if somebody else has changed it
     */
    public static boolean isSame(TenantControlPlane found, TenantControlPlane planned) {
        return found.withNetworkProfile(unpinned(found.networkProfile(), planned.networkProfile()))
                .equals(planned);
    }

    private static NetworkProfile unpinned(NetworkProfile found, NetworkProfile planned) {
        NetworkProfile network = planned.address().isEmpty() ? found.withAddress(planned.address()) : found;
        boolean nodePort =
                planned.exposure().filter(ExposureType.NODE_PORT::equals).isPresent();
        return nodePort && planned.port().isEmpty() ? network.withPort(planned.port()) : network;
    }
}
