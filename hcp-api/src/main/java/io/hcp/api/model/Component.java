package io.hcp.api.model;

/** A program that is part of a tenant's control plane. The names are the ones their projects give them. */
public enum Component {
    /** The datastore of the control plane. */
    ETCD("etcd"),
    /** The API server. */
    KUBE_APISERVER("kube-apiserver"),
    /** The controllers of Kubernetes itself. */
    KUBE_CONTROLLER_MANAGER("kube-controller-manager"),
    /** The pod scheduler. */
    KUBE_SCHEDULER("kube-scheduler");

    private final String binaryName;

    Component(String binaryName) {
        this.binaryName = binaryName;
    }

    /**
     * Returns the name of the program's file, which also names its log file and container.
     *
     * @return for example {@code kube-apiserver}
     */
    public String binaryName() {
        return binaryName;
    }

    @Override
    public String toString() {
        return binaryName;
    }
}
