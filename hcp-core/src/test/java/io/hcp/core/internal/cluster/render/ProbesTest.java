package io.hcp.core.internal.cluster.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What containers are killed for, and what takes them out of rotation. */
class ProbesTest {
    private static Map<String, String> paths(String version, Function<Container, Probe> probe) {
        return RenderGoldenTest.containers(ClusterTenants.objects(ClusterTenants.plain(version)))
                .filter(container -> probe.apply(container) != null)
                .collect(Collectors.toMap(
                        Container::getName,
                        container -> probe.apply(container).getHttpGet().getPath()));
    }

    /** Nothing that ends with the outage of another part: a restart would not help, and would have to wait for it. */
    @ParameterizedTest
    @ValueSource(strings = {"1.34.0", "1.35.0", "1.36.3", "1.37.0"})
    void liveness_anyContainer_doesNotDependOnAnother(String version) {
        assertThat(paths(version, Container::getLivenessProbe))
                .isEqualTo(Map.of(
                        "kube-apiserver", "/livez?exclude=etcd",
                        "kube-controller-manager", "/healthz",
                        "kube-scheduler", "/healthz",
                        "etcd", "/livez"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.34.0", "1.37.0"})
    void readiness_whatServes_isAsked(String version) {
        assertThat(paths(version, Container::getReadinessProbe))
                .isEqualTo(Map.of("kube-apiserver", "/readyz", "etcd", "/readyz"));
    }
}
