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

    /** {@return the members of etcd} */
    public ClusterObject statefulSet() {
        return datastore.get(datastore.size() - 1);
    }

    /** {@return the replicas of the control plane} */
    public ClusterObject deployment() {
        return controlPlane.get(controlPlane.size() - 1);
    }
}
