package io.hcp.core.internal.cluster.gateway;

import io.hcp.core.internal.usage.Load;
import io.hcp.core.internal.usage.Reading;
import java.util.Map;
import java.util.Optional;

/** The nodes of an under cluster, as their kubelets see them. */
public interface Nodes {
    /**
     * A container of a pod.
     *
     * @param pod the pod's uid
     * @param name the container's name
     */
    record Container(String pod, String name) {}

    /**
     * What runs on a node.
     *
     * @param load what all of it uses
     * @param pods how many pods there are, of whomever
     * @param containers what containers use, those that were measured
     */
    record Summary(Optional<Load> load, int pods, Map<Container, Load> containers) {
        /** Copies the map. */
        public Summary {
            containers = Map.copyOf(containers);
        }
    }

    /**
     * Asks a node's kubelet what runs there and uses how much. The kubelet measures by itself, every ten seconds or so: asked
     * again at once it says the same, with the same times.
     *
     * @param node the node's name
     * @return what it says; or why it says nothing
     */
    Reading<Summary> summary(String node);
}
