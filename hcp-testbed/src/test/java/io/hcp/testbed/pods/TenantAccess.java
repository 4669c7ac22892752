package io.hcp.testbed.pods;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.hcp.api.ControlPlane;
import io.hcp.api.model.KubeconfigRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * How an administrator reaches a tenant, from outside of the cluster: through the tenant's own address.
 *
 * @param tls with the administrator's certificate
 * @param endpoint the tenant's address
 */
record TenantAccess(SSLContext tls, URI endpoint) {
    /** After which a request is taken for lost. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    /** An API server asks every member of etcd for its size before it tells its metrics, 20 s long if one is gone. */
    private static final Duration METRICS_LIMIT = Duration.ofSeconds(40);

    private static final int SERVER_PORT = 6443;

    static TenantAccess of(ControlPlane tenant) {
        return of(tenant.kubeconfig(KubeconfigRequest.builder().build()));
    }

    static TenantAccess of(String kubeconfig) {
        Config config = Config.fromKubeconfig(kubeconfig);
        try {
            String master = config.getMasterUrl();
            return new TenantAccess(
                    SSLUtils.sslContext(config),
                    URI.create(master.endsWith("/") ? master.substring(0, master.length() - 1) : master));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the kubeconfig cannot be used", e);
        }
    }

    /** A client with connections of its own. */
    HttpClient newClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .connectTimeout(LIMIT)
                .build();
    }

    /** The same administrator at one of the tenant's API servers. */
    TenantAccess at(String address) {
        return new TenantAccess(tls, URI.create("https://" + address + ":" + SERVER_PORT));
    }

    /** Gets what is at a path. */
    String get(String path) throws IOException {
        // An answer to this version of HTTP is never in pieces with lengths between them.
        String answer =
                exchange("GET " + path + " HTTP/1.0\r\nHost: " + endpoint.getAuthority() + "\r\n\r\n", METRICS_LIMIT);
        if (!answer.startsWith("HTTP/1.0 200 ")) {
            throw new IOException("got \"" + answer.lines().findFirst().orElse("nothing") + "\"");
        }
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    /** Sends a request over a new connection with a full TLS handshake; throws unless the answer is 200 or 201, and whole. */
    void send(String method, String path, String type, String body) throws IOException {
        check(exchange(text(method, path, type, body), LIMIT));
    }

    private String exchange(String request, Duration limit) throws IOException {
        String stage = "connect";
        try (Socket plain = new Socket()) {
            plain.setTcpNoDelay(true);
            plain.setSoTimeout((int) limit.toMillis());
            plain.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), (int) LIMIT.toMillis());
            stage = "TLS";
            try (SSLSocket secure = (SSLSocket)
                    tls.getSocketFactory().createSocket(plain, endpoint.getHost(), endpoint.getPort(), true)) {
                secure.startHandshake();
                stage = "answer";
                secure.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                String answer = new String(secure.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                // The next one must not take up this session.
                secure.getSession().invalidate();
                return answer;
            }
        } catch (IOException e) {
            throw new IOException(stage + ": " + e.getMessage(), e);
        }
    }

    private String text(String method, String path, String type, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return String.join(
                "\r\n",
                method + " " + path + " HTTP/1.1",
                "Host: " + endpoint.getAuthority(),
                "Connection: close",
                "Content-Type: " + type,
                "Content-Length: " + length,
                "",
                body);
    }

    private static void check(String answer) throws IOException {
        boolean good = answer.startsWith("HTTP/1.1 200 ") || answer.startsWith("HTTP/1.1 201 ");
        boolean whole = Arrays.asList("}", "\r\n0").contains(lastOf(answer.stripTrailing()));
        if (!good || !whole) {
            throw new IOException("got \"" + answer.lines().findFirst().orElse("nothing") + "\""
                    + (good ? ", which was cut off" : ""));
        }
    }

    private static String lastOf(String answer) {
        return answer.endsWith("\r\n0") ? "\r\n0" : answer.substring(Math.max(0, answer.length() - 1));
    }
}
