package io.hcp.core.internal.cluster.plan;

import io.hcp.api.model.ExposureType;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.NetworkProfile;
import io.hcp.core.internal.cluster.form.ClusterObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an under cluster has made of a tenant's Service. Pure.
 *
 * @param service as it was read
 */
public record ServiceState(ClusterObject service) {
    private static final String SPEC = "spec";
    private static final String NONE = "None";

    /** {@return what the load balancer says that it has; hostnames and addresses} */
    public List<Map<String, Object>> ingress() {
        return service.objects("status", "loadBalancer", "ingress");
    }

    /** {@return the addresses that a load balancer has given} */
    public List<IpAddress> balanced() {
        return ingress().stream()
                .map(point -> point.get("ip"))
                .filter(String.class::isInstance)
                .map(ip -> IpAddress.parse((String) ip))
                .toList();
    }

    /** {@return the address inside the under cluster, which a Service keeps for its life} */
    public Optional<IpAddress> inside() {
        return service.text(SPEC, "clusterIP")
                .filter(ip -> !ip.isEmpty() && !ip.equals(NONE))
                .map(IpAddress::parse);
    }

    /**
     * Tells whether a load balancer does not have the address any more that a tenant is known at.
     *
     * @param network the description, with its defaults resolved
     * @return the address that is missing
     */
    public Optional<IpAddress> lost(NetworkProfile network) {
        boolean balances = network.exposure().orElse(ExposureType.LOAD_BALANCER) == ExposureType.LOAD_BALANCER;
        return network.address().filter(address -> balances && !balanced().contains(address));
    }

    Optional<ExposureType> type() {
        return service.text(SPEC, "type")
                .flatMap(text -> Arrays.stream(ExposureType.values())
                        .filter(type -> type.toString().equals(text))
                        .findFirst());
    }

    /** Tells whether an address is what this sort of exposure gave. Those of nodes are not told by a Service. */
    boolean gave(ExposureType type, IpAddress address) {
        return switch (type) {
            case LOAD_BALANCER ->
                Stream.concat(balanced().stream(), service.text(SPEC, "loadBalancerIP").map(IpAddress::parse).stream())
                        .anyMatch(address::equals);
            case CLUSTER_IP -> inside().filter(address::equals).isPresent();
            case NODE_PORT -> false;
        };
    }
}
