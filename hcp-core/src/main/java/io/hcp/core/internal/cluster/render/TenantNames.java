package io.hcp.core.internal.cluster.render;

import io.hcp.api.model.Component;
import io.hcp.pki.Authority;

/**
 * The names of a tenant's objects. Those of authorities and of the kubeconfig are the names that Cluster API gives them.
 *
 * @param namespace where all of them are
 * @param tenant the tenant's name, which each of the objects' begins with
 */
public record TenantNames(String namespace, String tenant) {
    /** {@return the Deployment of the control plane, its Service, PodDisruptionBudget and ServiceAccount} */
    public String controlPlane() {
        return tenant;
    }

    /** {@return the StatefulSet of etcd, its headless Service and PodDisruptionBudget} */
    public String etcd() {
        return tenant + "-etcd";
    }

    /**
     * Returns the Secret with the files of one program.
     *
     * @param component any but etcd, whose members have one each
     * @return for example {@code acme-apiserver}
     */
    public String files(Component component) {
        return switch (component) {
            case ETCD -> throw new IllegalArgumentException("each member of etcd has files of its own");
            case KUBE_APISERVER -> tenant + "-apiserver";
            case KUBE_CONTROLLER_MANAGER -> tenant + "-controller-manager";
            case KUBE_SCHEDULER -> tenant + "-scheduler";
        };
    }

    /**
     * Returns a member of etcd: its pod, and the Secret with its files.
     *
     * @param number from 0
     * @return for example {@code acme-etcd-0}
     */
    public String member(int number) {
        return etcd() + "-" + number;
    }

    /**
     * Returns the claim of a member's volume, as StatefulSets name claims that they make.
     *
     * @param member the member's pod
     * @return for example {@code data-acme-etcd-0}
     */
    public String claim(String member) {
        return Volumes.DATA + "-" + member;
    }

    /**
     * Returns the Secret of an authority.
     *
     * @param authority which one
     * @return for example {@code acme-ca}
     */
    public String authority(Authority authority) {
        return switch (authority) {
            case CLUSTER -> tenant + "-ca";
            case FRONT_PROXY -> tenant + "-proxy";
            case ETCD -> tenant + "-etcd";
        };
    }

    /** {@return the Secret of the key that signs the tokens of service accounts} */
    public String serviceAccountKey() {
        return tenant + "-sa";
    }

    /**
     * Returns the Secret of a key with which objects are encrypted.
     *
     * @param key the key's name, for example {@code secretbox-1}
     * @return for example {@code acme-encryption-secretbox-1}
     */
    public String encryptionKey(String key) {
        return tenant + "-encryption-" + key;
    }

    /** {@return the Secret of the administrators' kubeconfig} */
    public String kubeconfig() {
        return tenant + "-kubeconfig";
    }
}
