package io.hcp.core.internal.blueprint;

import static java.util.Map.entry;

import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.catalog.Release;
import io.hcp.pki.Authority;
import io.hcp.pki.Kubeconfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What one tenant's control plane consists of when it runs as processes of one machine.
 *
 * @param components in the order in which they start
 * @see <a href="https://kubernetes.io/docs/reference/setup-tools/kubeadm/implementation-details/">kubeadm implementation
 *     details</a>, from which the flags are taken unless a comment says otherwise
 */
public record Blueprint(Map<Component, ComponentBlueprint> components) {
    /** The only address that components listen on. */
    public static final String ADDRESS = "127.0.0.1";

    /** The first address of {@link #SERVICE_CIDR}, which the API server takes for itself. */
    public static final String KUBERNETES_SERVICE_IP = "10.96.0.1";

    private static final String SERVICE_CIDR = "10.96.0.0/12";
    private static final String SERVICE_ACCOUNT_ISSUER = "https://kubernetes.default.svc.cluster.local";

    /** Copies the map, keeping nothing of the caller's. */
    public Blueprint {
        components = Collections.unmodifiableMap(new EnumMap<>(components));
    }

    /**
     * Draws up a control plane.
     *
     * @param tenant the description
     * @param release what its minor is made of
     * @param ports where its components listen
     * @param layout where its files are
     * @return the blueprint
     */
    public static Blueprint of(TenantControlPlane tenant, Release release, Ports ports, TenantLayout layout) {
        String version = tenant.kubernetesVersion().toString();
        Map<Component, ComponentBlueprint> components = new EnumMap<>(Component.class);
        components.put(Component.ETCD, etcd(release.etcdVersion(), ports, layout));
        components.put(Component.KUBE_APISERVER, apiServer(version, ports, layout));
        components.put(Component.KUBE_CONTROLLER_MANAGER, controllerManager(version, ports, layout));
        components.put(Component.KUBE_SCHEDULER, scheduler(version, ports, layout));
        return new Blueprint(components);
    }

    /**
     * Returns one component.
     *
     * @param component which one
     * @return its blueprint
     */
    public ComponentBlueprint of(Component component) {
        return Objects.requireNonNull(components.get(component), component::binaryName);
    }

    private static ComponentBlueprint etcd(String version, Ports ports, TenantLayout layout) {
        String client = "https://" + ADDRESS + ":" + ports.etcdClient();
        String peer = "https://" + ADDRESS + ":" + ports.etcdPeer();
        String ca = layout.certificate("etcd/ca").toString();
        Map<String, String> flags = Map.ofEntries(
                entry("name", "etcd-0"),
                entry("data-dir", layout.etcdData().toString()),
                entry("listen-client-urls", client),
                entry("advertise-client-urls", client),
                entry("listen-peer-urls", peer),
                entry("initial-advertise-peer-urls", peer),
                entry("initial-cluster", "etcd-0=" + peer),
                entry("client-cert-auth", "true"),
                entry("trusted-ca-file", ca),
                entry("cert-file", layout.certificate("etcd/server").toString()),
                entry("key-file", layout.key("etcd/server").toString()),
                entry("peer-client-cert-auth", "true"),
                entry("peer-trusted-ca-file", ca),
                entry("peer-cert-file", layout.certificate("etcd/peer").toString()),
                entry("peer-key-file", layout.key("etcd/peer").toString()),
                entry("feature-gates", "InitialCorruptCheck=true"),
                entry("watch-progress-notify-interval", "5s"));
        HealthCheck health = new HealthCheck(ports.etcdClient(), "/readyz", "/readyz", Authority.ETCD);
        return component(Component.ETCD, version, flags, Map.of(), health);
    }

    private static ComponentBlueprint apiServer(String version, Ports ports, TenantLayout layout) {
        Map<String, String> flags = new TreeMap<>(Map.ofEntries(
                // One machine, no nodes yet: loopback is no valid endpoint of kubernetes.default, so none is written.
                entry("advertise-address", ADDRESS),
                entry("bind-address", ADDRESS),
                entry("endpoint-reconciler-type", "none"),
                entry("secure-port", Integer.toString(ports.apiServer())),
                entry("tls-cert-file", layout.certificate("apiserver").toString()),
                entry("tls-private-key-file", layout.key("apiserver").toString()),
                entry("allow-privileged", "true"),
                entry("authorization-mode", "Node,RBAC"),
                entry("enable-admission-plugins", "NodeRestriction"),
                entry("service-cluster-ip-range", SERVICE_CIDR)));
        flags.putAll(apiServerAuthentication(layout));
        flags.putAll(apiServerConnections(ports, layout));
        HealthCheck health = new HealthCheck(ports.apiServer(), "/livez", "/readyz", Authority.CLUSTER);
        return component(Component.KUBE_APISERVER, version, flags, Map.of(), health);
    }

    /** How the API server knows who asks. */
    private static Map<String, String> apiServerAuthentication(TenantLayout layout) {
        String frontProxyAuthority = layout.certificate("front-proxy-ca").toString();
        return Map.ofEntries(
                entry("client-ca-file", layout.certificate("ca").toString()),
                entry("enable-bootstrap-token-auth", "true"),
                entry("requestheader-allowed-names", "front-proxy-client"),
                entry("requestheader-client-ca-file", frontProxyAuthority),
                entry("requestheader-extra-headers-prefix", "X-Remote-Extra-"),
                entry("requestheader-group-headers", "X-Remote-Group"),
                entry("requestheader-username-headers", "X-Remote-User"),
                entry("service-account-issuer", SERVICE_ACCOUNT_ISSUER),
                entry("service-account-key-file", layout.pki().resolve("sa.pub").toString()),
                entry("service-account-signing-key-file", layout.key("sa").toString()));
    }

