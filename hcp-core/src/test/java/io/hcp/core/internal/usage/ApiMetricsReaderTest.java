package io.hcp.core.internal.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiMetricsReaderTest {
    private static final String PROCESS = "process_start_time_seconds 1.7e+09";

    private static ApiMetrics read(String... lines) {
        ApiMetricsReader reader = new ApiMetricsReader();
        for (String line : lines) {
            reader.line(line);
        }
        return reader.read();
    }

    /** Cut out of what the API servers of the oldest and of the newest minor say: 20 lists and 20 looks for what is not there. */
    @ParameterizedTest
    @ValueSource(strings = {"1.34.4", "1.37.2"})
    void read_realApiServer_keepsWhatIsAskedFor(String version) throws IOException {
        ApiMetricsReader reader = new ApiMetricsReader();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("kube-apiserver-" + version + ".txt")),
                StandardCharsets.UTF_8))) {
            lines.lines().forEach(reader::line);
        }
        ApiMetrics metrics = reader.read();
        assertThat(metrics.requests().get("404")).isGreaterThanOrEqualTo(20);
        assertThat(metrics.clientRequests()).isGreaterThanOrEqualTo(40);
        assertThat(Objects.requireNonNull(metrics.latencies().get("LIST")).count())
                .isGreaterThanOrEqualTo(20);
        assertThat(metrics.latencies()).doesNotContainKey("WATCH");
        assertThat(metrics.datastore().count()).isPositive();
        assertThat(metrics.inFlight()).isEqualTo(1);
        assertThat(metrics.watches()).isPositive();
        assertThat(metrics.datastoreBytes().orElseThrow()).isBetween(2e5, 1e6);
        assertThat(metrics.cpuSeconds()).isBetween(1.0, 10.0);
        assertThat(metrics.residentBytes()).isBetween(1e8, 1e9);
        assertThat(metrics.startSeconds()).isGreaterThan(1.7e9);
    }

    @Test
    void line_requests_areSummedByCode() {
        ApiMetrics metrics = read(
                PROCESS,
                "# HELP apiserver_request_total Counter",
                "apiserver_request_total{code=\"200\",resource=\"pods\",verb=\"GET\"} 3",
                "apiserver_request_total{code=\"200\",resource=\"leases\",verb=\"PUT\"} 4",
                "apiserver_request_total{code=\"200\",resource=\"\",subresource=\"/readyz\",verb=\"GET\"} 5",
                "apiserver_request_total{code=\"500\",resource=\"pods\",verb=\"GET\"} 1");
        assertThat(metrics.requests()).containsEntry("200", 12.0).containsEntry("500", 1.0);
        assertThat(metrics.clientRequests()).isEqualTo(4);
        assertThat(metrics.datastoreBytes()).isEmpty();
    }

    @Test
    void line_latenciesWithoutEnd_areLeftOut() {
        String bucket =
                "apiserver_request_duration_seconds_bucket{resource=\"pods\",subresource=\"%s\",verb=\"%s\",le=\"+Inf\"} 1";
        ApiMetrics metrics = read(
                PROCESS,
                "apiserver_request_total{code=\"200\"} 1",
                bucket.formatted("", "GET"),
                bucket.formatted("status", "PATCH"),
                bucket.formatted("log", "GET"),
                bucket.formatted("", "WATCH"),
                bucket.formatted("", "WATCHLIST"),
                bucket.formatted("exec", "CONNECT"));
        assertThat(metrics.latencies()).containsOnlyKeys("GET", "PATCH");
        assertThat(Objects.requireNonNull(metrics.latencies().get("GET")).count())
                .isCloseTo(1, within(0.0));
    }

    @Test
    void read_textOfAnotherProgram_isRefused() {
        assertThatThrownBy(() -> read("go_goroutines 3", "<html>", PROCESS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("these are no metrics of a kube-apiserver");
    }
}
