package io.hcp.core.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.PlanStep;
import io.hcp.core.fixture.Tenants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiGapTest {
    private static final TenantControlPlane PLAIN = Tenants.plain("1.36.3");
    private static final Duration STOP_API_SERVER = Duration.ofMillis(1_500);

    private final TenantModel model = TenantModel.running(PLAIN);

    @Test
    void apiGap_apiServerRestarted_isItsStopAndStart() {
        model.took = Map.of("start kube-apiserver", Duration.ofSeconds(2));

        assertThat(gap(PLAIN.withNetworkProfile(n -> n.port(6443)))).isEqualTo(STOP_API_SERVER.plusSeconds(3));
    }

    @Test
    void apiGap_allRestarted_isTheWayFromTheFirstStopToTheLastStart() {
        model.took = Map.of(
                "stop etcd", Duration.ofSeconds(10),
                "start etcd", Duration.ofSeconds(20),
                "start kube-apiserver", Duration.ofSeconds(40),
                "stop kube-scheduler", Duration.ofSeconds(100),
                "start kube-scheduler", Duration.ofSeconds(100));

        assertThat(gap(PLAIN.withKubernetesVersion("1.37.0").withDataStore(d -> d.etcd(e -> e.snapshotCount(5_000)))))
                .isEqualTo(STOP_API_SERVER.plusSeconds(15 + 30 + 60));
    }

    @Test
    void apiGap_etcdAloneRestarted_countsTheApiServersWayBack() {
        model.took = Map.of("stop etcd", Duration.ofSeconds(2), "start etcd", Duration.ofSeconds(4));

        assertThat(gap(PLAIN.withDataStore(d -> d.etcd(e -> e.snapshotCount(5_000)))))
                .isEqualTo(Duration.ofSeconds(3 + 6 + 2));
    }

    @Test
    void apiGap_apiServerDown_countsFromTheBeginning() {
        model.running.remove(Component.KUBE_APISERVER);
        model.outdatedCertificates = List.of("apiserver");
        model.took = Map.of(
                "provide programs", Duration.ofSeconds(2),
                "reissue certificates", Duration.ofSeconds(4),
                "start kube-apiserver", Duration.ofSeconds(6));

        assertThat(gap(PLAIN)).isEqualTo(Duration.ofSeconds(3 + 6 + 9));
    }

    @Test
    void apiGap_tenantThatNeverServed_isNone() {
        assertThat(new TenantModel().plan(PLAIN).apiGap()).isZero();
    }

    @Test
    void apiGap_clientsAlone_isNone() {
        assertThat(gap(PLAIN.withControlPlane(c -> c.scheduler(s -> s.putExtraArg("v", "4")))))
                .isZero();
    }

    @Test
    void expected_measuredBefore_hasAMargin() {
        model.took = Map.of("start kube-scheduler", Duration.ofMillis(1_001));

        assertThat(model.plan(PLAIN.withControlPlane(c -> c.scheduler(s -> s.putExtraArg("v", "4"))))
                        .steps())
                .filteredOn(step -> step.id().equals("start kube-scheduler"))
                .extracting(PlanStep::expected)
                .containsExactly(Duration.ofMillis(1_502));
    }

    private Duration gap(TenantControlPlane wanted) {
        return model.plan(wanted).apiGap();
    }
}