    /** Whom the API server asks, and as whom. */
    private static Map<String, String> apiServerConnections(Ports ports, TenantLayout layout) {
        String etcdClient = "apiserver-etcd-client";
        String kubeletClient = "apiserver-kubelet-client";
        String proxyClient = "front-proxy-client";
        return Map.ofEntries(
                entry("etcd-servers", "https://" + ADDRESS + ":" + ports.etcdClient()),
                entry("etcd-cafile", layout.certificate("etcd/ca").toString()),
                entry("etcd-certfile", layout.certificate(etcdClient).toString()),
                entry("etcd-keyfile", layout.key(etcdClient).toString()),
                entry(
                        "kubelet-client-certificate",
                        layout.certificate(kubeletClient).toString()),
                entry("kubelet-client-key", layout.key(kubeletClient).toString()),
                entry("kubelet-preferred-address-types", "InternalIP,ExternalIP,Hostname"),
                entry("proxy-client-cert-file", layout.certificate(proxyClient).toString()),
                entry("proxy-client-key-file", layout.key(proxyClient).toString()));
    }

    private static ComponentBlueprint controllerManager(String version, Ports ports, TenantLayout layout) {
        String kubeconfig = layout.kubeconfig(Component.KUBE_CONTROLLER_MANAGER).toString();
        Map<String, String> flags = Map.ofEntries(
                entry("kubeconfig", kubeconfig),
                entry("authentication-kubeconfig", kubeconfig),
                entry("authorization-kubeconfig", kubeconfig),
                entry("bind-address", ADDRESS),
                entry("secure-port", Integer.toString(ports.controllerManager())),
                entry(
                        "tls-cert-file",
                        layout.certificate("controller-manager-server").toString()),
                entry(
                        "tls-private-key-file",
                        layout.key("controller-manager-server").toString()),
                entry("client-ca-file", layout.certificate("ca").toString()),
                entry(
                        "requestheader-client-ca-file",
                        layout.certificate("front-proxy-ca").toString()),
                entry("root-ca-file", layout.certificate("ca").toString()),
                entry("cluster-name", "kubernetes"),
                entry("cluster-signing-cert-file", layout.certificate("ca").toString()),
                entry("cluster-signing-key-file", layout.key("ca").toString()),
                entry("service-account-private-key-file", layout.key("sa").toString()),
                entry("use-service-account-credentials", "true"),
                entry("controllers", "*,bootstrapsigner,tokencleaner"),
                // One replica by construction: a lease would only delay every restart by its duration.
                entry("leader-elect", "false"),
                // See docs/design/003: the default of 20 requests a second delays readiness by 4 s at every start.
                entry("kube-api-qps", "200"),
                entry("kube-api-burst", "400"));
        HealthCheck health = new HealthCheck(ports.controllerManager(), "/healthz", "/healthz", Authority.CLUSTER);
        return component(
                Component.KUBE_CONTROLLER_MANAGER,
                version,
                flags,
                kubeconfig(Component.KUBE_CONTROLLER_MANAGER, "controller-manager", ports, layout),
                health);
    }

    private static ComponentBlueprint scheduler(String version, Ports ports, TenantLayout layout) {
        String kubeconfig = layout.kubeconfig(Component.KUBE_SCHEDULER).toString();
        Map<String, String> flags = Map.ofEntries(
                entry("kubeconfig", kubeconfig),
                entry("authentication-kubeconfig", kubeconfig),
                entry("authorization-kubeconfig", kubeconfig),
                entry("bind-address", ADDRESS),
                entry("secure-port", Integer.toString(ports.scheduler())),
                entry("tls-cert-file", layout.certificate("scheduler-server").toString()),
                entry("tls-private-key-file", layout.key("scheduler-server").toString()),
                entry("leader-elect", "false"));
        HealthCheck health = new HealthCheck(ports.scheduler(), "/healthz", "/readyz", Authority.CLUSTER);
        return component(
                Component.KUBE_SCHEDULER,
                version,
                flags,
                kubeconfig(Component.KUBE_SCHEDULER, "scheduler", ports, layout),
                health);
    }

    private static ComponentBlueprint component(
            Component component,
            String version,
            Map<String, String> flags,
            Map<Path, String> files,
            HealthCheck health) {
        return new ComponentBlueprint(component, version, new TreeMap<>(flags), new TreeMap<>(files), health);
    }

    private static Map<Path, String> kubeconfig(Component component, String leaf, Ports ports, TenantLayout layout) {
        String content = Kubeconfig.referencing(
                component.binaryName(),
                apiServer(ports),
                layout.certificate("ca"),
                layout.certificate(leaf),
                layout.key(leaf));
        return Map.of(layout.kubeconfig(component), content);
    }

    /**
     * Returns the address of the API server.
     *
     * @param ports where components listen
     * @return for example {@code https://127.0.0.1:20003}
     */
    public static URI apiServer(Ports ports) {
        return URI.create("https://" + ADDRESS + ":" + ports.apiServer());
    }
}
