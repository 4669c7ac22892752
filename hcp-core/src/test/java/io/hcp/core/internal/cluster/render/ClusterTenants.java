package io.hcp.core.internal.cluster.render;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.ImagePullPolicy;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.PodProfile;
import io.hcp.api.model.TaintEffect;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.model.TolerationOperator;
import io.hcp.core.fixture.Tenants;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import io.hcp.core.internal.spec.ClusterDefaults;
import io.hcp.core.internal.spec.SpecValidator;
import io.hcp.core.internal.spec.rules.ClusterRules;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tenants in pods, for tests. */
final class ClusterTenants {
    static final IpAddress ENDPOINT = IpAddress.parse("192.0.2.7");

    private ClusterTenants() {}

    /** A tenant that asks for nothing but a version. */
    static TenantControlPlane plain(String version) {
        return checked(TenantControlPlane.builder()
                .name("acme")
                .kubernetesVersion(version)
                .tenantId("t234bcdfghjkmnpq")
                .build());
    }

    /** A tenant that uses every field that pods can honour. */
    static TenantControlPlane rich(String version) {
        TenantControlPlane rich = Tenants.rich(version)
                .withNetworkProfile(n -> n.exposure(ExposureType.LOAD_BALANCER)
                        .loadBalancerClass("example.com/internal")
                        .loadBalancerSourceRanges("203.0.113.0/24", "198.51.100.0/24")
                        .putServiceLabel("team", "platform")
                        .putServiceAnnotation("metallb.io/address-pool", "tenants"))
                .withControlPlane(c -> c.replicas(3)
                        .startupTimeout(Duration.ofMinutes(20))
                        .apiServer(a -> a.extraArgs(
                                        Map.of("max-requests-inflight", "800", "external-hostname", "$(POD_NAME)$HOME"))
                                .resources(r -> r.requests(q -> q.cpu("500m").memory("1Gi"))
                                        .limits(q -> q.cpu("2").memory("2Gi"))))
                        .scheduler(s -> s.extraArgs(Map.of()).resources(r -> r.limits(q -> q.memory("64Mi"))))
                        .registrySettings(r -> r.registry("registry.example.com:5000/mirror")
                                .imagePullPolicy(ImagePullPolicy.ALWAYS)
                                .addImagePullSecrets("pull-b", "pull-a"))
                        .pods(pods("control-planes")))
                .withDataStore(d -> d.etcd(e -> e.members(3)
                        .resources(r -> r.requests(q -> q.cpu("250m").memory("512Mi")))
                        .storage(s -> s.size("40Gi").storageClassName("fast"))
                        .pods(pods("stores"))));
        return checked(rich);
    }

    private static Consumer<PodProfile.Builder> pods(String pool) {
        return pods -> pods.putNodeSelector("example.com/pool", pool)
                .addToleration(t -> t.key("example.com/pool").value(pool).effect(TaintEffect.NO_SCHEDULE))
                .addToleration(t -> t.key("node.kubernetes.io/unreachable")
                        .operator(TolerationOperator.EXISTS)
                        .effect(TaintEffect.NO_EXECUTE)
                        .tolerationSeconds(Duration.ofMinutes(2)))
                .priorityClassName("tenants")
                .runtimeClassName("gvisor")
                .putLabel("team", "platform")
                .putLabel("cost-center", "7")
                .putAnnotation("example.com/owner", "jane");
    }

    static TenantControlPlane checked(TenantControlPlane wanted) {
        TenantControlPlane tenant = ClusterDefaults.resolve(wanted, Optional.empty());
        SpecValidator.check(tenant, ClusterRules.ALL);
        return tenant;
    }

    static TenantObjects objects(TenantControlPlane tenant) {
        return TenantObjects.of(
                new Frame(new TenantNames("tenants", tenant.name()), Optional.of(owner(tenant.name()))),
                tenant,
                ReleaseCatalog.bundled().find(tenant.kubernetesVersion()).orElseThrow(),
                EncryptionState.NONE.with(tenant.kubernetes().encryptionAtRest()),
                Blueprint.RENDER_REVISION,
                ENDPOINT);
    }

    private static OwnerReference owner(String name) {
        return new OwnerReferenceBuilder()
                .withApiVersion("hcp.io/v1alpha1")
                .withKind("TenantControlPlane")
                .withName(name)
                .withUid("7f1c1b0e-0000-4000-8000-000000000001")
                .withController(true)
                .withBlockOwnerDeletion(false)
                .build();
    }

    static Map<String, TenantControlPlane> both(String version) {
        return Map.of("plain", plain(version), "rich", rich(version));
    }
}
