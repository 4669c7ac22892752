package io.hcp.core.internal.cluster;

import io.hcp.api.model.IpAddress;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.TenantObject;
import java.util.List;

/**
 * The endpoints of Service {@code kubernetes} in a tenant: the address at which the tenant is reached. API servers would
 * write their own, and take them away when they end. Pure.
 */
final class PublishedEndpoint {
    private PublishedEndpoint() {}

    static List<TenantObject> objects(TenantControlPlane tenant) {
        IpAddress address = Drawings.address(tenant).orElseThrow();
        int port = Drawings.port(tenant.networkProfile());
        String endpoints = """
                {"apiVersion": "v1", "kind": "Endpoints",
                 "metadata": {"name": "kubernetes", "namespace": "default",
                  "labels": {"endpointslice.kubernetes.io/skip-mirror": "true"}},
                 "subsets": [{"addresses": [{"ip": "%s"}], "ports": [{"name": "https", "port": %d, "protocol": "TCP"}]}]}
                """.formatted(address, port);
        String slice = """
                {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "%s",
                 "metadata": {"name": "kubernetes", "namespace": "default",
                  "labels": {"kubernetes.io/service-name": "kubernetes"}},
                 "endpoints": [{"addresses": ["%s"], "conditions": {"ready": true}}],
                 "ports": [{"name": "https", "port": %d, "protocol": "TCP"}]}
                """.formatted(address.isIpv4() ? "IPv4" : "IPv6", address, port);
        return List.of(
                new TenantObject("/api/v1/namespaces/default/endpoints", "kubernetes", endpoints, false),
                new TenantObject(
                        "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", "kubernetes", slice, false));
    }
}
