package io.hcp.testbed.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.model.Component;
import io.hcp.core.internal.gateway.TenantApi;
import io.hcp.core.internal.usage.ApiMetrics;
import org.junit.jupiter.api.Test;

/** What {@link TenantApi} promises. */
public abstract class TenantApiContract extends RunningContract {
    @Test
    void ask_nothingRuns_missesEachComponent() {
        assertThat(ask().missing()).hasSize(Component.values().length);
        assertThat(ask().ready()).isEmpty();
    }

    @Test
    void ask_withoutCertificates_missesTheCertificates() {
        removeAll();
        assertThat(ask().missing()).containsExactly("certificates");
        assertThat(ask().ready()).isEmpty();
    }

    @Test
    void metrics_nothingRuns_tellsWhy() {
        assertThat(api().metrics(subject().blueprint()).value()).isEmpty();
        assertThat(api().metrics(subject().blueprint()).problem()).isNotEmpty();
        removeAll();
        assertThat(api().metrics(subject().blueprint()).problem()).isEqualTo("it has no certificates");
    }

    @Test
    void bootstrap_nothingRuns_fails() {
        assertFails(
                ErrorKind.TENANT_API, () -> api().bootstrap(lease(), subject().apiServer()));
    }

    @Test
    void bootstrap_wholeControlPlane_makesItReady() {
        startAll();
        assertThat(ask().missing()).isNotEmpty();
        api().bootstrap(lease(), subject().apiServer());
        awaitReady();
        api().bootstrap(lease(), subject().apiServer());
        awaitReady();
        assertThat(ask().ready()).containsExactlyInAnyOrder(Component.values());
        assertThat(gateways().processes().watchesAll()).isTrue();
        ApiMetrics metrics = api().metrics(subject().blueprint()).value().orElseThrow();
        assertThat(metrics.requests()).containsKey("200");
        assertThat(metrics.residentBytes()).isGreaterThan(1 << 20);
        assertThat(metrics.datastoreBytes().orElseThrow()).isPositive();

        gateways().processes().stop(lease(), Component.KUBE_SCHEDULER);
        assertThat(ask().missing()).singleElement().asString().contains(Component.KUBE_SCHEDULER.binaryName());
        assertThat(ask().ready()).doesNotContain(Component.KUBE_SCHEDULER).contains(Component.ETCD);
        assertFails(ErrorKind.LOCKED, () -> api().bootstrap(lost(), subject().apiServer()));
    }

    private void startAll() {
        for (Component component : Component.values()) {
            startAndAwait(component);
        }
    }

    private void awaitReady() {
        assertThat(time().until(patience(), () -> ask().missing().isEmpty())).isTrue();
    }

    private TenantApi.Answers ask() {
        return api().ask(subject().blueprint());
    }

    private TenantApi api() {
        return gateways().api();
    }
}
