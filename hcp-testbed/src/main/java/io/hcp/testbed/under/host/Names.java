package io.hcp.testbed.under.host;

import java.nio.file.Path;

/**
 * The names and addresses of all that an under cluster makes on its machine. They are fixed, so that whatever a killed
 * run left behind is found again; one under cluster runs at a time.
 */
public final class Names {
    /** What every link, network namespace and cgroup begins with. */
    public static final String PREFIX = "hcpu";

    /** The bridge that joins the nodes. */
    public static final String BRIDGE = PREFIX + "0";

    /** Everything that is kept while the cluster is there. */
    public static final Path DIRECTORY = Path.of("/var/lib/hcp-under");

    /** The environment variable that marks our processes. */
    public static final String MARK = "HCP_UNDER";

    /** The machine's own address on the bridge, at which the API server listens. */
    public static final String BRIDGE_ADDRESS = "10.203.0.1";

    /** The addresses that load balancers get. */
    public static final String LOAD_BALANCER_RANGE = "10.203.240.1-10.203.240.250";

    /** The addresses of pods, of which each node gets a part. */
    public static final String POD_NETWORK = "10.204.0.0/16";

    /** The addresses of Services. */
    public static final String SERVICE_NETWORK = "10.205.0.0/16";

    /** The address of the cluster's DNS Service: the tenth. */
    public static final String DNS_ADDRESS = "10.205.0.10";

    /** How many nodes there can be: routes are made for all of them beforehand. */
    public static final int MOST_NODES = 64;

    private static final int FIRST_NODE_ADDRESS = 10;
    private static final int FIRST_OUTSIDE_PART = 100;
    private static final int PART_SIZE = 250;

    private Names() {}

    /**
     * Names a node's network namespace and cgroup.
     *
     * @param index from 1
     * @return for example {@code hcpu-1}
     */
    public static String namespace(int index) {
        return PREFIX + "-" + index;
    }

    /**
     * Names the end of a node's cable that is plugged into the bridge.
     *
     * @param index from 1
     * @return for example {@code hcpu-v1}
     */
    public static String cable(int index) {
        return PREFIX + "-v" + index;
    }

    /**
     * Names a network namespace outside the cluster.
     *
     * @param index from 1
     * @return for example {@code hcpu-o1}; its cable is {@code hcpu-ov1}
     */
    public static String outside(int index) {
        return PREFIX + "-o" + index;
    }

    /**
     * Returns a node's address.
     *
     * @param index from 1
     * @return an address of the bridge's network
     */
    public static String nodeAddress(int index) {
        return "10.203.0." + (FIRST_NODE_ADDRESS + index);
    }

    /**
     * Returns the address of a network namespace outside the cluster.
     *
     * @param index from 1
     * @return an address of the bridge's network
     */
    public static String outsideAddress(int index) {
        return "10.203." + (FIRST_OUTSIDE_PART + index / PART_SIZE) + "." + (1 + index % PART_SIZE);
    }

    /**
     * Returns the addresses of a node's pods.
     *
     * @param index from 1
     * @return a part of {@link #POD_NETWORK}
     */
    public static String podSubnet(int index) {
        return "10.204." + index + ".0/24";
    }
}
