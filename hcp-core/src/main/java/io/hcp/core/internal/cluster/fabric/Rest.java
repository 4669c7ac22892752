package io.hcp.core.internal.cluster.fabric;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.time.Time;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends single requests to an API server of the under cluster. Thread-safe. */
final class Rest {
    /** So short that a write which is under way when a lease can no longer be renewed has ended before it is another's. */
    static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);

    private final URI server;
    private final HttpClient http;
    private final KubernetesSerialization json;

    Rest(KubernetesClient client) {
        // Steps try again by themselves, and look at the lease before they do.
        HttpClient single = client.newClient(new RequestConfigBuilder()
                        .withRequestRetryBackoffLimit(0)
                        .withRequestTimeout((int) REQUEST_LIMIT.toMillis())
                        .build())
                .getHttpClient();
        this.server = URI.create(client.getMasterUrl().toString());
        this.http = single;
        this.json = client.getKubernetesSerialization();
    }

    /**
     * What was answered.
     *
     * @param code the HTTP status
     * @param body the object, or a Status that says what is wrong
     */
    record Reply(int code, Map<String, Object> body) {
        boolean isDone() {
            return code >= 200 && code < 300;
        }

        String message() {
            return code + " " + body.getOrDefault("message", "");
        }
    }

    String server() {
        return server.getAuthority();
    }

    Reply get(String path) {
        return send("GET", path, null, "application/json");
    }

    Reply send(String method, String path, @Nullable Map<String, Object> body, String type) {
        HttpRequest.Builder request = http.newHttpRequestBuilder()
                .uri(server.resolve(path))
                .timeout(REQUEST_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        if (body != null) {
            request.method(method, type, json.asJson(body));
        }
        CompletableFuture<HttpResponse<byte[]>> reply = http.sendAsync(request.build(), byte[].class);
        try {
            HttpResponse<byte[]> response = reply.get(2 * REQUEST_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(response.code(), parse(response.body()));
        } catch (InterruptedException e) {
            reply.cancel(true);
            Thread.currentThread().interrupt();
            throw Time.cancelled();
        } catch (ExecutionException e) {
            throw unanswered(ErrorKind.IO, method, path, e.getCause());
        } catch (TimeoutException e) {
            reply.cancel(true);
            throw unanswered(ErrorKind.TIMEOUT, method, path, e);
        }
    }

    private HcpException unanswered(ErrorKind kind, String method, String path, @Nullable Throwable cause) {
        return new HcpException(
                kind,
                "%s %s at %s was not answered: %s".formatted(method, path, server(), cause),
                "see whether the API server of the under cluster is well",
                cause);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> parse(byte @Nullable [] body) {
        if (body == null || body.length == 0 || body[0] != '{') {
            String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
            return Map.of("message", text.strip());
        }
        return json.unmarshal(new String(body, StandardCharsets.UTF_8), Map.class);
    }

    /**
     * Begins to watch.
     *
     * @param path with the query of a watch
     * @param event takes each event, on a thread of the client
     * @param end runs when there will be no more
     * @return ends the watch
     */
    Runnable watch(String path, Consumer<Map<String, Object>> event, Runnable end) {
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(server.resolve(path))
                .forStreaming()
                .build();
        Lines lines = new Lines(line -> event.accept(parse(line)));
        CompletableFuture<HttpResponse<AsyncBody>> reply = http.consumeBytes(request, (buffers, body) -> {
            buffers.forEach(lines::add);
            body.consume();
        });
        var unused = reply.whenComplete((response, failure) -> {
            if (response == null || !response.isSuccessful()) {
                end.run();
                return;
            }
            var unusedEnd = response.body().done().whenComplete((done, broken) -> end.run());
            response.body().consume();
        });
        return () -> {
            var unusedCancel = reply.thenAccept(response -> response.body().cancel());
            reply.cancel(true);
        };
    }
}
