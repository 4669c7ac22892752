package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.Component;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The flags that users cannot set, because the description has a field for them, or because they keep tenants apart.
 * Everything else is the user's, also where hcp has a default of its own.
 */
final class ManagedFlags {
    private static final String ISOLATION = "leave it out: hcp sets it to keep tenants apart";
    private static final String ENDS = "leave it out: with it the program ends at once";
    private static final String ADDRESS = field("spec.networkProfile.address");
    private static final String GATES = field("spec.kubernetes.featureGates");
    private static final String VERSION = field("spec.kubernetes.version");
    private static final String PODS = field("spec.networkProfile.podCidrs");
    private static final String SERVICES = field("spec.networkProfile.serviceCidrs");
    private static final String PLUGINS = field("spec.kubernetes.admissionPlugins");
    private static final String JWT = field("spec.kubernetes.authentication.jwt");
    private static final String AUDIT = field("spec.kubernetes.auditPolicy");
    private static final String ENCRYPTION = field("spec.kubernetes.encryptionAtRest");

    private static final Map<Component, Map<String, String>> REMEDIES = remedies();

    private ManagedFlags() {}

    /**
     * Finds out why a flag cannot be set.
     *
     * @param component whose flag
     * @param flag its name without dashes
     * @return what to do instead; nothing for a flag that users may set
     */
    static Optional<String> remedy(Component component, String flag) {
        Map<String, String> managed = REMEDIES.getOrDefault(component, Map.of());
        @Nullable String exact = managed.get(flag);
        if (exact != null) {
            return Optional.of(exact);
        }
        return managed.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("*"))
                .filter(entry -> flag.startsWith(
                        entry.getKey().substring(0, entry.getKey().length() - 1)))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String field(String path) {
        return "use the field " + path;
    }

    private static Map<Component, Map<String, String>> remedies() {
        Map<Component, Map<String, String>> remedies = new EnumMap<>(Component.class);
        remedies.put(Component.ETCD, etcd());
        remedies.put(Component.KUBE_APISERVER, apiServer());
        remedies.put(Component.KUBE_CONTROLLER_MANAGER, controllerManager());
        remedies.put(Component.KUBE_SCHEDULER, scheduler());
        return remedies;
    }

    /** What all programs of Kubernetes have. */
    private static Map<String, String> common() {
        Map<String, String> flags = new TreeMap<>();
        put(flags, ENDS, "help", "version");
        put(flags, GATES, "feature-gates");
        put(flags, VERSION, "emulated-version", "min-compatibility-version");
        put(flags, ADDRESS, "bind-address");
        put(flags, ISOLATION, "secure-port", "permit-address-sharing", "permit-port-sharing");
        put(flags, ISOLATION, "cert-dir", "tls-cert-file", "tls-private-key-file", "tls-sni-cert-key");
        put(flags, ISOLATION, "client-ca-file", "requestheader-*");
        return flags;
    }

    private static Map<String, String> apiServer() {
        Map<String, String> flags = common();
        put(flags, field("spec.networkProfile.port"), "secure-port");
        put(flags, ADDRESS, "advertise-address");
        put(flags, SERVICES, "service-cluster-ip-range");
        put(flags, PLUGINS, "enable-admission-plugins", "disable-admission-plugins", "admission-control");
        put(flags, JWT, "authentication-config", "oidc-*");
        put(flags, AUDIT, "audit-policy-file", "audit-log-path");
        put(flags, ENCRYPTION, "encryption-provider-config", "encryption-provider-config-automatic-reload");
        put(flags, VERSION, "emulation-forward-compatible", "runtime-config-emulation-forward-compatible");
        put(flags, ISOLATION, "etcd-servers*", "etcd-cafile", "etcd-certfile", "etcd-keyfile", "etcd-prefix");
        put(flags, ISOLATION, "storage-backend", "endpoint-reconciler-type", "egress-selector-config-file", "peer-*");
        put(flags, ISOLATION, "kubelet-client-*", "kubelet-certificate-authority", "proxy-client-*");
        put(flags, ISOLATION, "service-account-issuer", "service-account-jwks-uri", "service-account-lookup");
        put(flags, ISOLATION, "service-account-key-file", "service-account-signing-*");
        put(flags, "leave it out: hcp needs the modes Node and RBAC", "authorization-*");
        put(
                flags,
                "leave it out: such passwords cannot be revoked; ask for a kubeconfig, or use the field "
                        + "spec.kubernetes.authentication.jwt",
                "token-auth-file");
        return flags;
    }

    private static Map<String, String> controllerManager() {
        Map<String, String> flags = client();
        put(flags, PODS, "cluster-cidr", "allocate-node-cidrs");
        put(flags, SERVICES, "service-cluster-ip-range");
        put(flags, ISOLATION, "cluster-name", "root-ca-file", "service-account-private-key-file");
        put(flags, ISOLATION, "use-service-account-credentials");
        put(flags, ISOLATION, "cluster-signing-cert-file", "cluster-signing-key-file");
        put(flags, ISOLATION, "cluster-signing-kube-apiserver-client-*", "cluster-signing-kubelet-*");
        put(flags, ISOLATION, "cluster-signing-legacy-unknown-*");
        return flags;
    }

    private static Map<String, String> scheduler() {
        Map<String, String> flags = client();
        put(flags, "leave it out: such a file would replace the connection to the tenant's API server", "config");
        put(flags, ENDS, "write-config-to");
        return flags;
    }

    /** The programs that are clients of the API server, one of which works at a time. */
    private static Map<String, String> client() {
        Map<String, String> flags = common();
        put(flags, ISOLATION, "kubeconfig", "master", "authentication-kubeconfig", "authorization-kubeconfig");
        put(flags, "leave it out: hcp decides which of the replicas works", "leader-elect*");
        return flags;
    }

    private static Map<String, String> etcd() {
        Map<String, String> flags = new TreeMap<>();
        put(flags, ENDS, "help", "version");
        put(flags, field("spec.dataStore.etcd.quotaBackendBytes"), "quota-backend-bytes");
        put(flags, field("spec.dataStore.etcd.heartbeatInterval"), "heartbeat-interval");
        put(flags, field("spec.dataStore.etcd.electionTimeout"), "election-timeout");
        put(flags, field("spec.dataStore.etcd.snapshotCount"), "snapshot-count");
        put(flags, "leave it out: hcp sets what the version needs", "feature-gates");
        put(flags, ISOLATION, "name", "data-dir", "wal-dir", "config-file", "socket-reuse-*");
        put(flags, ISOLATION, "listen-*", "advertise-*", "initial-*", "discovery*", "force-new-cluster");
        put(flags, ISOLATION, "cert-file", "key-file", "trusted-ca-file", "auto-tls", "client-*", "peer-*");
        put(flags, ISOLATION, "experimental-peer-*");
        put(flags, "leave it out: hcp keeps the log of each component in a place of its own", "log-outputs");
        return flags;
    }

    private static void put(Map<String, String> flags, String remedy, String... names) {
        for (String name : names) {
            flags.put(name, remedy);
        }
    }
}
