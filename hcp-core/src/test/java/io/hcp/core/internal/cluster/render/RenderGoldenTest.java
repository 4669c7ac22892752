package io.hcp.core.internal.cluster.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.hcp.api.model.Component;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.fixture.Goldens;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.pki.Authority;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RenderGoldenTest {
    @ParameterizedTest
    @ValueSource(strings = {"plain", "rich"})
    void workloads_tenant_areTheReviewedOnes(String kind) {
        Goldens.assertMatches(RenderGoldenTest.class, kind, workloads(tenant(kind, "1.36.3")));
    }

    @ParameterizedTest
    @CsvSource({"plain, 1.34.0", "plain, 1.35.0", "plain, 1.37.0", "rich, 1.34.0", "rich, 1.35.0", "rich, 1.37.0"})
    void programs_otherMinors_areTheReviewedOnes(String kind, String version) {
        TenantObjects objects = ClusterTenants.objects(tenant(kind, version));

        Goldens.assertMatches(
                RenderGoldenTest.class,
                kind + "-programs-" + version,
                containers(objects)
                        .map(container -> container.getImage() + "\n  " + String.join("\n  ", container.getArgs()))
                        .collect(Collectors.joining("\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NODE_PORT", "CLUSTER_IP"})
    void service_otherExposures_areTheReviewedOnes(ExposureType exposure) {
        TenantControlPlane tenant = ClusterTenants.plain("1.36.3")
                .withNetworkProfile(
                        n -> n.exposure(exposure).address("192.0.2.7").port(30443));

        Goldens.assertMatches(
                RenderGoldenTest.class,
                "service-" + exposure,
                Serialization.asYaml(ClusterTenants.objects(tenant).services().api(tenant.networkProfile())));
    }

    /** Their names, types and keys; never what is in them. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "rich"})
    void secrets_tenant_haveTheReviewedKeys(String kind) {
        Goldens.assertMatches(
                RenderGoldenTest.class,
                kind + "-secrets",
                secrets(ClusterTenants.objects(tenant(kind, "1.36.3"))).stream()
                        .map(RenderGoldenTest::shown)
                        .collect(Collectors.joining("\n")));
    }

    @Test
    void workloads_drawnTwice_areTheSameText() {
        for (String kind : List.of("plain", "rich")) {
            assertThat(workloads(tenant(kind, "1.36.3"))).isEqualTo(workloads(tenant(kind, "1.36.3")));
        }
    }

    private static TenantControlPlane tenant(String kind, String version) {
        return Objects.requireNonNull(ClusterTenants.both(version).get(kind));
    }

    private static String workloads(TenantControlPlane tenant) {
        TenantObjects objects = ClusterTenants.objects(tenant);
        return Stream.of(
                        objects.controlPlane().serviceAccount(),
                        objects.services().api(tenant.networkProfile()),
                        objects.services().etcd(),
                        objects.etcd().budget(),
                        objects.etcd().statefulSet(),
                        objects.controlPlane().budget(),
                        objects.controlPlane().deployment())
                .map(Serialization::asYaml)
                .collect(Collectors.joining());
    }

    static Stream<Container> containers(TenantObjects objects) {
        return Stream.of(
                        objects.controlPlane().deployment().getSpec().getTemplate(),
                        objects.etcd().statefulSet().getSpec().getTemplate())
                .flatMap(template -> template.getSpec().getContainers().stream());
    }

    private static List<Secret> secrets(TenantObjects objects) {
        SecretObjects render = objects.secrets();
        TenantNames names = objects.frame().names();
        List<Secret> secrets = new ArrayList<>();
        for (Authority authority : Authority.values()) {
            secrets.add(render.authority(names.authority(authority), "certificate", "key"));
        }
        secrets.add(render.authority(names.serviceAccountKey(), "public", "key"));
        secrets.add(render.encryptionKey("secretbox-1", "key"));
        for (Component component : Component.values()) {
            ComponentBlueprint drawn = objects.blueprint().of(component);
            secrets.add(
                    component == Component.ETCD
                            ? render.memberFiles(drawn, 0, path -> path)
                            : render.files(drawn, path -> path, key -> key));
        }
        secrets.add(render.kubeconfig("kubeconfig"));
        return secrets;
    }

    private static String shown(Secret secret) {
        return String.join(
                " ",
                secret.getMetadata().getName(),
                secret.getType(),
                Boolean.TRUE.equals(secret.getImmutable()) ? "immutable" : "",
                ((HasMetadata) secret).getMetadata().getOwnerReferences().isEmpty() ? "kept" : "owned",
                "\n  " + String.join("\n  ", secret.getData().keySet()));
    }
}
