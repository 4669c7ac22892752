package io.hcp.testbed.maintain;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.hcp.core.internal.threads.Daemons;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A way to a real API server on which things go wrong. Each connection carries one request. */
final class TroubledApi implements AutoCloseable {
    private static final int LONGEST_SILENCE = 60_000;
    private static final int LEAST_WATCH = 500;
    private static final int MORE_WATCH = 5_000;
    private static final int MOST_DELAY = 2_000;
    private static final String TOO_OLD = "1";

    private final URI server;
    private final SSLContext tls;
    private final Random random;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newCachedThreadPool(Daemons.named("troubled-api-"));
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("troubled-api-ends-"));
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Trouble trouble = Trouble.NONE;
    private volatile double share;

    /**
     * A request.
     *
     * @param what for example {@code PATCH services/acme}
     * @param met what went wrong with it
     * @param code what was answered; 0 for nothing
     */
    record Asked(String what, Trouble met, int code) {}

    TroubledApi(Config config, Random random) {
        this.server = URI.create(config.getMasterUrl());
        this.random = random;
        try {
            tls = SSLUtils.sslContext(config);
            door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
        threads.execute(this::accept);
    }

    KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + door.getLocalPort())
                        .build())
                .build();
    }

    /** Lets a share of requests meet a trouble from now on. */
    void begin(Trouble next, double part) {
        share = part;
        trouble = next;
    }

    /** What was asked since this was made or cleared. */
    List<Asked> asked() {
        return List.copyOf(asked);
    }

    void clear() {
        asked.clear();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return; // it is closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            Optional<HttpMessage> request = HttpMessage.read(new BufferedInputStream(client.getInputStream()));
            if (request.isPresent()) {
                Trouble now = trouble;
                boolean met = now.meets(request.get()) && random.nextDouble() < share;
                serve(client, request.get(), met ? now : Trouble.NONE, now.dropsWatches());
            }
        } catch (IOException e) {
            return; // one of both sides has gone
        }
    }

    private void serve(Socket client, HttpMessage request, Trouble met, boolean dropped) throws IOException {
        switch (met) {
            case TOO_MANY_REQUESTS -> refuse(client, request, met, 429, "TooManyRequests");
            case ERRORS -> refuse(client, request, met, 500, "InternalError");
            case CONFLICTS -> refuse(client, request, met, 409, "Conflict");
            case TIMEOUTS -> {
                note(request, met, 0);
                if (random.nextBoolean()) {
                    var unused = answer(request);
                }
                client.setSoTimeout(LONGEST_SILENCE);
                long unused = client.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
            case LOST_ANSWERS -> {
                note(request, met, 0);
                var unused = answer(request);
                client.setSoLinger(true, 0);
            }
            case SLOW_ANSWERS -> relay(client, request, met, false, random.nextInt(MOST_DELAY));
            case EXPIRED_VERSIONS -> relay(client, request.since(TOO_OLD), met, true, 0);
            default -> relay(client, request, met, dropped && request.isWatch(), 0);
        }
    }

    private void note(HttpMessage request, Trouble met, int code) {
        asked.add(new Asked(request.summary(), met, code));
    }

    private void refuse(Socket client, HttpMessage request, Trouble met, int code, String reason) throws IOException {
        note(request, met, code);
        String body = """
                {"kind":"Status","apiVersion":"v1","status":"Failure","message":"trouble","reason":"%s","code":%d}""".formatted(reason, code);
        String head = """
                HTTP/1.1 %d %s\r
                Content-Type: application/json\r
                Retry-After: 1\r
                Connection: close\r
                Content-Length: %d\r
                \r
                """.formatted(code, reason, body.length());
        client.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }

    private Socket connect() throws IOException {
        Socket socket = tls.getSocketFactory().createSocket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private byte[] answer(HttpMessage request) throws IOException {
        try (Socket upstream = connect()) {
            send(upstream, request);
            return upstream.getInputStream().readAllBytes();
        }
    }

    private void send(Socket upstream, HttpMessage request) throws IOException {
        upstream.getOutputStream().write(request.to(server.getAuthority()));
        upstream.getOutputStream().flush();
    }

    private void relay(Socket client, HttpMessage request, Trouble met, boolean drop, int delay) throws IOException {
        try (Socket upstream = connect()) {
            send(upstream, request);
            Optional<ScheduledFuture<?>> end = drop ? Optional.of(endLater(client)) : Optional.empty();
            byte[] first = new byte[8192];
            int length = upstream.getInputStream().read(first);
            if (length < 0) {
                return;
            }
            note(request, met, code(first, length));
            scheduler.schedule(() -> {}, delay, TimeUnit.MILLISECONDS).get();
            if (request.isWebSocket()) {
                threads.execute(() -> copy(client, upstream));
            }
            client.getOutputStream().write(first, 0, length);
            client.getOutputStream().flush();
            copy(upstream, client);
            end.ifPresent(later -> later.cancel(false));
        } catch (java.util.concurrent.ExecutionException | InterruptedException e) {
            throw new IOException(e);
        }
    }

    private ScheduledFuture<?> endLater(Socket client) {
        return scheduler.schedule(
                () -> {
                    client.close();
                    return true;
                },
                LEAST_WATCH + random.nextInt(MORE_WATCH),
                TimeUnit.MILLISECONDS);
    }

    private static int code(byte[] head, int length) {
        String text = new String(head, 0, Math.min(length, 12), StandardCharsets.UTF_8);
        return text.matches("HTTP/1.1 \\d{3}") ? Integer.parseInt(text.substring(9)) : 0;
    }

    /** Until one side ends; then both do. */
    private static void copy(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                to.getOutputStream().write(buffer, 0, length);
                to.getOutputStream().flush();
            }
        } catch (IOException e) {
            return; // it has ended
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
        scheduler.shutdownNow();
    }
}
