package io.hcp.core.internal.cluster.form;

import java.util.List;

/**
 * A kind of objects of an under cluster.
 *
 * @param apiVersion group and version, for example {@code apps/v1}
 * @param name for example {@code Deployment}
 * @param plural as URLs have it
 * @param namespaced false if its objects are the whole cluster's
 */
public record Kind(String apiVersion, String name, String plural, boolean namespaced) {
    /** The description of a tenant, and what is told of it. */
    public static final Kind TENANT = of("hcp.io/v1alpha1", "TenantControlPlane");

    /** Certificates, keys and files. */
    public static final Kind SECRET = of("v1", "Secret");

    /** What gives a workload an address. */
    public static final Kind SERVICE = of("v1", "Service");

    /** Who pods are. */
    public static final Kind SERVICE_ACCOUNT = of("v1", "ServiceAccount");

    /** What runs. */
    public static final Kind POD = of("v1", "Pod");

    /** Where etcd stores. */
    public static final Kind VOLUME_CLAIM = of("v1", "PersistentVolumeClaim");

    /** The machines, which have the addresses of node ports. */
    public static final Kind NODE = new Kind("v1", "Node", "nodes", false);

    /** API servers with controller managers and schedulers. */
    public static final Kind DEPLOYMENT = of("apps/v1", "Deployment");

    /** The members of etcd. */
    public static final Kind STATEFUL_SET = of("apps/v1", "StatefulSet");

    /** How many pods may be moved at a time. */
    public static final Kind DISRUPTION_BUDGET = of("policy/v1", "PodDisruptionBudget");

    /** Who may change a tenant. */
    public static final Kind LEASE = of("coordination.k8s.io/v1", "Lease");

    /** What was worth telling of an object. */
    public static final Kind EVENT = of("v1", "Event");

    /** Of what a tenant's control plane consists, its description not included, in the order in which it is made. */
    public static final List<Kind> OWNED =
            List.of(SECRET, SERVICE_ACCOUNT, SERVICE, DISRUPTION_BUDGET, STATEFUL_SET, DEPLOYMENT);

    private static Kind of(String apiVersion, String name) {
        return new Kind(apiVersion, name, name.toLowerCase(java.util.Locale.ROOT) + "s", true);
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
