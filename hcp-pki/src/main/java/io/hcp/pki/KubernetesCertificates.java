package io.hcp.pki;

import java.time.Duration;
import java.util.List;

/** The certificates of a Kubernetes control plane. Pure: the same names give the same definitions. */
public final class KubernetesCertificates {
    /** How long a leaf is valid: as long as kubeadm's. A longer life would outlast the yearly upgrade that renews it. */
    public static final Duration LEAF_VALIDITY = Duration.ofDays(365);

    /** How long an authority is valid: as long as kubeadm's. Replacing one reaches every node and every kubeconfig. */
    public static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);

    private static final String LOCALHOST = "localhost";
    private static final String LOOPBACK = "127.0.0.1";

    private KubernetesCertificates() {}

    /**
     * Returns what one control plane on one machine needs. Everything but the API server's own certificate also serves
     * {@code localhost} and {@code 127.0.0.1}.
     *
     * @param names by what names and addresses the API server is reached
     * @return every leaf, in the order of the documentation
     * @see <a href="https://kubernetes.io/docs/setup/best-practices/certificates/">PKI certificates and requirements</a>
     */
    public static List<LeafDefinition> definitions(ApiServerNames names) {
        return List.of(
                new LeafDefinition("apiserver", Authority.CLUSTER, apiServer(names)),
                // No group since kubeadm 1.36.1: RBAC binds the user, and system:masters cannot be revoked.
                client("apiserver-kubelet-client", Authority.CLUSTER, "kube-apiserver-kubelet-client"),
                client("apiserver-etcd-client", Authority.ETCD, "kube-apiserver-etcd-client"),
                client("front-proxy-client", Authority.FRONT_PROXY, "front-proxy-client"),
                etcd("etcd/server", names),
                etcd("etcd/peer", names),
                client("controller-manager", Authority.CLUSTER, "system:kube-controller-manager"),
                server("controller-manager-server", "kube-controller-manager", names),
                client("scheduler", Authority.CLUSTER, "system:kube-scheduler"),
                server("scheduler-server", "kube-scheduler", names));
    }

    private static CertificateTemplate apiServer(ApiServerNames names) {
        return CertificateTemplate.server("kube-apiserver", LEAF_VALIDITY)
                .withDnsNames(
                        "kubernetes",
                        "kubernetes.default",
                        "kubernetes.default.svc",
                        "kubernetes.default.svc.cluster.local")
                .withDnsNames(names.dnsNames())
                .withIpAddresses(names.ipAddresses());
    }

    private static LeafDefinition client(String path, Authority issuer, String user) {
        return new LeafDefinition(path, issuer, CertificateTemplate.client(user, LEAF_VALIDITY));
    }

    /** Both usages: etcd's gRPC gateway presents the server's certificate as a client, a member its peer's. */
    private static LeafDefinition etcd(String path, ApiServerNames names) {
        return new LeafDefinition(path, Authority.ETCD, machine("etcd", names).withUsage(CertificateUsage.CLIENT_AUTH));
    }

    private static LeafDefinition server(String path, String commonName, ApiServerNames names) {
        return new LeafDefinition(path, Authority.CLUSTER, machine(commonName, names));
    }

    private static CertificateTemplate machine(String commonName, ApiServerNames names) {
        return CertificateTemplate.server(commonName, LEAF_VALIDITY)
                .withDnsNames(LOCALHOST)
                .withIpAddresses(LOOPBACK)
                .withIpAddresses(names.ipAddresses());
    }
}
