package io.hcp.core.internal.blueprint;

import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import java.util.List;

/**
 * The TCP ports of one tenant on the loopback address.
 *
 * @param etcdClient where etcd serves its clients
 * @param etcdPeer where etcd serves other members
 * @param apiServer where kube-apiserver serves
 * @param controllerManager where kube-controller-manager serves health and metrics
 * @param scheduler where kube-scheduler serves health and metrics
 */
public record Ports(int etcdClient, int etcdPeer, int apiServer, int controllerManager, int scheduler) {
    /** Stands for ports that are not chosen yet. */
    public static final Ports UNASSIGNED = new Ports(0, 0, 0, 0, 0);

    /**
     * Makes ports from a list in the order of the record's components.
     *
     * @param ports five ports
     * @return the ports
     */
    public static Ports of(List<Integer> ports) {
        return new Ports(ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4));
    }

    /**
     * Returns the ports in the order of the record's components.
     *
     * @return five ports
     */
    public List<Integer> asList() {
        return List.of(etcdClient, etcdPeer, apiServer, controllerManager, scheduler);
    }

    /**
     * Returns the ports that one component listens on.
     *
     * @param component which one
     * @return one or more ports, the one of its health endpoint first
     */
    public List<Integer> of(Component component) {
        return switch (component) {
            case ETCD -> List.of(etcdClient, etcdPeer);
            case KUBE_APISERVER -> List.of(apiServer);
            case KUBE_CONTROLLER_MANAGER -> List.of(controllerManager);
            case KUBE_SCHEDULER -> List.of(scheduler);
        };
    }

    /**
     * Copies the ports with others for one component.
     *
     * @param component which one
     * @param changed as many as {@link #of(Component)} returns
     * @return the changed copy
     */
    public Ports with(Component component, List<Integer> changed) {
        return switch (component) {
            case ETCD -> new Ports(changed.get(0), changed.get(1), apiServer, controllerManager, scheduler);
            case KUBE_APISERVER -> withApiServer(changed.get(0));
            case KUBE_CONTROLLER_MANAGER -> new Ports(etcdClient, etcdPeer, apiServer, changed.get(0), scheduler);
            case KUBE_SCHEDULER -> new Ports(etcdClient, etcdPeer, apiServer, controllerManager, changed.get(0));
        };
    }

    /**
     * Copies the ports with the API server's port that a description asks for, if it does.
     *
     * @param wanted the description
     * @return the changed copy, or the same ports
     */
    public Ports asWanted(TenantControlPlane wanted) {
        return wanted.networkProfile()
                .port()
                .map(port -> withApiServer(port.number()))
                .orElse(this);
    }

    /**
     * Copies the ports with another one for the API server.
     *
     * @param port the new port
     * @return the changed copy
     */
    public Ports withApiServer(int port) {
        return new Ports(etcdClient, etcdPeer, port, controllerManager, scheduler);
    }
}
