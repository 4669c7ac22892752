package io.hcp.core.internal.cluster.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.ConfigFile;
import io.hcp.core.internal.blueprint.PodTopology;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContainerFilesTest {
    private static final Pattern FILE = Pattern.compile(Pattern.quote(PodTopology.LAYOUT.root() + "/") + "[\\w./-]+");

    static Stream<TenantControlPlane> tenants() {
        return Stream.of(ClusterTenants.plain("1.36.3"), ClusterTenants.rich("1.36.3"));
    }

    /** The whole table of who can read which private key. */
    @ParameterizedTest
    @MethodSource("tenants")
    void mounts_privateKeys_areOnlyWhereTheyAreNeeded(TenantControlPlane tenant) {
        Map<String, Set<String>> keys = new TreeMap<>();
        mounted(ClusterTenants.objects(tenant))
                .forEach((container, files) -> keys.put(
                        container,
                        files.stream()
                                .filter(file -> file.endsWith(".key"))
                                .map(file -> file.replaceFirst("^pki/", ""))
                                .collect(Collectors.toCollection(TreeSet::new))));

        assertThat(keys)
                .isEqualTo(Map.of(
                        "kube-apiserver",
                        Set.of(
                                "apiserver.key",
                                "apiserver-kubelet-client.key",
                                "apiserver-etcd-client.key",
                                "front-proxy-client.key",
                                "sa.key"),
                        "kube-controller-manager",
                        Set.of("ca.key", "controller-manager.key", "controller-manager-server.key", "sa.key"),
                        "kube-scheduler",
                        Set.of("scheduler.key", "scheduler-server.key"),
                        "etcd",
                        Set.of("etcd/server.key", "etcd/peer.key")));
    }

    /** Neither more than its flags and files name, nor less. */
    @ParameterizedTest
    @EnumSource(Component.class)
    void files_component_areExactlyThoseThatItNames(Component component) {
        tenants().forEach(tenant -> {
            ComponentBlueprint drawn =
                    ClusterTenants.objects(tenant).blueprint().of(component);
            Set<String> named = Stream.concat(
                            drawn.arguments().stream(),
                            drawn.files().values().stream().map(ConfigFile::template))
                    .flatMap(text -> FILE.matcher(text).results().map(found -> found.group()))
                    .map(file ->
                            file.substring(PodTopology.LAYOUT.root().toString().length() + 1))
                    .collect(Collectors.toSet());

            assertThat(ContainerFiles.of(drawn)).containsExactlyInAnyOrderElementsOf(named);
        });
    }

    @Test
    void mounts_memberOfThree_isItsOwnDirectoryAlone() {
        PodSpec etcd = ClusterTenants.objects(ClusterTenants.rich("1.36.3"))
                .etcd()
                .statefulSet()
                .getSpec()
                .getTemplate()
                .getSpec();

        assertThat(etcd.getContainers().get(0).getVolumeMounts().get(0).getSubPathExpr())
                .isEqualTo("$(POD_NAME)");
        assertThat(etcd.getVolumes().get(0).getProjected().getSources())
                .extracting(source -> source.getSecret().getName())
                .containsExactly("rich-etcd-0", "rich-etcd-1", "rich-etcd-2");
        assertThat(etcd.getVolumes().get(0).getProjected().getSources())
                .allSatisfy(source -> assertThat(source.getSecret().getItems())
                        .allSatisfy(item -> assertThat(item.getPath())
                                .startsWith(source.getSecret().getName() + "/")));
    }

    @Test
    void escaped_userText_reachesTheProgramAsItIs() {
        assertThat(Containers.escaped("--name=$(POD_NAME)")).isEqualTo("--name=$(POD_NAME)");
        assertThat(Containers.escaped("--a=$(HOME)$$")).isEqualTo("--a=$$(HOME)$$$$");
    }

    /** What each container finds in its directory, whichever kind of volume it comes from. */
    private static Map<String, Set<String>> mounted(TenantObjects objects) {
        Map<String, Set<String>> mounted = new TreeMap<>();
        for (PodSpec pod : List.of(
                objects.controlPlane().deployment().getSpec().getTemplate().getSpec(),
                objects.etcd().statefulSet().getSpec().getTemplate().getSpec())) {
            for (Container container : pod.getContainers()) {
                mounted.put(
                        container.getName(),
                        container.getVolumeMounts().stream()
                                .flatMap(mount -> files(pod, mount))
                                .collect(Collectors.toSet()));
            }
        }
        return mounted;
    }

    private static Stream<String> files(PodSpec pod, VolumeMount mount) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(mount.getName()))
                .flatMap(ContainerFilesTest::items)
                .map(path -> mount.getSubPathExpr() == null ? path : path.replaceFirst("^[^/]+/", ""));
    }

    private static Stream<String> items(Volume volume) {
        if (volume.getSecret() != null) {
            return volume.getSecret().getItems().stream().map(KeyToPath::getPath);
        }
        return volume.getProjected().getSources().stream()
                .flatMap(source -> source.getSecret().getItems().stream())
                .map(KeyToPath::getPath);
    }
}
