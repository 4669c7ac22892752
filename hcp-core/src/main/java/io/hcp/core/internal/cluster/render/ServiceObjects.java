package io.hcp.core.internal.cluster.render;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpecBuilder;
import io.hcp.api.model.Cidr;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.NetworkProfile;
import io.hcp.api.model.Port;
import io.hcp.core.internal.blueprint.PodTopology;
import java.util.Map;

/**
 * The Services of a tenant.
 *
 * @param frame what they have in common
 */
public record ServiceObjects(Frame frame) {
    private static final String HTTPS = "https";

    /**
     * Renders how the API servers are reached. It depends on no certificate, so that it can come first and say at which
     * address they will be.
     *
     * @param network the description, with its defaults resolved
     * @return the Service
     */
    public Service api(NetworkProfile network) {
        ExposureType exposure = network.exposure().orElse(ExposureType.LOAD_BALANCER);
        ServicePortBuilder port = port(HTTPS, PodTopology.PORTS.apiServer());
        ServiceSpecBuilder spec = new ServiceSpecBuilder()
                .withType(exposure.toString())
                .withSelector(frame.selector(Frame.CONTROL_PLANE));
        switch (exposure) {
            case LOAD_BALANCER -> {
                network.port().map(Port::number).ifPresent(port::withPort);
                network.loadBalancerClass().ifPresent(spec::withLoadBalancerClass);
                network.address()
                        .filter(address -> !RequestedAddress.isIn(network.serviceAnnotations()))
                        .map(IpAddress::toString)
                        .ifPresent(spec::withLoadBalancerIP);
                spec.withLoadBalancerSourceRanges(network.loadBalancerSourceRanges().stream()
                        .map(Cidr::toString)
                        .toList());
            }
            case NODE_PORT -> network.port().map(Port::number).ifPresent(port::withNodePort);
            case CLUSTER_IP -> {
                network.port().map(Port::number).ifPresent(port::withPort);
                network.address().map(IpAddress::toString).ifPresent(spec::withClusterIP);
            }
        }
        ObjectMeta common = frame.owned(frame.names().controlPlane(), Frame.CONTROL_PLANE);
        ObjectMetaBuilder metadata = new ObjectMetaBuilder(common)
                .withLabels(Frame.with(common.getLabels(), network.serviceLabels()))
                .withAnnotations(Frame.with(Map.of(), network.serviceAnnotations()));
        return new ServiceBuilder()
                .withMetadata(metadata.build())
                .withSpec(spec.withPorts(port.build()).build())
                .build();
    }

    /**
     * Renders what gives the members of etcd names in DNS: before they are ready too, since they need each other for that.
     *
     * @return the headless Service
     */
    public Service etcd() {
        ServicePort client = port("client", PodTopology.PORTS.etcdClient()).build();
        ServicePort peer = port("peer", PodTopology.PORTS.etcdPeer()).build();
        return new ServiceBuilder()
                .withMetadata(frame.owned(frame.names().etcd(), Frame.ETCD))
                .withNewSpec()
                .withType(ExposureType.CLUSTER_IP.toString())
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(frame.selector(Frame.ETCD))
                .withPorts(client, peer)
                .endSpec()
                .build();
    }

    private static ServicePortBuilder port(String name, int number) {
        return new ServicePortBuilder()
                .withName(name)
                .withProtocol("TCP")
                .withPort(number)
                .withTargetPort(new IntOrString(number));
    }
}
