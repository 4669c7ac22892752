package io.hcp.core.internal.cluster.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.ConfigFile;
import io.hcp.core.internal.blueprint.PodTopology;
import java.nio.file.Path;
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

    /** The whole table of who can read which private key; members of etcd are one. */
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
            Set<String> named = named(drawn, ".").stream()
                    .map(file -> ContainerFiles.relative(Path.of(file).normalize()))
                    .collect(Collectors.toSet());

            assertThat(ContainerFiles.of(drawn)).containsExactlyInAnyOrderElementsOf(named);
        });
    }

    /** The files that a program is told of, as the kubelet says it. */
    private static Set<String> named(ComponentBlueprint drawn, String member) {
        return Stream.concat(
                        drawn.arguments().stream(),
                        drawn.files().values().stream().map(ConfigFile::template))
                .map(text -> text.replace(PodTopology.MEMBER, member))
                .flatMap(text -> FILE.matcher(text).results().map(found -> found.group()))
                .collect(Collectors.toSet());
    }

    /** The kubelet renews whole volumes alone: what is mounted out of one is as old as the container. */
    @ParameterizedTest
    @MethodSource("tenants")
    void mounts_files_areRenewedWhileTheContainerRuns(TenantControlPlane tenant) {
        TenantObjects objects = ClusterTenants.objects(tenant);

        assertThat(RenderGoldenTest.containers(objects).flatMap(container -> container.getVolumeMounts().stream()))
                .hasSizeGreaterThan(4)
                .allSatisfy(mount -> {
                    assertThat(mount.getSubPath()).isNull();
                    assertThat(mount.getSubPathExpr()).isNull();
                });
    }

    /** One pod template is right for every member: what its arguments name is there for each, and is its own. */
    @ParameterizedTest
    @MethodSource("tenants")
    void files_eachMember_areThoseOfItsName(TenantControlPlane tenant) {
        TenantObjects objects = ClusterTenants.objects(tenant);
        List<VolumeProjection> sources = objects.etcd()
                .statefulSet()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getVolumes()
                .get(0)
                .getProjected()
                .getSources();
        int members = tenant.dataStore().etcd().members().orElseThrow();

        assertThat(sources).hasSize(members);
        for (int number = 0; number < members; number++) {
            String member = objects.frame().names().member(number);
            assertThat(sources.get(number).getSecret().getName()).isEqualTo(member);
            assertThat(sources.get(number).getSecret().getItems().stream()
                            .map(item -> PodTopology.LAYOUT.root().resolve(item.getPath()))
                            .map(Path::toString))
                    .containsExactlyInAnyOrderElementsOf(
                            named(objects.blueprint().of(Component.ETCD), member));
        }
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
                                .map(file -> file.replaceFirst("^(acme|rich)-etcd-\\d/", ""))
                                .collect(Collectors.toSet()));
            }
        }
        return mounted;
    }

    private static Stream<String> files(PodSpec pod, VolumeMount mount) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(mount.getName()))
                .flatMap(ContainerFilesTest::items);
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
