package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.ControlPlane;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.InMemoryPods;
import io.hcp.testbed.fake.UnderWorld;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A tenant that was made anew by the name of a deleted one has nothing of that: no authority, no key, no endpoint. */
class PodsAnewTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.35.4")
            .build();

    private final UnderWorld world = new UnderWorld();

    private static String authority(UnderWorld world) {
        return world.objects().get("Secret acme-ca").text("data", "tls.crt").orElseThrow();
    }

    @Test
    void status_tenantMadeAnewByAnotherProcess_isAskedWithItsOwnAuthorities() {
        try (HostedControlPlanes watcher = InMemoryPods.on(world.open());
                HostedControlPlanes worker = InMemoryPods.on(world.open())) {
            worker.apply(ACME).awaitReady(LIMIT);
            ControlPlane seen = watcher.get("acme").orElseThrow();
            seen.awaitReady(LIMIT);
            assertThat(seen.status().ready()).isTrue();
            String before = authority(world);

            worker.delete("acme").await(LIMIT);
            worker.apply(ACME).awaitReady(LIMIT);

            assertThat(authority(world)).isNotEqualTo(before);
            assertThat(seen.status().ready()).isTrue();
            watcher.get("acme").orElseThrow().awaitReady(LIMIT);
        }
    }

    @Test
    void apply_afterDeletionByTheSameProcess_makesAllAnew() {
        try (HostedControlPlanes hcp = InMemoryPods.on(world.open())) {
            hcp.apply(ACME).awaitReady(LIMIT);
            String before = authority(world);
            hcp.delete("acme").await(LIMIT);
            ControlPlane anew = hcp.apply(ACME).awaitReady(LIMIT);

            assertThat(authority(world)).isNotEqualTo(before);
            assertThat(anew.status().ready()).isTrue();
            assertThat(hcp.plan(anew.spec()).isEmpty()).isTrue();
        }
    }
}
