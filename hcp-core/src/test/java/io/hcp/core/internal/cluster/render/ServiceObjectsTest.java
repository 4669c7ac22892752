package io.hcp.core.internal.cluster.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.hcp.api.model.TenantControlPlane;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceObjectsTest {
    private static Service service(String annotation, String value) {
        TenantControlPlane tenant = ClusterTenants.plain("1.36.3")
                .withNetworkProfile(n -> n.address("192.0.2.7").putServiceAnnotation(annotation, value));
        return ClusterTenants.objects(tenant).services().api(tenant.networkProfile());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "metallb.io/loadBalancerIPs | 192.0.2.7",
                "metallb.universe.tf/loadBalancerIPs | 192.0.2.7,2001:db8::7",
                "kube-vip.io/loadbalancerIPs | 192.0.2.7",
                "lbipam.cilium.io/ips | 192.0.2.7, 192.0.2.8",
                "io.cilium/lb-ipam-ips | 192.0.2.7",
                "projectcalico.org/loadBalancerIPs | [\"192.0.2.7\"]",
                "service.beta.kubernetes.io/azure-load-balancer-ipv4 | 192.0.2.7",
                "loadbalancer.openstack.org/load-balancer-address | 192.0.2.7"
            })
    void api_annotationAsksForAnAddress_isTheOnlyOneThatAsks(String annotation, String value) {
        Service service = service(annotation, value);

        assertThat(service.getSpec().getLoadBalancerIP()).isNull();
        assertThat(service.getMetadata().getAnnotations()).containsEntry(annotation, value);
    }

    @ParameterizedTest
    @CsvSource({
        "metallb.io/address-pool, tenants",
        "metallb.io/allow-shared-ip, key",
        "external-dns.alpha.kubernetes.io/target, 203.0.113.9",
        "example.com/ip-family, ''"
    })
    void api_annotationAsksForNoAddress_addressIsAskedFor(String annotation, String value) {
        assertThat(service(annotation, value).getSpec().getLoadBalancerIP()).isEqualTo("192.0.2.7");
    }
}
