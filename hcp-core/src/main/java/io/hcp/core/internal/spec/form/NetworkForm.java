package io.hcp.core.internal.spec.form;

import io.hcp.api.model.ExposureType;
import io.hcp.api.model.NetworkProfile;
import java.util.List;

/** The fields of {@code spec.networkProfile}. */
final class NetworkForm {
    static final ObjectForm<NetworkProfile, NetworkProfile.Builder> NETWORK = new ObjectForm<>(
            NetworkProfile::builder,
            NetworkProfile.Builder::build,
            List.of(
                    Field.optional(
                            "exposure",
                            Codecs.oneOf(ExposureType.values()),
                            NetworkProfile::exposure,
                            (b, exposure) -> b.exposure(exposure)),
                    Field.optional(
                            "loadBalancerClass",
                            Codecs.TEXT,
                            NetworkProfile::loadBalancerClass,
                            (b, name) -> b.loadBalancerClass(name)),
                    Field.many(
                            "loadBalancerSourceRanges",
                            Many.list(Codecs.CIDR),
                            NetworkProfile::loadBalancerSourceRanges,
                            (b, ranges) -> b.loadBalancerSourceRanges(ranges)),
                    Field.map(
                            "serviceLabels",
                            Codecs.TEXT,
                            NetworkProfile::serviceLabels,
                            (b, labels) -> b.serviceLabels(labels)),
                    Field.map(
                            "serviceAnnotations",
                            Codecs.TEXT,
                            NetworkProfile::serviceAnnotations,
                            (b, annotations) -> b.serviceAnnotations(annotations)),
                    Field.optional(
                            "address", Codecs.ADDRESS, NetworkProfile::address, (b, address) -> b.address(address)),
                    Field.optional("port", Codecs.PORT, NetworkProfile::port, (b, port) -> b.port(port)),
                    Field.many(
                            "certSANs",
                            Many.set(Codecs.TEXT),
                            NetworkProfile::certSans,
                            (b, names) -> b.certSans(names)),
                    Field.many(
                            "serviceCidrs",
                            Many.list(Codecs.CIDR),
                            NetworkProfile::serviceCidrs,
                            (b, ranges) -> b.serviceCidrs(ranges)),
                    Field.many(
                            "podCidrs",
                            Many.list(Codecs.CIDR),
                            NetworkProfile::podCidrs,
                            (b, ranges) -> b.podCidrs(ranges)),
                    Field.optional(
                            "clusterDomain",
                            Codecs.TEXT,
                            NetworkProfile::clusterDomain,
                            (b, domain) -> b.clusterDomain(domain)),
                    Field.many(
                            "dnsServiceIPs",
                            Many.list(Codecs.ADDRESS),
                            NetworkProfile::dnsServiceIps,
                            (b, addresses) -> b.dnsServiceIps(addresses))));

    private NetworkForm() {}
}
