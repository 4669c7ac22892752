package io.hcp.pki;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.KeyAlgorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The certificates of a Kubernetes control plane. Pure: the same settings give the same definitions. */
public final class KubernetesCertificates {
    private static final String LOCALHOST = "localhost";
    private static final String LOOPBACK = "127.0.0.1";

    private final ApiServerNames names;
    private final KeyAlgorithm algorithm;
    private final Duration validity;

    private KubernetesCertificates(CertificateSettings settings) {
        this.names = settings.apiServer();
        this.algorithm = settings.policy().algorithm();
        this.validity = settings.policy().leafValidity();
    }

    /**
     * Returns what one control plane on one machine needs. Everything but the API server's own certificate also serves
     * {@code localhost} and {@code 127.0.0.1}. kubeadm's client for etcd's health check is not among them: nothing uses
     * it.
     *
     * @param settings names, users and lifetimes
     * @return every leaf, in the order of the documentation
     * @throws InvalidSpecException if the etcd client is blank
     * @see <a href="https://kubernetes.io/docs/setup/best-practices/certificates/">PKI certificates and requirements</a>
     */
    public static List<LeafDefinition> definitions(CertificateSettings settings) {
        KubernetesCertificates make = new KubernetesCertificates(settings);
        return List.of(
                make.leaf("apiserver", Authority.CLUSTER, make.apiServer(settings.clusterDomain())),
                // No group since kubeadm 1.36.1: RBAC binds the user, and system:masters cannot be revoked.
                make.client("apiserver-kubelet-client", Authority.CLUSTER, "kube-apiserver-kubelet-client"),
                make.client("apiserver-etcd-client", Authority.ETCD, settings.etcdClient()),
                make.client("front-proxy-client", Authority.FRONT_PROXY, "front-proxy-client"),
                make.etcd("etcd/server"),
                make.etcd("etcd/peer"),
                make.client("controller-manager", Authority.CLUSTER, "system:kube-controller-manager"),
                make.leaf("controller-manager-server", Authority.CLUSTER, make.machine("kube-controller-manager")),
                make.client("scheduler", Authority.CLUSTER, "system:kube-scheduler"),
                make.leaf("scheduler-server", Authority.CLUSTER, make.machine("kube-scheduler")));
    }

    /**
     * Returns what one control plane in pods needs. Nobody but the kubelet asks controller manager and scheduler, and it
     * does not look at names; each member of etcd has a certificate of its own.
     *
     * @param settings names, users and lifetimes
     * @param etcdHosts the DNS names of etcd's members; those of member N are {@code etcd/server-N} and {@code etcd/peer-N}
     * @return every leaf, in the order of the documentation
     * @throws InvalidSpecException if the etcd client is blank, or a host no DNS name
     */
    public static List<LeafDefinition> definitions(CertificateSettings settings, List<String> etcdHosts) {
        CertificateSettings inside = new CertificateSettings(
                new ApiServerNames(List.of(), List.of()),
                settings.clusterDomain(),
                settings.etcdClient(),
                settings.policy());
        KubernetesCertificates make = new KubernetesCertificates(inside);
        List<LeafDefinition> leaves = new ArrayList<>();
        for (LeafDefinition leaf : definitions(settings)) {
            switch (leaf.path()) {
                case "etcd/server", "etcd/peer" -> {
                    for (int member = 0; member < etcdHosts.size(); member++) {
                        leaves.add(make.member(leaf.path() + "-" + member, etcdHosts.get(member)));
                    }
                }
                case "controller-manager-server" -> leaves.add(make.server(leaf.path(), "kube-controller-manager"));
                case "scheduler-server" -> leaves.add(make.server(leaf.path(), "kube-scheduler"));
                default -> leaves.add(leaf);
            }
        }
        return List.copyOf(leaves);
    }

    private LeafDefinition server(String path, String commonName) {
        return leaf(path, Authority.CLUSTER, machine(commonName));
    }

    private LeafDefinition member(String path, String host) {
        LeafDefinition alone = etcd(path);
        return leaf(path, Authority.ETCD, alone.template().withDnsNames(host));
    }

    private LeafDefinition leaf(String path, Authority issuer, CertificateTemplate template) {
        return new LeafDefinition(path, issuer, template, algorithm);
    }

    private CertificateTemplate apiServer(String clusterDomain) {
        return CertificateTemplate.server("kube-apiserver", validity)
                .withDnsNames(
                        "kubernetes",
                        "kubernetes.default",
                        "kubernetes.default.svc",
                        "kubernetes.default.svc." + clusterDomain)
                .withDnsNames(names.dnsNames())
                .withIpAddresses(names.ipAddresses());
    }

    private LeafDefinition client(String path, Authority issuer, String user) {
        return leaf(path, issuer, CertificateTemplate.client(user, validity));
    }

    /** Both usages: etcd's gRPC gateway presents the server's certificate as a client, a member its peer's. */
    private LeafDefinition etcd(String path) {
        return leaf(path, Authority.ETCD, machine("etcd").withUsage(CertificateUsage.CLIENT_AUTH));
    }

    private CertificateTemplate machine(String commonName) {
        return CertificateTemplate.server(commonName, validity)
                .withDnsNames(LOCALHOST)
                .withIpAddresses(LOOPBACK)
                .withIpAddresses(names.ipAddresses());
    }
}
