package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.Cidr;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.NetworkProfile;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules of the ranges of Services and pods, and of the addresses in them. */
public final class RangeRules {
    /** The rules. */
    public static final List<Rule> ALL = List.of(
            RangeRules::families,
            RangeRules::serviceSizes,
            RangeRules::podSizes,
            RangeRules::places,
            RangeRules::overlaps,
            RangeRules::dnsAddresses);

    private static final String SERVICES = "spec.networkProfile.serviceCidrs";
    private static final String PODS = "spec.networkProfile.podCidrs";
    private static final String DNS = "spec.networkProfile.dnsServiceIPs";

    /** kube-apiserver, validateClusterIPFlags: it keeps a bit for each address, if at all. */
    private static final int MAX_SERVICE_HOST_BITS = 20;

    private static final int LAST_MINOR_WITH_BITS = 34;
    /** kube-apiserver, ServiceIPRange: 8 addresses. */
    private static final int MIN_SERVICE_HOST_BITS = 3;
    /** The first address is for kubernetes, the tenth for DNS unless another is chosen. */
    private static final int MIN_SERVICE_HOST_BITS_WITH_DNS = 4;
    /** kube-controller-manager, cidrset: it keeps a bit for each IPv6 range of a node. */
    private static final int MAX_NODE_BITS = 16;

    private static final int NODE_MASK_IPV4 = 24;
    private static final int NODE_MASK_IPV6 = 64;

    private RangeRules() {}

    private static void families(TenantControlPlane tenant, Problems problems) {
        NetworkProfile network = tenant.networkProfile();
        boolean servicesFine = distinct(network.serviceCidrs(), SERVICES, problems);
        boolean podsFine = distinct(network.podCidrs(), PODS, problems);
        List<String> services = families(network.serviceCidrs());
        List<String> pods = families(network.podCidrs());
        if (servicesFine && podsFine && !pods.isEmpty() && !services.isEmpty() && !pods.equals(services)) {
            problems.add(
                    "CidrFamilyMismatch",
                    PODS,
                    network.podCidrs(),
                    "use the families of serviceCidrs in their order: " + String.join(", ", services));
        }
    }

    private static List<String> families(List<Cidr> ranges) {
        return ranges.stream().map(range -> family(range.isIpv4())).toList();
    }

    private static String family(boolean ipv4) {
        return ipv4 ? "IPv4" : "IPv6";
    }

    private static boolean distinct(List<Cidr> ranges, String path, Problems problems) {
        int before = problems.size();
        if (ranges.size() > 2) {
            problems.add("TooManyCidrs", path, ranges, "use one range, or one of each family");
        } else if (families(ranges).stream().distinct().count() < ranges.size()) {
            problems.add("CidrFamilyDuplicate", path + "[1]", ranges.get(1), "use one range, or one of each family");
        }
        return problems.size() == before;
    }

    private static void serviceSizes(TenantControlPlane tenant, Problems problems) {
        List<Cidr> ranges = tenant.networkProfile().serviceCidrs();
        for (int i = 0; i < ranges.size(); i++) {
            Cidr range = ranges.get(i);
            boolean dnsChosen = tenant.networkProfile().dnsServiceIps().stream().anyMatch(range::contains);
            int least = dnsChosen ? MIN_SERVICE_HOST_BITS : MIN_SERVICE_HOST_BITS_WITH_DNS;
            int bits = range.prefixLength() + range.hostBits();
            String path = SERVICES + "[" + i + "]";
            if (keepsBits(tenant) && range.hostBits() > MAX_SERVICE_HOST_BITS) {
                problems.add("CidrTooLarge", path, range, "use a length of at least " + (bits - MAX_SERVICE_HOST_BITS));
            } else if (range.hostBits() < least) {
                problems.add(
                        "CidrTooSmall",
                        path,
                        range,
                        "use a length of at most " + (bits - least) + ", for the addresses of kubernetes and DNS");
            }
        }
    }

    /** Since 1.34 addresses are objects, and a range may be of any size, unless the old way is kept too. */
    private static boolean keepsBits(TenantControlPlane tenant) {
        Map<String, Boolean> gates = tenant.kubernetes().featureGates();
        return tenant.kubernetesVersion().minor() <= LAST_MINOR_WITH_BITS
                && !(gates.getOrDefault("MultiCIDRServiceAllocator", true)
                        && gates.getOrDefault("DisableAllocatorDualWrite", true));
    }

