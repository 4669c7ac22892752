package io.hcp.testbed.pods;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Two hundred clients that send a request a second each over a connection that they keep as long as the server lets them,
 * as controllers and kubelets do. They move to another replica only when their connection ends.
 */
final class LongLivedClients implements AutoCloseable {
    /** What they read: nobody else does, so that replicas count them alone. */
    static final String RESOURCE = "limitranges";

    private static final String PATH = "/api/v1/namespaces/default/" + RESOURCE;
    private static final int CLIENTS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TenantAccess access;
    private final ExecutorService shared = Executors.newFixedThreadPool(16);
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);
    private final List<AtomicReference<HttpClient>> clients = new ArrayList<>();

    LongLivedClients(TenantAccess access) {
        this.access = access;
        for (int i = 0; i < CLIENTS; i++) {
            AtomicReference<HttpClient> client = new AtomicReference<>(open());
            clients.add(client);
            var unused = clock.scheduleAtFixedRate(() -> ask(client), 5L * i, 1_000, TimeUnit.MILLISECONDS);
        }
    }

    private HttpClient open() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(access.tls())
                .executor(shared)
                .connectTimeout(PATIENCE)
                .build();
    }

    private void ask(AtomicReference<HttpClient> client) {
        HttpClient used = Objects.requireNonNull(client.get());
        HttpRequest request = HttpRequest.newBuilder(URI.create(access.endpoint() + PATH))
                .timeout(PATIENCE)
                .build();
        var unused = used.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .whenComplete((answer, failure) -> {
                    // A connection that does not answer is given up, as every client of Kubernetes does.
                    if (failure instanceof IOException
                            || (failure != null && failure.getCause() instanceof IOException)) {
                        client.compareAndSet(used, open());
                    }
                });
    }

    @Override
    public void close() {
        clock.shutdownNow();
        shared.shutdownNow();
    }
}
