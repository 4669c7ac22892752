package io.hcp.api.model;

/** How a control plane in an under cluster is reached, as the type of its Service. */
public enum ExposureType {
    /** At an address of its own, from everywhere. */
    LOAD_BALANCER("LoadBalancer"),
    /** At a port of the under cluster's nodes. */
    NODE_PORT("NodePort"),
    /** From inside the under cluster only. */
    CLUSTER_IP("ClusterIP");

    private final String text;

    ExposureType(String text) {
        this.text = text;
    }

    /** Returns the name that Services use, for example {@code LoadBalancer}. */
    @Override
    public String toString() {
        return text;
    }
}
