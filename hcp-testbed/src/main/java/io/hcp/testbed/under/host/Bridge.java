package io.hcp.testbed.under.host;

/** The bridge that joins the nodes, the machine, and what is outside the cluster. */
public final class Bridge {
    private Bridge() {}

    /** Makes it, with routes from the machine to the pods of all nodes that there may be. */
    public static void create() {
        StringBuilder batch = new StringBuilder();
        // A fixed address: by itself a bridge takes another one whenever something is plugged in.
        batch.append("link add %s address 02:68:63:70:00:01 type bridge\n".formatted(Names.BRIDGE));
        batch.append("addr add %s/16 dev %s\n".formatted(Names.BRIDGE_ADDRESS, Names.BRIDGE));
        batch.append("link set %s up\n".formatted(Names.BRIDGE));
        batch.append(podRoutes(0, Names.BRIDGE));
        Shell.script("ip -batch - <<'E'\n" + batch + "E\n");
    }

    /**
     * Returns lines of {@code ip -batch} that tell the way to the pods of all nodes but one.
     *
     * @param except the node itself, or 0
     * @param device through which they are reached
     * @return a line for each node
     */
    public static String podRoutes(int except, String device) {
        StringBuilder lines = new StringBuilder();
        for (int index = 1; index <= Names.MOST_NODES; index++) {
            if (index != except) {
                lines.append("route replace %s via %s dev %s\n"
                        .formatted(Names.podSubnet(index), Names.nodeAddress(index), device));
            }
        }
        return lines.toString();
    }

    /**
     * Makes the machine reach Services through a node, as the API server does with webhooks.
     *
     * @param address of the node
     */
    public static void routeServices(String address) {
        Shell.run("ip", "route", "replace", Names.SERVICE_NETWORK, "via", address, "dev", Names.BRIDGE);
    }

    /**
     * Makes a network namespace that is plugged into the bridge.
     *
     * @param namespace its name
     * @param cable the name of the bridge's end
     * @param address of its {@code eth0}
     */
    public static void plug(String namespace, String cable, String address) {
        Shell.script("""
                ip netns add %1$s
                ip link add %2$s type veth peer name eth0 netns %1$s
                ip link set %2$s master %3$s up
                ip -n %1$s -batch - <<'E'
                link set lo up
                addr add %4$s/16 dev eth0
                link set eth0 up
                E
                """.formatted(namespace, cable, Names.BRIDGE, address));
    }

    /**
     * Removes a network namespace, and its cable with it.
     *
     * @param namespace its name
     * @param cable the name of the bridge's end
     */
    public static void unplug(String namespace, String cable) {
        Shell.attempt("ip", "link", "del", cable);
        Shell.attempt("ip", "netns", "del", namespace);
    }
}
