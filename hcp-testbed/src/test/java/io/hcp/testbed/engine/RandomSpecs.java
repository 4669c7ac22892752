package io.hcp.testbed.engine;

import io.hcp.api.model.AuditLevel;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.EncryptionProvider;
import io.hcp.api.model.KeyAlgorithm;
import io.hcp.api.model.KubernetesVersion;
import io.hcp.api.model.TenantControlPlane;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Makes valid descriptions, and valid changes of them, of every group of fields. */
final class RandomSpecs {
    private static final List<String> VERSIONS = List.of("1.34.1", "1.35.0", "1.36.3");
    private static final int NEWEST_MINOR = 37;

    /** Times the length of a tenant's name: tenants whose names are not of the same length never want the same port. */
    private static final int FIRST_PORT = 2_000;

    private final Random random;

    /** What can change at any time. */
    private final List<UnaryOperator<TenantControlPlane>> changes = List.of(
            spec -> spec.withControlPlane(c -> c.apiServer(s -> s.putExtraArg("max-requests-inflight", number(900)))),
            spec -> spec.withControlPlane(c -> c.controllerManager(m -> m.putExtraArg("v", number(9)))),
            spec -> spec.withControlPlane(c -> c.scheduler(s -> s.putExtraArg("v", number(9)))),
            spec -> spec.withControlPlane(c -> c.apiServer(s -> {}).scheduler(s -> {})),
            spec -> spec.withKubernetes(k -> k.putFeatureGate("HPAScaleToZero", flip())),
            spec -> spec.withKubernetes(k -> k.admissionPlugins(p -> p.addEnabled("AlwaysPullImages"))),
            spec -> spec.withKubernetes(k -> k.admissionPlugins(p -> p.addDisabled("DefaultStorageClass"))),
            spec -> spec.withKubernetes(k -> k.jwtIssuers(List.of())
                    .addJwtIssuer(i -> i.url("https://issuer-" + number(99) + ".example")
                            .addAudience("hcp")
                            .username(m -> m.claim("sub").prefix("oidc:")))),
            spec -> spec.withKubernetes(k ->
                    k.auditPolicy(p -> p.addRule(r -> r.level(oneOf(List.of(AuditLevel.values())))))),
            spec -> spec.withKubernetes(k ->
                    k.encryptionAtRest(e -> e.provider(oneOf(List.of(EncryptionProvider.values())))
                            .resources(oneOf(List.of(List.of(), List.of("secrets", "configmaps")))))),
            spec -> spec.withNetworkProfile(n -> n.addCertSan("api-" + number(99) + ".example")),
            spec -> spec.withNetworkProfile(n -> n.certSans(List.of())),
            spec -> spec.withNetworkProfile(n -> n.port(FIRST_PORT * spec.name().length() + below(FIRST_PORT))),
            spec -> spec.withDataStore(d -> d.etcd(e -> e.snapshotCount(1 + below(1_000_000)))),
            spec -> spec.withDataStore(d -> d.etcd(e -> e.quotaBackendBytes(oneOf(List.of("2Gi", "8Gi"))))),
            spec -> spec.withDataStore(d ->
                    d.etcd(e -> e.heartbeatInterval(Duration.ofMillis(200)).electionTimeout(Duration.ofSeconds(2)))),
            spec -> spec.withPki(p -> p.leafValidity(Duration.ofDays(20 + below(280)))),
            spec -> spec.withPki(p -> p.keyAlgorithm(oneOf(List.of(KeyAlgorithm.values())))),
            spec -> spec.withLifecycle(l -> l.deletionPolicy(oneOf(List.of(DeletionPolicy.values())))));

    /** What is fixed once the tenant exists. */
    private final List<UnaryOperator<TenantControlPlane>> choices = List.of(
            spec -> spec.withNetworkProfile(n -> n.serviceCidrs("10.32.0.0/16").podCidrs("10.64.0.0/14")),
            spec -> spec.withNetworkProfile(n -> n.serviceCidrs("fd00:1::/112").podCidrs("fd00:2::/56")),
            spec -> spec.withNetworkProfile(n -> n.clusterDomain("tenant.internal")),
            spec -> spec.withPki(p -> p.authorityValidity(Duration.ofDays(1_000))),
            spec -> spec.withLifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN)));

    RandomSpecs(Random random) {
        this.random = random;
    }

    /** A description of a tenant that does not exist. */
    TenantControlPlane next(String name) {
        TenantControlPlane spec = TenantControlPlane.builder()
                .name(name)
                .kubernetesVersion(oneOf(VERSIONS))
                .build();
        for (UnaryOperator<TenantControlPlane> choice : choices) {
            spec = random.nextInt(3) == 0 ? choice.apply(spec) : spec;
        }
        return changed(spec, random.nextInt(3));
    }

    /** The same description with a few changes. */
    TenantControlPlane changed(TenantControlPlane spec, int times) {
        TenantControlPlane changed = spec;
        for (int number = 0; number < times; number++) {
            changed = oneOf(changes).apply(changed);
        }
        return changed;
    }

    /** The same description with a newer version. */
    TenantControlPlane raised(TenantControlPlane spec, KubernetesVersion from) {
        boolean minor = flip() && from.minor() < NEWEST_MINOR;
        return spec.withKubernetesVersion(
                minor
                        ? "1.%d.%d".formatted(from.minor() + 1, random.nextInt(5))
                        : "1.%d.%d".formatted(from.minor(), from.patch() + 1));
    }

    /** A description that breaks a rule whatever there is. */
    TenantControlPlane invalid(TenantControlPlane spec) {
        return flip()
                ? spec.withControlPlane(c -> c.scheduler(s -> s.putExtraArg("no-such-flag", "1")))
                : spec.withKubernetesVersion("1.99.0");
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private boolean flip() {
        return random.nextBoolean();
    }

    private String number(int bound) {
        return Integer.toString(1 + below(bound));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
