package io.hcp.pki;

/** The paths of certificates and keys, as kubeadm lays out {@code /etc/kubernetes/pki}. */
public final class PkiPaths {
    /** Where the service-account key is kept, without the suffixes. */
    static final String SERVICE_ACCOUNT = "sa";

    private PkiPaths() {}

    /**
     * Returns where a certificate is.
     *
     * @param path of a leaf, for example {@code etcd/server}, or of an authority, see {@link Authority#path(int)}
     * @return the path with its suffix
     */
    public static String certificate(String path) {
        return path + ".crt";
    }

    /**
     * Returns where a private key is.
     *
     * @param path of a leaf or an authority
     * @return the path with its suffix
     */
    public static String key(String path) {
        return path + ".key";
    }

    /**
     * Returns where a service-account key is.
     *
     * @param generation 1 for the first
     * @return the path with its suffix
     */
    public static String serviceAccountKey(int generation) {
        return key(generation == 1 ? SERVICE_ACCOUNT : SERVICE_ACCOUNT + "-" + generation);
    }

    /** {@return where the public halves of all service-account keys that are not withdrawn are} */
    public static String serviceAccountPublicKeys() {
        return SERVICE_ACCOUNT + ".pub";
    }

    /** Where the public half of one of several service-account keys is kept for good. */
    static String serviceAccountPublicKey(int generation) {
        return SERVICE_ACCOUNT + "-" + generation + ".pub";
    }

    /** Where the certificates are by which an authority is signed by those before it. */
    static String cross(String path) {
        return path + ".cross.crt";
    }

    /** Where it says which generation is good for what. */
    static String stages(String root) {
        return root + ".stages";
    }
}
