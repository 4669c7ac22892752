package io.hcp.core.internal.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hcp.api.usage.ApiUsage;
import io.hcp.api.usage.Latency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ApiRatesTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    /** What an API server says that has answered so many requests, half of them within 0.1 and all within a second. */
    private static ApiSample sample(String replica, int second, double start, double requests) {
        ApiMetricsReader reader = new ApiMetricsReader();
        reader.line("process_start_time_seconds " + start);
        reader.line("apiserver_request_total{code=\"200\",resource=\"pods\"} " + requests * 0.7);
        reader.line("apiserver_request_total{code=\"201\",resource=\"leases\"} " + requests * 0.1);
        reader.line("apiserver_request_total{code=\"503\",resource=\"pods\"} " + requests * 0.1);
        reader.line("apiserver_request_total{code=\"429\",resource=\"pods\"} " + requests * 0.1);
        reader.line("apiserver_request_duration_seconds_bucket{verb=\"GET\",le=\"0.1\"} " + requests / 2);
        reader.line("apiserver_request_duration_seconds_bucket{verb=\"GET\",le=\"1\"} " + requests);
        reader.line("apiserver_request_duration_seconds_bucket{verb=\"GET\",le=\"+Inf\"} " + requests);
        reader.line("etcd_request_duration_seconds_bucket{le=\"0.01\"} " + requests);
        reader.line("etcd_request_duration_seconds_bucket{le=\"+Inf\"} " + requests);
        reader.line("apiserver_current_inflight_requests{request_kind=\"readOnly\"} 2");
        reader.line("apiserver_longrunning_requests{verb=\"WATCH\"} 10");
        reader.line("apiserver_storage_size_bytes " + 1000 * start);
        return new ApiSample(replica, BEGIN.plusSeconds(second), reader.read());
    }

    @Test
    void between_twoReplicas_areSummed() {
        ApiUsage usage = ApiRates.between(
                        List.of(sample("a", 0, 1, 100), sample("b", 0, 2, 1_000)),
                        List.of(sample("a", 10, 1, 200), sample("b", 20, 2, 1_400)))
                .orElseThrow();
        assertThat(usage.requestsPerSecond()).isCloseTo(30, EXACT); // 10 and 20, each over its own span
        assertThat(usage.clientRequestsPerSecond()).isCloseTo(27, EXACT);
        assertThat(usage.errorsPerSecond()).isCloseTo(3, EXACT);
        assertThat(usage.rejectedPerSecond()).isCloseTo(3, EXACT);
        assertThat(usage.inFlight()).isEqualTo(4);
        assertThat(usage.watches()).isEqualTo(20);
        assertThat(usage.datastoreBytes()).as("one datastore, told by each").hasValue(2_000);
        assertThat(usage.latencies())
                .containsOnlyKeys("GET")
                .containsValue(new Latency(30, Duration.ofMillis(100), Duration.ofMillis(820), Duration.ofMillis(982)));
        assertThat(usage.datastore().orElseThrow().p50()).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void between_processRestarted_countsFromZero() {
        ApiUsage less = ApiRates.between(List.of(sample("a", 0, 1, 100)), List.of(sample("a", 10, 1, 50)))
                .orElseThrow();
        assertThat(less.requestsPerSecond()).isEqualTo(5);
        assertThat(less.latencies().values()).extracting(Latency::perSecond).containsExactly(5.0);
        ApiUsage more = ApiRates.between(List.of(sample("a", 0, 1, 100)), List.of(sample("a", 10, 2, 150)))
                .orElseThrow();
        assertThat(more.requestsPerSecond())
                .as("another process that came further")
                .isEqualTo(15);
    }

    @Test
    void between_replicaThatIsNew_isLeftOut() {
        ApiUsage usage = ApiRates.between(
                        List.of(sample("a", 0, 1, 0)), List.of(sample("a", 10, 1, 10), sample("b", 10, 2, 9_000)))
                .orElseThrow();
        assertThat(usage.requestsPerSecond()).isCloseTo(1, EXACT);
        assertThat(ApiRates.between(List.of(), List.of(sample("b", 10, 2, 9_000))))
                .isEmpty();
    }

    @Test
    void between_noRequests_hasNoLatency() {
        ApiUsage usage = ApiRates.between(List.of(sample("a", 0, 1, 100)), List.of(sample("a", 10, 1, 100)))
                .orElseThrow();
        assertThat(usage.requestsPerSecond()).isZero();
        assertThat(usage.latencies()).isEmpty();
        assertThat(usage.datastore()).isEmpty();
    }

    @Test
    void between_sameMoment_isNothing() {
        ApiSample sample = sample("a", 0, 1, 100);
        assertThat(ApiRates.between(List.of(sample), List.of(sample))).isEmpty();
    }
}
