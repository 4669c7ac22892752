package io.hcp.core.internal.component;

import io.hcp.core.internal.component.DownloadFailure.Scope;
import io.hcp.core.internal.threads.Daemons;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Gets files over HTTP, in several attempts, going on where the last one ended. */
final class Downloader {
    private static final int ATTEMPTS = 5;
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final long TICK_MILLIS = 200;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    private final ResolverLimits limits;
    private final HttpClient client;

    /** Not {@code sendAsync}: its results come through the common pool, which callers may have filled with waiting. */
    private final ExecutorService requests;

    Downloader(ResolverLimits limits) {
        this.limits = limits;
        this.requests = Executors.newCachedThreadPool(Daemons.named("hcp-download-"));
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.connect())
                .followRedirects(HttpClient.Redirect.NORMAL) // never from https to http
                .build();
    }

    /** Hears how many bytes of how many (-1: unknown) a file has. */
    interface Listener {
        void received(long bytes, long total);
    }

    /** Gets a small text. */
    String text(URI uri) throws DownloadFailure, InterruptedException {
        return retrying(() -> {
            HttpRequest request = HttpRequest.newBuilder(uri).build();
            HttpResponse<String> response =
                    await(requests.submit(() -> client.send(request, BodyHandlers.ofString())), uri, () -> 0);
            requireOk(response, uri);
            return response.body();
        });
    }

    /**
     * Gets a file.
     *
     * @param part where it is written; what is there is taken for its beginning
     * @throws IOException if the part cannot be written
     */
    void file(URI uri, Path part, Listener listener) throws DownloadFailure, IOException, InterruptedException {
        PartWriter[] last = {new PartWriter()};
        try {
            Object unused = retrying(() -> {
                last[0] = new PartWriter();
                return attempt(uri, part, last[0], listener);
            });
        } catch (DownloadFailure e) {
            IOException local = last[0].failure();
            if (local != null) {
                throw local;
            }
            throw e;
        }
    }

    private Path attempt(URI uri, Path part, PartWriter writer, Listener listener)
            throws DownloadFailure, InterruptedException {
        long have = part.toFile().length();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        Transfer transfer = new Transfer(part, have, writer);
        HttpResponse<Void> response;
        try {
            HttpRequest built = request.build();
            response = await(requests.submit(() -> client.send(built, transfer)), uri, () -> {
                listener.received(writer.size(), transfer.total);
                return writer.size();
            });
        } catch (DownloadFailure e) {
            // What the disk refuses is not worth another attempt.
            throw writer.failure() == null ? e : new DownloadFailure(Scope.FILE, e.reason(), e);
        } finally {
            writer.stop();
        }
        if (transfer.misplaced || response.statusCode() == RANGE_NOT_SATISFIABLE) {
            deletePart(part);
            throw new DownloadFailure(
                    Scope.ATTEMPT, "the server sent another range than bytes " + have + "- of " + uri);
        }
        requireOk(response, uri);
        if (transfer.total >= 0 && writer.size() != transfer.total) {
            if (writer.size() > transfer.total) {
                deletePart(part); // no server can complete it
            }
            throw new DownloadFailure(
                    Scope.ATTEMPT, uri + " ended after " + writer.size() + " of " + transfer.total + " bytes");
        }
        return part;
    }

    private static void deletePart(Path part) throws DownloadFailure {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new DownloadFailure(Scope.FILE, "cannot delete " + part, e);
        }
    }

    private <T> T retrying(Attempt<T> attempt) throws DownloadFailure, InterruptedException {
        for (int number = 1; ; number++) {
            try {
                return attempt.run();
            } catch (DownloadFailure e) {
                // A server that answered before and cannot be reached now is worth waiting for.
                boolean last = number == ATTEMPTS || e.scope() == Scope.FILE;
                if (last || (e.scope() == Scope.SERVER && number == 1)) {
                    throw number == 1
                            ? e
                            : new DownloadFailure(
                                    e.scope(), "attempt " + number + " of " + ATTEMPTS + ": " + e.reason(), e);
                }
            }
            Pause.of(limits.backOff().multipliedBy(1L << (number - 1)));
        }
    }

    /** Waits for a response as long as it makes progress. */
    private <T> T await(Future<T> response, URI uri, LongSupplier received)
            throws DownloadFailure, InterruptedException {
        long seen = 0;
        long since = System.nanoTime();
        long tick = Math.min(TICK_MILLIS, Math.max(1, limits.stall().toMillis() / 4));
        try {
            while (true) {
                try {
                    return response.get(tick, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    long now = received.getAsLong();
                    if (now != seen) {
                        seen = now;
                        since = System.nanoTime();
                    } else if (System.nanoTime() - since > limits.stall().toNanos()) {
                        throw new DownloadFailure(
                                Scope.ATTEMPT,
                                uri + " sent nothing for " + limits.stall().toMillis() + " ms",
                                e);
                    }
                }
            }
        } catch (ExecutionException e) {
            throw failure(uri, e.getCause());
        } finally {
            response.cancel(true);
        }
    }

    private static DownloadFailure failure(URI uri, @Nullable Throwable cause) {
        String where = uri.getScheme() + "://" + uri.getAuthority();
        if (cause instanceof ConnectException) {
            boolean unknown = Stream.<Throwable>iterate(cause, Objects::nonNull, Throwable::getCause)
                    .anyMatch(UnresolvedAddressException.class::isInstance);
            String what = unknown ? "unknown host" : "connection refused";
            return new DownloadFailure(Scope.SERVER, where + ": " + what, cause);
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return new DownloadFailure(Scope.SERVER, where + ": no connection in time", cause);
        }
        if (cause instanceof SSLException) {
            return new DownloadFailure(Scope.SERVER, where + ": " + cause.getMessage(), cause);
        }
        String message = cause == null ? "no answer" : String.valueOf(cause.getMessage());
        return new DownloadFailure(Scope.ATTEMPT, uri + ": " + message, cause == null ? new IOException() : cause);
    }

    private static void requireOk(HttpResponse<?> response, URI uri) throws DownloadFailure {
        int status = response.statusCode();
        if (status == OK || status == PARTIAL) {
            return;
        }
        boolean transitory = status >= SERVER_ERROR || status == TOO_MANY_REQUESTS;
        throw new DownloadFailure(transitory ? Scope.ATTEMPT : Scope.FILE, uri + " answered " + status);
    }

    /** One try. */
    private interface Attempt<T> {
        T run() throws DownloadFailure, InterruptedException;
    }

    /** Decides from a response's head where its body goes. */
    private static final class Transfer implements HttpResponse.BodyHandler<Void> {
        private final Path part;
        private final long have;
        private final PartWriter writer;
        private volatile long total = -1;
        private volatile boolean misplaced;

        Transfer(Path part, long have, PartWriter writer) {
            this.part = part;
            this.have = have;
            this.writer = writer;
        }

        @Override
        public BodySubscriber<Void> apply(ResponseInfo info) {
            if (info.statusCode() == OK) {
                total = info.headers().firstValueAsLong("Content-Length").orElse(-1);
                return writer.open(part, 0);
            }
            if (info.statusCode() != PARTIAL) {
                return BodySubscribers.discarding();
            }
            Matcher range = CONTENT_RANGE.matcher(
                    info.headers().firstValue("Content-Range").orElse(""));
            misplaced = !range.matches() || Long.parseLong(range.group(1)) != have;
            if (misplaced) {
                return BodySubscribers.discarding();
            }
            total = Long.parseLong(range.group(3));
            return writer.open(part, have);
        }
    }
}
