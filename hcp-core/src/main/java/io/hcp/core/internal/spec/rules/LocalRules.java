package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.Cidr;
import io.hcp.api.model.NetworkProfile;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Problems;
import java.time.Duration;
import java.util.List;

/** What the local backend cannot do. Whether an address is one of this machine is not asked: the rules are pure. */
public final class LocalRules {
    /** The rules. */
    public static final List<Rule> ALL =
            List.of(LocalRules::network, LocalRules::family, LocalRules::replicas, LocalRules::election);

    private static final String CODE = "NotSupportedByBackend";
    private static final String PATH = "spec.networkProfile.";
    private static final String NO_SERVICE = "leave it out: local control planes are processes and need no Service";
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;
    private static final Duration LONGEST_ELECTION = Duration.ofSeconds(10);

    private LocalRules() {}

    private static void network(TenantControlPlane tenant, Problems problems) {
        NetworkProfile network = tenant.networkProfile();
        network.exposure().ifPresent(exposure -> problems.add(CODE, PATH + "exposure", exposure, NO_SERVICE));
        network.loadBalancerClass().ifPresent(name -> problems.add(CODE, PATH + "loadBalancerClass", name, NO_SERVICE));
        if (!network.loadBalancerSourceRanges().isEmpty()) {
            problems.add(CODE, PATH + "loadBalancerSourceRanges", network.loadBalancerSourceRanges(), NO_SERVICE);
        }
        network.port()
                .filter(port -> port.number() < FIRST_UNPRIVILEGED_PORT)
                .ifPresent(port -> problems.add(
                        CODE, PATH + "port", port, "use a port from " + FIRST_UNPRIVILEGED_PORT + " to 65535"));
    }

    /** kube-apiserver registers its address as endpoint of its own Service, unless it is a loopback address. */
    private static void family(TenantControlPlane tenant, Problems problems) {
        List<Cidr> services = tenant.networkProfile().serviceCidrs();
        tenant.networkProfile()
                .address()
                .filter(address -> !address.isLoopback() && !services.isEmpty())
                .filter(address -> address.isIpv4() != services.get(0).isIpv4())
                .ifPresent(address -> problems.add(
                        "AddressFamilyMismatch",
                        PATH + "address",
                        address,
                        "use an address of the family of " + services.get(0) + ", where Services have theirs"));
    }

    private static void replicas(TenantControlPlane tenant, Problems problems) {
        tenant.controlPlane().replicas().stream()
                .filter(count -> count > 1)
                .forEach(count -> problems.add(
                        CODE, "spec.controlPlane.replicas", count, "use 1: a local control plane is on one machine"));
    }

    private static void election(TenantControlPlane tenant, Problems problems) {
        tenant.dataStore()
                .etcd()
                .electionTimeout()
                .filter(timeout -> timeout.compareTo(LONGEST_ELECTION) > 0)
                .ifPresent(timeout -> problems.add(
                        CODE,
                        "spec.dataStore.etcd.electionTimeout",
                        timeout,
                        "use at most 10s: a single member elects itself only after this time"));
    }
}
