package io.hcp.core.internal.blueprint;

import io.hcp.api.model.AdmissionPlugins;
import io.hcp.api.model.Component;
import io.hcp.api.model.KubernetesProfile;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** kube-apiserver. */
final class ApiServerBlueprint {
    /** Without it a kubelet could change the objects of other nodes. */
    private static final String NODE_RESTRICTION = "NodeRestriction";

    private final BlueprintInput input;
    private final TenantLayout layout;
    private final Flags flags = new Flags();
    private final Map<Path, ConfigFile> files = new TreeMap<>();

    private ApiServerBlueprint(BlueprintInput input) {
        this.input = input;
        this.layout = input.layout();
    }

    static ComponentBlueprint of(BlueprintInput input) {
        return new ApiServerBlueprint(input).draw();
    }

    private ComponentBlueprint draw() {
        flags.set("bind-address", input.listens(Component.KUBE_APISERVER))
                .set("secure-port", input.ports().apiServer())
                .credential("tls-cert-file", "tls-private-key-file", layout, "apiserver")
                .set("allow-privileged", "true")
                .set("authorization-mode", "Node,RBAC")
                .set("feature-gates", input.featureGates(Component.KUBE_APISERVER))
                .list(
                        "service-cluster-ip-range",
                        input.tenant().networkProfile().serviceCidrs());
        authenticate();
        connect();
        admit();
        extend();
        flags.add(input.placed(Component.KUBE_APISERVER))
                .add(input.tenant().controlPlane().apiServer().extraArgs());
        HealthCheck health = input.health(Component.KUBE_APISERVER, "/livez", "/readyz");
        return new ComponentBlueprint(
                Component.KUBE_APISERVER, input.version(), flags.values(), new TreeMap<>(files), health);
    }

    /** How the API server knows who asks. */
    private void authenticate() {
        flags.file("client-ca-file", layout.trustBundle("ca"))
                .set("enable-bootstrap-token-auth", "true")
                .set("requestheader-allowed-names", "front-proxy-client")
                .file("requestheader-client-ca-file", layout.trustBundle("front-proxy-ca"))
                .set("requestheader-extra-headers-prefix", "X-Remote-Extra-")
                .set("requestheader-group-headers", "X-Remote-Group")
                .set("requestheader-username-headers", "X-Remote-User")
                .set("service-account-issuer", "https://kubernetes.default.svc." + input.clusterDomain())
                .file("service-account-key-file", layout.serviceAccountPublicKeys())
                .file("service-account-signing-key-file", layout.key("sa"));
        KubernetesProfile kubernetes = input.tenant().kubernetes();
        if (!kubernetes.jwtIssuers().isEmpty()) {
            give(
                    "authentication-config",
                    "authentication.yaml",
                    StructuredFiles.authentication(kubernetes.jwtIssuers()));
        }
    }

    /** Whom the API server asks, and as whom. */
    private void connect() {
        flags.file("etcd-cafile", layout.trustBundle("etcd/ca"))
                .credential("etcd-certfile", "etcd-keyfile", layout, "apiserver-etcd-client")
                .credential("kubelet-client-certificate", "kubelet-client-key", layout, "apiserver-kubelet-client")
                .set("kubelet-preferred-address-types", "InternalIP,ExternalIP,Hostname")
                .credential("proxy-client-cert-file", "proxy-client-key-file", layout, "front-proxy-client");
    }

    private void admit() {
        AdmissionPlugins plugins = input.tenant().kubernetes().admissionPlugins();
        SortedSet<String> enabled = new TreeSet<>(plugins.enabled());
        enabled.add(NODE_RESTRICTION);
        flags.list("enable-admission-plugins", enabled)
                .list("disable-admission-plugins", new TreeSet<>(plugins.disabled()));
    }

    /** Audit log and encryption. */
    private void extend() {
        KubernetesProfile kubernetes = input.tenant().kubernetes();
        kubernetes
                .auditPolicy()
                .ifPresent(policy -> give("audit-policy-file", "audit-policy.yaml", StructuredFiles.audit(policy)));
        if (!input.encryption().keys().isEmpty()) {
            give(
                    "encryption-provider-config",
                    "encryption.yaml",
                    StructuredFiles.encryption(kubernetes.encryptionAtRest(), input.encryption()));
        }
    }

    private void give(String flag, String name, ConfigFile content) {
        Path file = layout.config(name);
        flags.file(flag, file);
        files.put(file, content);
    }
}
