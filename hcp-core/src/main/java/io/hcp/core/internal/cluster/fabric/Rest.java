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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends single requests to an API server of the under cluster. Thread-safe. */
final class Rest {
    /** From its beginning to the end of its answer; after that the API server gives it up, too. See {@link FabricLease}. */
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

        /** Nothing is created in a namespace that is being deleted, and that is how the API server says so. */
        boolean isNamespaceEnding() {
            return code == 403
                    && body.get("details") instanceof Map<?, ?> details
                    && details.get("causes") instanceof List<?> causes
                    && causes.stream()
                            .anyMatch(cause ->
                                    cause instanceof Map<?, ?> map && "NamespaceTerminating".equals(map.get("reason")));
        }
    }

    String server() {
        return server.getAuthority();
    }

    Reply get(String path) {
        return send("GET", path, null, "application/json");
    }

    Reply send(String method, String path, @Nullable Map<String, Object> body, String type) {
        CompletableFuture<Reply> reply = begin(method, path, body, type, REQUEST_LIMIT);
        try {
            return reply.get();
        } catch (InterruptedException e) {
            reply.cancel(true);
            Thread.currentThread().interrupt();
            throw Time.cancelled();
        } catch (ExecutionException e) {
            boolean late = e.getCause() instanceof TimeoutException;
            throw unanswered(late ? ErrorKind.TIMEOUT : ErrorKind.IO, method, path, e.getCause());
        }
    }

    /** Sends without waiting; the reply fails with {@link TimeoutException} if it is not there in time. */
    CompletableFuture<Reply> begin(
            String method, String path, @Nullable Map<String, Object> body, String type, Duration limit) {
        String timed = path + (path.contains("?") ? "&" : "?") + "timeout=" + limit.toSeconds() + "s";
        HttpRequest.Builder request = http.newHttpRequestBuilder()
                .uri(server.resolve(timed))
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (body != null) {
            request.method(method, type, json.asJson(body));
        }
        CompletableFuture<HttpResponse<byte[]>> sent = http.sendAsync(request.build(), byte[].class);
        CompletableFuture<Reply> reply = sent.thenApply(response -> new Reply(response.code(), parse(response.body())))
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        var unused = reply.whenComplete((answer, failure) -> sent.cancel(true)); // does nothing once it is answered
        return reply;
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
