package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.plan.ServiceState;
import io.hcp.core.internal.gateway.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives a tenant the address at which it is reached, and keeps it in the description. */
final class Exposure {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TenantCell cell;
    private final UnderCluster cluster;
    private final Lease lease;
    private final Applying applying;
    private final Agreed agreed;

    Exposure(TenantCell cell, UnderCluster cluster, Lease lease, Applying applying, Agreed agreed) {
        this.cell = cell;
        this.cluster = cluster;
        this.lease = lease;
        this.applying = applying;
        this.agreed = agreed;
    }

    String expose() {
        ClusterObject service = applying.apply(rendered());
        IpAddress address = address(service);
        pin(service, address);
        applying.apply(rendered()); // asks for the address it has now, should it ever be made anew
        String url = Drawings.server(tenant()).toString();
        cell.journal().note(facts -> facts.withEndpoint(url).withWaiting(Optional.empty()));
        return "at " + url;
    }

    private TenantControlPlane tenant() {
        return agreed.spec();
    }

    private ClusterObject rendered() {
        Drawings drawings = new Drawings(cell.names(), cell.resource().known().map(own -> own.object()));
        return drawings.service(tenant());
    }

    private void pin(ClusterObject service, IpAddress address) {
        TenantControlPlane tenant = tenant();
        if (tenant.networkProfile().address().isPresent()) {
            return;
        }
        agreed.edit(
                lease,
                record -> record.withSpec(record.spec().withNetworkProfile(network -> {
                    network.address(address);
                    if (Drawings.isNodePort(tenant)
                            && tenant.networkProfile().port().isEmpty()) {
                        network.port((int) nodePort(service));
                    }
                })));
    }

    private static long nodePort(ClusterObject service) {
        return service.objects("spec", "ports").stream()
                .findFirst()
                .map(port -> port.get("nodePort") instanceof Number number ? number.longValue() : 0L)
                .orElse(0L);
    }

    private IpAddress address(ClusterObject service) {
        TenantControlPlane tenant = tenant();
        return switch (tenant.networkProfile().exposure().orElse(ExposureType.LOAD_BALANCER)) {
            case LOAD_BALANCER -> loadBalancer(service);
            case CLUSTER_IP -> new ServiceState(service).inside().orElseThrow();
            case NODE_PORT -> tenant.networkProfile().address().orElseGet(this::node);
        };
    }

    private IpAddress node() {
        return cluster.objects().list(Kind.NODE, Map.of()).stream()
                .filter(Members::isReady)
                .flatMap(node -> node.objects("status", "addresses").stream())
                .filter(address -> "InternalIP".equals(address.get("type")))
                .map(address -> IpAddress.parse(String.valueOf(address.get("address"))))
                .findFirst()
                .orElseThrow(() -> new HcpException(
                        ErrorKind.BLOCKED,
                        "no node of the under cluster is ready and has an address",
                        "name one with networkProfile.address"));
    }

    private IpAddress loadBalancer(ClusterObject service) {
        Optional<IpAddress> known = Drawings.address(tenant());
        Optional<IpAddress> address = given(service, known);
        if (address.isEmpty()) {
            address = await(service, known, PATIENCE);
        }
        if (address.isEmpty()) {
            Finding finding = noAddress(service, known);
            cell.journal().note(facts -> facts.withWaiting(Optional.of(finding)));
            address = await(service, known, LIMIT);
            if (address.isEmpty()) {
                throw new HcpException(ErrorKind.TIMEOUT, finding.problem() + " after " + LIMIT, finding.remedy());
            }
        }
        return address.get();
    }

    private static Finding noAddress(ClusterObject service, Optional<IpAddress> known) {
        return new Finding(
                        "NoAddress",
                        "Service " + service.name()
                                + known.map(address -> " does not have address " + address + " of its tenant")
                                        .orElse(" has no address yet"),
                        "see that something gives addresses to Services of type LoadBalancer, and has "
                                + (known.isPresent() ? "this one for it" : "one left; or use another exposure"))
                .asOutage();
    }

    private Optional<IpAddress> await(ClusterObject service, Optional<IpAddress> known, Duration limit) {
        return cluster.objects()
                .await(
                        Kind.SERVICE,
                        service.name(),
                        limit,
                        found -> found.flatMap(live -> given(live, known)).isPresent())
                .flatMap(live -> given(live, known));
    }

    /** What a tenant is known at once does not change: another address is none. */
    private static Optional<IpAddress> given(ClusterObject service, Optional<IpAddress> known) {
        ServiceState state = new ServiceState(service);
        List<IpAddress> all = state.balanced();
        if (all.isEmpty() && state.ingress().stream().anyMatch(point -> point.get("hostname") != null)) {
            throw new HcpException(
                    ErrorKind.BLOCKED,
                    "EndpointNeedsNodeProxy: the load balancer of Service %s has a hostname and no address"
                            .formatted(service.name()),
                    "use a load balancer with addresses, or another exposure: kubernetes.default cannot have a hostname"
                            + " as endpoint");
        }
        return all.stream()
                .filter(address -> known.isEmpty() || known.get().equals(address))
                .findFirst();
    }
}
