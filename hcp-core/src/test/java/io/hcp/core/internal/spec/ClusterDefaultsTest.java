package io.hcp.core.internal.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.ExposureType;
import io.hcp.api.model.ImagePullPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.fixture.Seeds;
import io.hcp.core.fixture.Seeds.Seeded;
import io.hcp.core.fixture.SpecGenerator;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterDefaultsTest {
    private static final int CASES = 1_000;
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.36.3")
            .build();

    @Test
    void resolve_nothingSet_hasTheDefaults() {
        assertThat(resolve(ACME))
                .isEqualTo(SpecDefaults.resolve(ACME, Optional.empty())
                        .withControlPlane(c -> c.replicas(2)
                                .apiServer(a -> a.resources(
                                        r -> r.requests(q -> q.cpu("100m").memory("384Mi"))))
                                .controllerManager(a -> a.resources(
                                        r -> r.requests(q -> q.cpu("50m").memory("160Mi"))))
                                .scheduler(a -> a.resources(
                                        r -> r.requests(q -> q.cpu("20m").memory("96Mi"))))
                                .registrySettings(r ->
                                        r.registry("registry.k8s.io").imagePullPolicy(ImagePullPolicy.IF_NOT_PRESENT))
                                .startupTimeout(Duration.ofMinutes(5)))
                        .withNetworkProfile(n -> n.exposure(ExposureType.LOAD_BALANCER))
                        .withDataStore(d -> d.etcd(e -> e.members(1)
                                .storage(s -> s.size("8Gi"))
                                .resources(r -> r.requests(q -> q.cpu("50m").memory("128Mi"))))));
    }

    @ParameterizedTest
    @CsvSource({"64Mi, 2240Mi", "2Gi, 8Gi", "8Gi, 26Gi", "16Gi, 50Gi"})
    void resolve_quota_volumeHasRoomForIt(String quota, String size) {
        TenantControlPlane tenant = resolve(ACME.withDataStore(d -> d.etcd(e -> e.quotaBackendBytes(quota))));

        assertThat(tenant.dataStore().etcd().storage().size().orElseThrow()).hasToString(size);
    }

    @Test
    void resolve_limitBelowTheDefaultRequest_requestsTheLimit() {
        TenantControlPlane tenant = resolve(ACME.withControlPlane(c ->
                c.apiServer(a -> a.resources(r -> r.limits(q -> q.memory("256Mi"))))));

        assertThat(tenant.controlPlane()
                        .apiServer()
                        .resources()
                        .requests()
                        .memory()
                        .orElseThrow())
                .hasToString("256Mi");
        assertThat(tenant.controlPlane()
                        .apiServer()
                        .resources()
                        .requests()
                        .cpu()
                        .orElseThrow())
                .hasToString("100m");
    }

    @Test
    void resolve_anySpec_isIdempotentAndKeepsWhatTheTenantHas() {
        Seeded seed = Seeds.print(ClusterDefaultsTest.class);
        SpecGenerator specs = new SpecGenerator(seed);
        for (int number = 0; number < CASES; number++) {
            TenantControlPlane stored = resolve(specs.next());
            TenantControlPlane wanted = specs.next();
            TenantControlPlane changed = ClusterDefaults.resolve(wanted, Optional.of(stored));
            TenantControlPlane unset = ClusterDefaults.resolve(
                    TenantControlPlane.builder()
                            .name(stored.name())
                            .kubernetesVersion(stored.kubernetesVersion())
                            .build(),
                    Optional.of(stored));

            assertThat(resolve(stored)).as("%s %s", seed, stored).isEqualTo(stored);
            assertThat(ClusterDefaults.resolve(changed, Optional.of(stored)))
                    .as("%s %s", seed, wanted)
                    .isEqualTo(changed);
            assertThat(unset.dataStore().etcd().storage())
                    .as("%s %s", seed, stored)
                    .isEqualTo(stored.dataStore().etcd().storage());
            assertThat(unset.controlPlane().replicas())
                    .as("%s %s", seed, stored)
                    .isEqualTo(stored.controlPlane().replicas());
            assertThat(unset.networkProfile().exposure())
                    .as("%s %s", seed, stored)
                    .isEqualTo(stored.networkProfile().exposure());
        }
    }

    private static TenantControlPlane resolve(TenantControlPlane wanted) {
        return ClusterDefaults.resolve(wanted, Optional.empty());
    }
}
