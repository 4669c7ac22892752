package io.hcp.pki;

/**
 * The certificate authorities of a tenant: three, so that who may speak to etcd, or may speak for another user, is not
 * decided by who has a certificate of the cluster.
 *
 * @see <a href="https://kubernetes.io/docs/setup/best-practices/certificates/">PKI certificates and requirements</a>
 */
public enum Authority {
    /** Signs the API server, its clients and the kubelets. */
    CLUSTER("ca", "kubernetes"),
    /** Signs the aggregation layer's client, which speaks for other users to extension API servers. */
    FRONT_PROXY("front-proxy-ca", "front-proxy-ca"),
    /** Signs etcd's members and clients. */
    ETCD("etcd/ca", "etcd-ca");

    private final String path;
    private final String commonName;

    Authority(String path, String commonName) {
        this.path = path;
        this.commonName = commonName;
    }

    /**
     * Returns where the authority is kept, as kubeadm lays out {@code /etc/kubernetes/pki}.
     *
     * @return a relative path without the suffixes {@code .crt} and {@code .key}
     */
    public String path() {
        return path;
    }

    /**
     * Returns where a generation of the authority is kept.
     *
     * @param generation 1 for the first
     * @return {@link #path()} for the first, then {@code ca-2} and so on
     */
    public String path(int generation) {
        return generation == 1 ? path : path + "-" + generation;
    }

    /**
     * Returns where the certificates of all generations that are not withdrawn are kept.
     *
     * @return a relative path without the suffix {@code .crt}, for example {@code etcd/ca-bundle}
     */
    public String bundlePath() {
        return path + "-bundle";
    }

    /** Each generation has a name of its own, so that nobody takes one for the other. */
    String commonName(int generation) {
        return generation == 1 ? commonName : commonName + "-" + generation;
    }

    /**
     * Returns the subject's common name of a new authority.
     *
     * @return the name that kubeadm gives it
     */
    public String commonName() {
        return commonName;
    }
}
