package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.ComponentProfile;
import io.hcp.api.model.ControlPlaneProfile;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Problems;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the kubernetes backend cannot do. What the under cluster has, for example an address to give, is not asked: the
 * rules are pure.
 */
public final class ClusterRules {
    /** The rules. */
    public static final List<Rule> ALL = List.of(
            ClusterRules::name,
            ClusterRules::address,
            FamilyRule::check,
            ClusterRules::ending,
            ClusterRules::audit,
            ClusterRules::probes);

    private static final String CODE = "NotSupportedByBackend";
    private static final String ALWAYS_ALLOWED = "authorization-always-allow-paths";

    /** A Service is called like the tenant, and names of Services are stricter than others. */
    private static final Pattern SERVICE_NAME = Pattern.compile("[a-z].*");

    private static final String NAMESPACES_OWN = "default";
    private static final String DATASTORE = "-etcd";

    private static final Set<String> ENDING = Set.of(
            "shutdown-delay-duration",
            "shutdown-send-retry-after",
            "shutdown-watch-termination-grace-period",
            "request-timeout");

    private ClusterRules() {}

    private static void name(TenantControlPlane tenant, Problems problems) {
        if (!tenant.name().isEmpty() && !SERVICE_NAME.matcher(tenant.name()).matches()) {
            problems.add(
                    CODE,
                    "metadata.name",
                    tenant.name(),
                    "begin with a letter: the tenant's Service has this name, and Services demand it");
        }
        if (tenant.name().equals(NAMESPACES_OWN) || tenant.name().endsWith(DATASTORE)) {
            problems.add(
                    CODE,
                    "metadata.name",
                    tenant.name(),
                    "take another one: \"default\" is the namespace's own ServiceAccount, and with \"-etcd\" ends what"
                            + " belongs to the datastore of another tenant");
        }
    }

    private static void address(TenantControlPlane tenant, Problems problems) {
        tenant.networkProfile()
                .address()
                .filter(IpAddress::isLoopback)
                .ifPresent(address -> problems.add(
                        CODE,
                        "spec.networkProfile.address",
                        address,
                        "leave it out, or use an address that nodes reach"));
    }

    /** How a pod ends fits together, from its Service's endpoints to its grace period: see the rendering of its probes. */
    private static void ending(TenantControlPlane tenant, Problems problems) {
        refused(
                "apiServer",
                tenant.controlPlane().apiServer(),
                ENDING::contains,
                "leave it out: it is set so that no request is lost when a pod ends",
                problems);
    }

    /** The log is the container's output, which the under cluster collects and rotates. */
    private static void audit(TenantControlPlane tenant, Problems problems) {
        refused(
                "apiServer",
                tenant.controlPlane().apiServer(),
                flag -> flag.startsWith("audit-log-max") || flag.equals("audit-log-compress"),
                "leave it out: the audit log is the container's output, which the under cluster rotates",
                problems);
    }

    /** The kubelet has no certificate of the tenant, and asks for health without one. */
    private static void probes(TenantControlPlane tenant, Problems problems) {
        String remedy = "leave it out: the kubelet asks for health without a certificate";
        ControlPlaneProfile profile = tenant.controlPlane();
        refused("apiServer", profile.apiServer(), "anonymous-auth"::equals, remedy, problems);
        refused("controllerManager", profile.controllerManager(), ALWAYS_ALLOWED::equals, remedy, problems);
        refused("scheduler", profile.scheduler(), ALWAYS_ALLOWED::equals, remedy, problems);
    }

    private static void refused(
            String component, ComponentProfile profile, Predicate<String> flags, String remedy, Problems problems) {
        new TreeMap<>(profile.extraArgs())
                .keySet().stream()
                        .filter(flags)
                        .forEach(flag -> problems.add(
                                CODE, "spec.controlPlane." + component + ".extraArgs[" + flag + "]", flag, remedy));
    }
}
