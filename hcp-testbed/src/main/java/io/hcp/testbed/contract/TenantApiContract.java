package io.hcp.testbed.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.model.Component;
import io.hcp.core.internal.gateway.TenantApi;
import org.junit.jupiter.api.Test;

/** What {@link TenantApi} promises. */
public abstract class TenantApiContract extends RunningContract {
    @Test
    void notReady_nothingRuns_isEachComponent() {
        assertThat(api().notReady(subject().blueprint())).hasSize(Component.values().length);
        for (Component component : Component.values()) {
            assertThat(api().isReady(blueprint(component))).isFalse();
        }
    }

    @Test
    void notReady_withoutCertificates_isTheCertificates() {
        gateways().storage().remove(lease());
        assertThat(api().notReady(subject().blueprint())).containsExactly("certificates");
        assertThat(api().isReady(blueprint(Component.ETCD))).isFalse();
    }

    @Test
    void bootstrap_nothingRuns_fails() {
        assertFails(
                ErrorKind.TENANT_API, () -> api().bootstrap(lease(), subject().apiServer()));
    }

    @Test
    void bootstrap_wholeControlPlane_makesItReady() {
        startAll();
        assertThat(api().notReady(subject().blueprint())).isNotEmpty();
        api().bootstrap(lease(), subject().apiServer());
        awaitReady();
        api().bootstrap(lease(), subject().apiServer());
        awaitReady();
        for (Component component : Component.values()) {
            assertThat(api().isReady(blueprint(component))).isTrue();
        }
        assertThat(gateways().processes().watchesAll()).isTrue();

        gateways().processes().stop(lease(), Component.KUBE_SCHEDULER);
        assertThat(api().notReady(subject().blueprint()))
                .singleElement()
                .asString()
                .contains(Component.KUBE_SCHEDULER.binaryName());
        assertFails(ErrorKind.LOCKED, () -> api().bootstrap(lost(), subject().apiServer()));
    }

    private void startAll() {
        for (Component component : Component.values()) {
            startAndAwait(component);
        }
    }

    private void awaitReady() {
        assertThat(time().until(
                                patience(),
                                () -> api().notReady(subject().blueprint()).isEmpty()))
                .isTrue();
    }

    private TenantApi api() {
        return gateways().api();
    }
}
