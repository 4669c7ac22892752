package io.hcp.core.internal.cluster.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.hcp.api.model.AuditLevel;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.KeyAlgorithm;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which pods are made anew by which change: no more than have to be. */
class TemplateChangeTest {
    private static final TenantControlPlane BASE = ClusterTenants.plain("1.36.3");

    private enum Pods {
        CONTROL_PLANE,
        ETCD
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("replicas", t -> t.withControlPlane(c -> c.replicas(5))),
                change("certSans", t -> t.withNetworkProfile(n -> n.addCertSan("api.example"))),
                change("leafValidity", t -> t.withPki(p -> p.leafValidity(Duration.ofDays(30)))),
                change("keyAlgorithm", t -> t.withPki(p -> p.keyAlgorithm(KeyAlgorithm.RSA_2048))),
                change("exposure", t -> t.withNetworkProfile(n -> n.exposure(ExposureType.NODE_PORT))),
                change("port", t -> t.withNetworkProfile(n -> n.port(30443))),
                change("service", t -> t.withNetworkProfile(n -> n.putServiceAnnotation("a", "b"))),
                change("storage", t -> t.withDataStore(d -> d.etcd(e -> e.storage(s -> s.size("20Gi"))))),
                change("version", t -> t.withKubernetesVersion("1.36.4"), Pods.CONTROL_PLANE),
                change("minor", t -> t.withKubernetesVersion("1.37.0"), Pods.CONTROL_PLANE, Pods.ETCD),
                change(
                        "flag",
                        t -> t.withControlPlane(c -> c.scheduler(s -> s.putExtraArg("v", "3"))),
                        Pods.CONTROL_PLANE),
                change(
                        "audit",
                        t -> t.withKubernetes(k -> k.auditPolicy(a -> a.addRule(r -> r.level(AuditLevel.METADATA)))),
                        Pods.CONTROL_PLANE),
                change("startup", t -> t.withControlPlane(c -> c.startupTimeout(Duration.ofMinutes(9))), Pods.values()),
                change(
                        "registry",
                        t -> t.withControlPlane(c -> c.registrySettings(r -> r.registry("example.com"))),
                        Pods.values()),
                change("label", t -> t.withControlPlane(c -> c.pods(p -> p.putLabel("a", "b"))), Pods.CONTROL_PLANE),
                change(
                        "label of etcd",
                        t -> t.withDataStore(d -> d.etcd(e -> e.pods(p -> p.putLabel("a", "b")))),
                        Pods.ETCD),
                change("quota", t -> t.withDataStore(d -> d.etcd(e -> e.quotaBackendBytes("1Gi"))), Pods.ETCD));
    }

    private static Arguments change(String name, UnaryOperator<TenantControlPlane> change, Pods... changed) {
        return Arguments.of(name, change, changed.length == 0 ? Set.of() : Set.of(changed));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void templates_oneChange_areOthersOnlyWhereItMatters(
            String name, UnaryOperator<TenantControlPlane> change, Set<Pods> expected) {
        TenantControlPlane wanted = ClusterTenants.checked(change.apply(BASE));
        Set<Pods> changed = EnumSet.noneOf(Pods.class);
        if (!controlPlane(BASE).equals(controlPlane(wanted))) {
            changed.add(Pods.CONTROL_PLANE);
        }
        if (!etcd(BASE).equals(etcd(wanted))) {
            changed.add(Pods.ETCD);
        }

        assertThat(changed).isEqualTo(expected);
    }

    /** What is only in a file is in no field of the template: its digest has to tell. */
    @Test
    void digest_contentOfAFile_changesIt() {
        TenantControlPlane one =
                BASE.withKubernetes(k -> k.auditPolicy(a -> a.addRule(r -> r.level(AuditLevel.METADATA))));
        TenantControlPlane other =
                BASE.withKubernetes(k -> k.auditPolicy(a -> a.addRule(r -> r.level(AuditLevel.REQUEST))));

        assertThat(controlPlane(one).getSpec()).isEqualTo(controlPlane(other).getSpec());
        assertThat(controlPlane(one).getMetadata())
                .isNotEqualTo(controlPlane(other).getMetadata());
    }

    @Test
    void digest_addressOfTheEndpoint_changesIt() {
        TenantObjects here = ClusterTenants.objects(BASE);
        TenantObjects elsewhere = TenantObjects.of(
                here.frame(),
                BASE,
                ReleaseCatalog.bundled().find(BASE.kubernetesVersion()).orElseThrow(),
                EncryptionState.NONE,
                Blueprint.RENDER_REVISION,
                IpAddress.parse("192.0.2.8"));

        assertThat(here.controlPlane().digest())
                .isNotEqualTo(elsewhere.controlPlane().digest());
        assertThat(here.etcd().statefulSet()).isEqualTo(elsewhere.etcd().statefulSet());
    }

    private static PodTemplateSpec controlPlane(TenantControlPlane tenant) {
        return ClusterTenants.objects(tenant)
                .controlPlane()
                .deployment()
                .getSpec()
                .getTemplate();
    }

    private static PodTemplateSpec etcd(TenantControlPlane tenant) {
        return ClusterTenants.objects(tenant).etcd().statefulSet().getSpec().getTemplate();
    }
}
