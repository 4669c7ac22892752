package io.hcp.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.fabric.FabricCluster;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.gateway.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an API server that does not answer may delay, and for how long. */
class SlowApiTest {
    private static final int MANY = 10;

    private static List<Lease> acquire(FabricCluster cluster, int tenants) {
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < tenants; i++) {
            leases.add(cluster.acquire("slow-" + i));
        }
        return leases;
    }

    @Test
    void renew_othersAreNotAnswered_isInTimeAndOthersAreLostInTime() {
        try (SlowApi api = new SlowApi(request -> request.startsWith("PUT slow-"));
                KubernetesClient client = api.client();
                FabricCluster cluster = new FabricCluster(client, "tenants")) {
            List<Lease> slow = acquire(cluster, MANY);
            Lease well = cluster.acquire("well");
            await().atMost(Duration.ofMillis(9_500))
                    .untilAsserted(() -> assertThat(slow).noneMatch(Lease::isHeld));
            assertThat(api.count("PUT well")).isGreaterThanOrEqualTo(2);
            assertThat(well.isHeld()).isTrue();
        }
    }

    @Test
    void close_manyLeasesOfAnApiThatDoesNotAnswer_isBounded() {
        try (SlowApi api = new SlowApi(request -> request.startsWith("DELETE "));
                KubernetesClient client = api.client()) {
            FabricCluster cluster = new FabricCluster(client, "tenants");
            List<Lease> leases = acquire(cluster, MANY);
            assertTimeoutPreemptively(Duration.ofSeconds(7), cluster::close);
            assertThat(leases).noneMatch(Lease::isHeld);
            for (int i = 0; i < MANY; i++) {
                assertThat(api.count("DELETE slow-" + i)).isEqualTo(1);
            }
        }
    }

    @Test
    void get_answerThatDoesNotEnd_isGivenUpBeforeTheLeaseIsAnothers() {
        try (SlowApi api = new SlowApi(request -> request.startsWith("GET "));
                KubernetesClient client = api.client();
                FabricCluster cluster = new FabricCluster(client, "tenants")) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(7),
                    () -> assertThatThrownBy(() -> cluster.objects().get(Kind.SECRET, "acme"))
                            .isInstanceOf(HcpException.class)
                            .extracting(thrown -> ((HcpException) thrown).kind())
                            .isIn(ErrorKind.TIMEOUT, ErrorKind.IO));
        }
    }
}
