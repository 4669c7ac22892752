package io.hcp.pki;

import io.hcp.api.error.InvalidSpecException;
import java.util.List;

/**
 * What differs between the certificates of one control plane and another's. Immutable and thread-safe.
 *
 * @param apiServer by what names and addresses the API server is reached
 * @param clusterDomain the DNS domain of the tenant's Services
 * @param etcdClient the common name with which the API server speaks to etcd, which is its user there
 * @param policy how keys are made and how long certificates live
 */
public record CertificateSettings(ApiServerNames apiServer, String clusterDomain, String etcdClient, PkiPolicy policy) {
    /** What Kubernetes calls the domain of Services unless told otherwise. */
    public static final String CLUSTER_DOMAIN = "cluster.local";

    /** Who speaks to an etcd that belongs to one tenant: the name that kubeadm gives it. */
    public static final String ETCD_CLIENT = "kube-apiserver-etcd-client";

    /**
     * Makes settings.
     *
     * @throws InvalidSpecException if the domain is no DNS name; a blank etcd client is refused by its certificate
     */
    public CertificateSettings {
        clusterDomain = SubjectNames.dnsNames(List.of(clusterDomain)).get(0);
    }

    /**
     * Makes settings with the defaults: {@link #CLUSTER_DOMAIN}, {@link #ETCD_CLIENT}, {@link PkiPolicy#DEFAULT}.
     *
     * @param apiServer by what names and addresses the API server is reached
     * @return settings
     */
    public static CertificateSettings of(ApiServerNames apiServer) {
        return new CertificateSettings(apiServer, CLUSTER_DOMAIN, ETCD_CLIENT, PkiPolicy.DEFAULT);
    }

    /**
     * Changes the policy.
     *
     * @param other how keys are made and how long certificates live
     * @return new settings
     */
    public CertificateSettings withPolicy(PkiPolicy other) {
        return new CertificateSettings(apiServer, clusterDomain, etcdClient, other);
    }
}
