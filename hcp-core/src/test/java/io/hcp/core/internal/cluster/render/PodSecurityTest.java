package io.hcp.core.internal.cluster.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.hcp.api.model.TenantControlPlane;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pods meet the Pod Security Standard {@code restricted}, control by control.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod Security Standards</a>
 */
class PodSecurityTest {
    private static final Set<String> VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");

    static Stream<PodSpec> pods() {
        return Stream.of(ClusterTenants.plain("1.36.3"), ClusterTenants.rich("1.36.3"))
                .flatMap(PodSecurityTest::pods);
    }

    private static Stream<PodSpec> pods(TenantControlPlane tenant) {
        TenantObjects objects = ClusterTenants.objects(tenant);
        return Stream.of(
                objects.controlPlane().deployment().getSpec().getTemplate().getSpec(),
                objects.etcd().statefulSet().getSpec().getTemplate().getSpec());
    }

    @ParameterizedTest
    @MethodSource("pods")
    void pod_baseline_isMet(PodSpec pod) {
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getHostIPC()).isNull();
        PodSecurityContext security = pod.getSecurityContext();
        assertThat(security.getSysctls()).isEmpty();
        assertThat(security.getSeLinuxOptions()).isNull();
        assertThat(security.getAppArmorProfile()).isNull();
        assertThat(security.getWindowsOptions()).isNull();
        assertThat(pod.getContainers()).allSatisfy(container -> {
            assertThat(container.getSecurityContext().getPrivileged()).isNull();
            assertThat(container.getSecurityContext().getProcMount()).isNull();
            assertThat(container.getSecurityContext().getSeLinuxOptions()).isNull();
            assertThat(container.getPorts())
                    .allSatisfy(port -> assertThat(port.getHostPort()).isNull());
            Stream.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())
                    .filter(probe -> probe != null)
                    .forEach(probe -> assertThat(probe.getHttpGet().getHost()).isNull());
        });
    }

    @ParameterizedTest
    @MethodSource("pods")
    void pod_restricted_isMet(PodSpec pod) {
        assertThat(pod.getInitContainers()).isEmpty();
        assertThat(pod.getVolumes())
                .allSatisfy(volume -> assertThat(types(volume)).isSubsetOf(VOLUMES));
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getContainers()).isNotEmpty().allSatisfy(PodSecurityTest::assertRestricted);
    }

    private static void assertRestricted(Container container) {
        SecurityContext security = container.getSecurityContext();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
        assertThat(security.getRunAsNonRoot()).isNull();
        assertThat(security.getRunAsUser()).isNull();
        assertThat(security.getSeccompProfile()).isNull();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(security.getCapabilities().getAdd())
                .isSubsetOf("NET_BIND_SERVICE")
                .hasSize(container.getName().equals("kube-apiserver") ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("pods")
    void pod_apiOfTheUnderCluster_hasNoToken(PodSpec pod) {
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getEnableServiceLinks()).isFalse();
    }

    private static Set<String> types(Volume volume) {
        Map<?, ?> fields = Serialization.unmarshal(Serialization.asYaml(volume), Map.class);
        return fields.keySet().stream()
                .map(String::valueOf)
                .filter(field -> !field.equals("name"))
                .collect(Collectors.toSet());
    }
}
