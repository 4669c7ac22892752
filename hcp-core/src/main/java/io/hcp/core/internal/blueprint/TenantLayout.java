package io.hcp.core.internal.blueprint;

import io.hcp.api.model.Component;
import java.nio.file.Path;

/**
 * Where the files of one tenant are.
 *
 * @param root the tenant's directory, absolute; only its owner may enter it
 */
public record TenantLayout(Path root) {
    /** {@return the stored description and what was decided for the tenant} */
    public Path record() {
        return root.resolve("tenant.yaml");
    }

    /** {@return the certificates and keys, laid out like kubeadm's {@code /etc/kubernetes/pki}} */
    public Path pki() {
        return root.resolve("pki");
    }

    /**
     * Returns the file of a certificate.
     *
     * @param stem the file's name without ending, for example {@code etcd/server}
     * @return the path
     */
    public Path certificate(String stem) {
        return pki().resolve(stem + ".crt");
    }

    /**
     * Returns the file of a private key.
     *
     * @param stem the file's name without ending
     * @return the path
     */
    public Path key(String stem) {
        return pki().resolve(stem + ".key");
    }

    /**
     * Returns the kubeconfig of a component.
     *
     * @param component which one
     * @return the path
     */
    public Path kubeconfig(Component component) {
        return root.resolve("kubeconfig").resolve(component.binaryName() + ".conf");
    }

    /**
     * Returns the file with all certificates of an authority that are trusted.
     *
     * @param authority the authority's path, for example {@code etcd/ca}
     * @return the path
     */
    public Path trustBundle(String authority) {
        return certificate(authority + "-bundle");
    }

    /** {@return the file with all public keys that service-account tokens may be signed with} */
    public Path serviceAccountPublicKeys() {
        return pki().resolve("sa.pub");
    }

    /**
     * Returns the key with which objects are encrypted.
     *
     * @param name the key's name, for example {@code secretbox-1}
     * @return the path
     */
    public Path encryptionKey(String name) {
        return pki().resolve("encryption").resolve(name + ".key");
    }

    /**
     * Returns a configuration file of a component.
     *
     * @param name the file's name
     * @return the path
     */
    public Path config(String name) {
        return root.resolve("config").resolve(name);
    }

    /** {@return the audit log of the API server} */
    public Path auditLog() {
        return root.resolve("logs").resolve("audit.log");
    }

    /** {@return the data directory of etcd} */
    public Path etcdData() {
        return root.resolve("etcd");
    }

    /**
     * Returns the log file of a component.
     *
     * @param component which one
     * @return the path
     */
    public Path log(Component component) {
        return root.resolve("logs").resolve(component.binaryName() + ".log");
    }
}
