package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.Cidr;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.NetworkProfile;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Problems;
import java.util.List;
import java.util.TreeSet;

/** Rules of where a control plane is reached. Ranges of addresses have their own, see {@link RangeRules}. */
public final class NetworkRules {
    /** The rules. */
    public static final List<Rule> ALL = List.of(
            NetworkRules::address, NetworkRules::loadBalancer, NetworkRules::certSans, NetworkRules::clusterDomain);

    private static final String PATH = "spec.networkProfile.";
    private static final int MAX_SOURCE_RANGES = 256;
    private static final IpAddress BROADCAST = IpAddress.parse("255.255.255.255");

    /** The longest name that has the cluster's domain as its end and is in the certificate of the API server. */
    private static final String LONGEST_NAME = "kubernetes.default.svc.";

    private NetworkRules() {}

    private static void address(TenantControlPlane tenant, Problems problems) {
        NetworkProfile network = tenant.networkProfile();
        network.address().ifPresent(address -> {
            if (isNoMachine(address)) {
                problems.add("AddressForbidden", PATH + "address", address, "use the address of one machine");
            }
            // The under cluster gives this one from its own range for Services, which has the same default as the
            // tenant's.
            boolean given =
                    network.exposure().filter(ExposureType.CLUSTER_IP::equals).isPresent();
            List.of(given ? List.<Cidr>of() : network.serviceCidrs(), network.podCidrs())
                    .forEach(ranges -> ranges.stream()
                            .filter(range -> range.contains(address))
                            .forEach(range -> problems.add(
                                    "AddressInCidr",
                                    PATH + "address",
                                    address,
                                    "use an address outside of " + range + ", which is for Services or pods")));
        });
    }

    private static boolean isNoMachine(IpAddress address) {
        return address.isUnspecified() || address.isMulticast() || address.equals(BROADCAST);
    }

    private static void loadBalancer(TenantControlPlane tenant, Problems problems) {
        NetworkProfile network = tenant.networkProfile();
        String remedy = "leave it out, or set exposure to LoadBalancer";
        boolean applies =
                network.exposure().filter(ExposureType.LOAD_BALANCER::equals).isPresent();
        network.loadBalancerClass().ifPresent(name -> {
            if (!applies) {
                problems.add("LoadBalancerOnly", PATH + "loadBalancerClass", name, remedy);
            }
            if (!Names.isQualified(name)) {
                problems.add(
                        "LoadBalancerClassInvalid",
                        PATH + "loadBalancerClass",
                        name,
                        "write a name like a label key, for example example.com/internal");
            }
        });
        List<Cidr> ranges = network.loadBalancerSourceRanges();
        if (!applies && !ranges.isEmpty()) {
            problems.add("LoadBalancerOnly", PATH + "loadBalancerSourceRanges", ranges, remedy);
        }
        if (ranges.size() > MAX_SOURCE_RANGES) {
            problems.add(
                    "TooManyCidrs",
                    PATH + "loadBalancerSourceRanges",
                    ranges.size(),
                    "use at most " + MAX_SOURCE_RANGES + ": each is a rule on every node");
        }
    }

    private static void certSans(TenantControlPlane tenant, Problems problems) {
        for (String name : new TreeSet<>(tenant.networkProfile().certSans())) {
            boolean valid = IpAddress.isValid(name)
                    ? !isNoMachine(IpAddress.parse(name))
                    : Names.isDnsName(name.startsWith("*.") ? name.substring(2) : name);
            if (!valid) {
                problems.add(
                        "CertSanInvalid",
                        PATH + "certSANs",
                        name,
                        "use a lower-case DNS name, whose first label may be *, or the address of a machine");
            }
        }
    }

    private static void clusterDomain(TenantControlPlane tenant, Problems problems) {
        tenant.networkProfile()
                .clusterDomain()
                .filter(domain -> !Names.isDnsName(LONGEST_NAME + domain))
                .ifPresent(domain -> problems.add(
                        "ClusterDomainInvalid",
                        PATH + "clusterDomain",
                        domain,
                        "use a lower-case DNS name without a dot at its ends, for example cluster.local"));
    }
}
