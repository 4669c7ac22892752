package io.hcp.core.internal.component;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A download server on this machine that answers each path by a list of answers; the last one stays. */
final class DownloadServer implements AutoCloseable {
    /** Path and Range header of every request. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Deque<HttpHandler>> answers = new ConcurrentHashMap<>();

    DownloadServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    DownloadServer on(String path, HttpHandler... handlers) {
        answers.put(path, new ConcurrentLinkedDeque<>(Arrays.asList(handlers)));
        return this;
    }

    long requestsFor(String path) {
        return requests.stream().filter(line -> line.startsWith(path + " ")).count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(path + " " + (range == null ? "whole" : range));
        Deque<HttpHandler> queue = answers.getOrDefault(path, new ConcurrentLinkedDeque<>());
        HttpHandler handler = queue.size() > 1 ? queue.poll() : queue.peek();
        try {
            if (handler == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                handler.handle(exchange);
            }
        } finally {
            exchange.close();
        }
    }

    static HttpHandler text(String text) {
        return exchange -> send(exchange, text.getBytes(StandardCharsets.UTF_8));
    }

    static HttpHandler status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    static HttpHandler redirect(String location) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    /** A whole file that honours ranges. */
    static HttpHandler file(byte[] content) {
        return exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (range == null) {
                send(exchange, content);
                return;
            }
            int from = Integer.parseInt(range.replaceAll("\\D", ""));
            partial(content, from, from).handle(exchange);
        };
    }

    /** A 206 that says where it starts, truly or not. */
    static HttpHandler partial(byte[] content, int from, int claimedFrom) {
        return exchange -> {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(claimedFrom, content.length - 1, content.length));
            exchange.sendResponseHeaders(206, content.length - from);
            exchange.getResponseBody().write(content, from, content.length - from);
            exchange.getResponseBody().close();
        };
    }

    /** Announces the whole, sends the beginning, hangs up. */
    static HttpHandler truncated(byte[] content, int bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, bytes);
            exchange.getResponseBody().flush();
        };
    }

    /** Announces the whole, sends the beginning, says nothing more until the server is closed. */
    HttpHandler stalled(byte[] content, int bytes, Runnable onStall) {
        return exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, bytes);
            exchange.getResponseBody().flush();
            onStall.run();
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        executor.shutdownNow();
    }

    private static void send(HttpExchange exchange, byte[] content) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
        exchange.getResponseBody().close();
    }
}