    private static void podSizes(TenantControlPlane tenant, Problems problems) {
        List<Cidr> ranges = tenant.networkProfile().podCidrs();
        for (int i = 0; i < ranges.size(); i++) {
            Cidr range = ranges.get(i);
            int nodeMask = nodeMask(tenant, range.isIpv4());
            String path = PODS + "[" + i + "]";
            if (range.prefixLength() > nodeMask) {
                problems.add(
                        "CidrTooSmall",
                        path,
                        range,
                        "use a length of at most " + nodeMask + ", which each node gets a range of");
            } else if (!range.isIpv4() && nodeMask - range.prefixLength() > MAX_NODE_BITS) {
                problems.add(
                        "CidrTooLarge",
                        path,
                        range,
                        "use a length of at least " + (nodeMask - MAX_NODE_BITS) + ": nodes get ranges of length "
                                + nodeMask);
            }
        }
    }

    /** The length of a node's range, which a flag may change; {@link NodeRangeRules} has what is wrong with the flags. */
    private static int nodeMask(TenantControlPlane tenant, boolean ipv4) {
        Map<String, String> flags = tenant.controlPlane().controllerManager().extraArgs();
        return Optional.ofNullable(flags.get("node-cidr-mask-size-" + (ipv4 ? "ipv4" : "ipv6")))
                .or(() -> Optional.ofNullable(flags.get("node-cidr-mask-size"))
                        .filter(text -> tenant.networkProfile().podCidrs().size() == 1))
                .filter(text -> text.matches("[1-9]\\d{0,2}"))
                .map(Integer::valueOf)
                .filter(length -> length <= (ipv4 ? Integer.SIZE : 4 * Integer.SIZE))
                .orElse(ipv4 ? NODE_MASK_IPV4 : NODE_MASK_IPV6);
    }

    private static void places(TenantControlPlane tenant, Problems problems) {
        Map<String, List<Cidr>> all = Map.of(
                SERVICES, tenant.networkProfile().serviceCidrs(),
                PODS, tenant.networkProfile().podCidrs());
        for (String path : List.of(SERVICES, PODS)) {
            List<Cidr> ranges = all.getOrDefault(path, List.of());
            for (int i = 0; i < ranges.size(); i++) {
                IpAddress first = ranges.get(i).network();
                if (first.isLoopback() || first.isMulticast() || first.isUnspecified()) {
                    problems.add(
                            "CidrForbidden",
                            path + "[" + i + "]",
                            ranges.get(i),
                            "use a range of addresses that are each of one machine, for example a private one");
                }
            }
        }
    }

    private static void overlaps(TenantControlPlane tenant, Problems problems) {
        List<Cidr> pods = tenant.networkProfile().podCidrs();
        for (int i = 0; i < pods.size(); i++) {
            Cidr pod = pods.get(i);
            for (Cidr service : tenant.networkProfile().serviceCidrs()) {
                if (pod.overlaps(service)) {
                    problems.add(
                            "CidrOverlap",
                            PODS + "[" + i + "]",
                            pod,
                            "use a range apart from " + service + " of serviceCidrs");
                }
            }
        }
    }

    private static void dnsAddresses(TenantControlPlane tenant, Problems problems) {
        List<IpAddress> addresses = tenant.networkProfile().dnsServiceIps();
        Set<Boolean> families = new HashSet<>();
        for (int i = 0; i < addresses.size(); i++) {
            IpAddress address = addresses.get(i);
            String path = DNS + "[" + i + "]";
            if (!families.add(address.isIpv4())) {
                problems.add("DnsAddressFamilyDuplicate", path, address, "use one address of each family");
            }
            dnsAddress(tenant.networkProfile().serviceCidrs(), address, path, problems);
        }
    }

    private static void dnsAddress(List<Cidr> services, IpAddress address, String path, Problems problems) {
        List<Cidr> sameFamily = services.stream()
                .filter(range -> range.isIpv4() == address.isIpv4())
                .toList();
        Optional<Cidr> range =
                sameFamily.stream().filter(each -> each.contains(address)).findFirst();
        if (sameFamily.isEmpty()) {
            problems.add(
                    "DnsAddressWithoutRange",
                    path,
                    address,
                    "leave it out, or add an " + family(address.isIpv4()) + " range to serviceCidrs");
        } else if (range.isEmpty()) {
            problems.add("DnsAddressOutOfRange", path, address, "use an address of " + sameFamily.get(0));
        } else if (isReserved(range.get(), address)) {
            problems.add(
                    "DnsAddressReserved",
                    path,
                    address,
                    "use another: the first and the last address of a range have no owner, the second is kubernetes'");
        }
    }

    private static boolean isReserved(Cidr range, IpAddress address) {
        if (range.hostBits() == 0) {
            return true;
        }
        boolean last = range.isIpv4()
                && range.hostBits() < Integer.SIZE
                && address.equals(range.address((1L << range.hostBits()) - 1));
        return address.equals(range.network()) || address.equals(range.address(1)) || last;
    }
}
