package io.hcp.core.internal.cluster.render;

import io.hcp.api.model.Component;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.PodTopology;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files that each container gets, and nothing else: keys go only to who signs or proves itself with them.
 *
 * @see <a href="https://kubernetes.io/docs/setup/best-practices/certificates/">PKI certificates and requirements</a>
 */
public final class ContainerFiles {
    private static final Map<Component, List<String>> PKI = Map.of(
            Component.KUBE_APISERVER,
            files(
                    "ca-bundle.crt front-proxy-ca-bundle.crt etcd/ca-bundle.crt sa.pub sa.key",
                    "apiserver apiserver-kubelet-client apiserver-etcd-client front-proxy-client"),
            Component.KUBE_CONTROLLER_MANAGER,
            files(
                    "ca-bundle.crt front-proxy-ca-bundle.crt sa.key",
                    // It signs what nodes and users ask for: nobody else has the authority's key.
                    "ca controller-manager controller-manager-server"),
            Component.KUBE_SCHEDULER,
            files("ca-bundle.crt", "scheduler scheduler-server"),
            Component.ETCD,
            files("etcd/ca-bundle.crt", "etcd/server etcd/peer"));

    private ContainerFiles() {}

    /** Files, and pairs of certificate and key. */
    private static List<String> files(String single, String pairs) {
        return Stream.concat(
                        Stream.of(single.split(" ")),
                        Stream.of(pairs.split(" ")).flatMap(stem -> Stream.of(stem + ".crt", stem + ".key")))
                .sorted()
                .toList();
    }

    /**
     * Returns the certificates and keys that a component gets.
     *
     * @param component which one
     * @return paths as in kubeadm's {@code /etc/kubernetes/pki}, for example {@code etcd/ca-bundle.crt}
     */
    public static List<String> pki(Component component) {
        return PKI.getOrDefault(component, List.of());
    }

    /** All files of a component, relative to the directory where it finds them. */
    static SortedSet<String> of(ComponentBlueprint component) {
        SortedSet<String> files = new TreeSet<>();
        pki(component.component())
                .forEach(file -> files.add(relative(PodTopology.LAYOUT.pki().resolve(file))));
        component.files().keySet().forEach(file -> files.add(relative(file)));
        return files;
    }

    static String relative(Path file) {
        return PodTopology.LAYOUT.root().relativize(file).toString();
    }

    /**
     * Returns under which key of a Secret a file is.
     *
     * @param path relative to the directory where a container finds its files, for example {@code pki/etcd/ca-bundle.crt}
     * @return the same without directories' separators, which keys cannot have, for example {@code pki.etcd.ca-bundle.crt}
     */
    public static String key(String path) {
        return path.replace('/', '.');
    }
}
