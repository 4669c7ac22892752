package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.NetworkProfile;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Documents;
import io.hcp.core.internal.spec.form.Problems;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What the local backend cannot do. Whether an address is one of this machine is not asked: the rules are pure. */
public final class LocalRules {
    /** The rules. */
    public static final List<Rule> ALL = List.of(
            LocalRules::network, FamilyRule::check, LocalRules::replicas, LocalRules::election, LocalRules::pods);

    private static final String CODE = "NotSupportedByBackend";
    private static final String PATH = "spec.networkProfile.";
    private static final String NO_SERVICE = "leave it out: local control planes are processes and need no Service";
    private static final Pattern POD_FIELDS =
            Pattern.compile("^spec\\.(controlPlane\\.(pods|registrySettings|startupTimeout)"
                    + "|(controlPlane\\.\\w+|dataStore\\.etcd)\\.resources\\."
                    + "|dataStore\\.etcd\\.(storage|pods)\\."
                    + "|networkProfile\\.service(Labels|Annotations))");
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

    private static void replicas(TenantControlPlane tenant, Problems problems) {
        tenant.controlPlane().replicas().stream()
                .filter(count -> count > 1)
                .forEach(count -> problems.add(
                        CODE, "spec.controlPlane.replicas", count, "use 1: a local control plane is on one machine"));
    }

    /** What only pods have, whichever of its fields is set. */
    private static void pods(TenantControlPlane tenant, Problems problems) {
        Documents.values(tenant).forEach((path, value) -> {
            if (POD_FIELDS.matcher(path).find()) {
                problems.add(CODE, path, value, "leave it out: local control planes are processes, not pods");
            }
        });
        tenant.dataStore().etcd().members().stream()
                .filter(count -> count > 1)
                .forEach(count -> problems.add(
                        CODE, "spec.dataStore.etcd.members", count, "use 1: a local control plane is on one machine"));
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
