package io.hcp.core.internal.tenant;

import io.hcp.core.internal.usage.ApiMetrics;
import io.hcp.core.internal.usage.ApiMetricsReader;
import io.hcp.core.internal.usage.Reading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/** The metrics of an API server while they are on their way: read line by line, and never kept. */
final class MetricsAnswer {
    private static final int OK = 200;

    private MetricsAnswer() {}

    static Reading<ApiMetrics> read(HttpResponse<InputStream> response, Duration limit) throws IOException {
        try (InputStream body = response.body()) {
            if (response.statusCode() != OK) {
                return Reading.failed("it answers " + response.statusCode());
            }
            // The limit of a request ends with the head of its answer. Closing wakes up who waits for more.
            CompletableFuture<Void> whole =
                    new CompletableFuture<Void>().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
            var unused = whole.whenComplete((end, late) -> close(body));
            try {
                return read(unpacked(response, body));
            } finally {
                whole.complete(null);
            }
        } catch (IllegalArgumentException e) {
            return Reading.failed(e.toString());
        }
    }

    private static InputStream unpacked(HttpResponse<InputStream> response, InputStream body) throws IOException {
        boolean packed = response.headers()
                .firstValue("Content-Encoding")
                .filter("gzip"::equals)
                .isPresent();
        return packed ? new GZIPInputStream(body) : body;
    }

    private static Reading<ApiMetrics> read(InputStream text) throws IOException {
        ApiMetricsReader reader = new ApiMetricsReader();
        BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            reader.line(line);
        }
        return Reading.of(reader.read());
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
