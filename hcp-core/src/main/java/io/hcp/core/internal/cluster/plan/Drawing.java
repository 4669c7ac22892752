package io.hcp.core.internal.cluster.plan;

import io.hcp.core.internal.cluster.form.ClusterObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * A tenant as objects, but for Secrets: the fields that this library writes.
 *
 * @param account who the pods are
 * @param service how the API servers are reached
 * @param datastore the objects of etcd, its StatefulSet last
 * @param controlPlane the objects of the control plane, its Deployment last
 * @param endpoint the URL at which clients reach the API servers
 */
public record Drawing(
        ClusterObject account,
        ClusterObject service,
        List<ClusterObject> datastore,
        List<ClusterObject> controlPlane,
        String endpoint) {
    /** The endpoint that the tenant was told; every change of the Service takes it away again. */
    private static final String PUBLISHED = "hcp.io/published";

    /** Copies the lists. */
    public Drawing {
        datastore = List.copyOf(datastore);
        controlPlane = List.copyOf(controlPlane);
    }

    /** {@return all objects, in the order in which they need each other} */
    public List<ClusterObject> all() {
        return Stream.of(List.of(account, service), datastore, controlPlane)
                .flatMap(List::stream)
                .toList();
    }

    /** {@return the Service, with a note that the tenant was told where it is reached} */
    public ClusterObject published() {
        return service.with(endpoint, "metadata", "annotations", PUBLISHED);
    }

    boolean isPublished(ClusterObject live) {
        return live.annotation(PUBLISHED).filter(endpoint::equals).isPresent();
    }

    /** {@return the members of etcd} */
    public ClusterObject statefulSet() {
        return datastore.get(datastore.size() - 1);
    }

    /** {@return the replicas of the control plane} */
    public ClusterObject deployment() {
        return controlPlane.get(controlPlane.size() - 1);
    }
}
