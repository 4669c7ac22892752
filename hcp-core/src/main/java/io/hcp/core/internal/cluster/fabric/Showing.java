package io.hcp.core.internal.cluster.fabric;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Looks which certificate a server shows. Nobody is trusted for it: the connection ends before anything is said. */
final class Showing implements X509TrustManager {
    private @Nullable X509Certificate shown;

    private Showing() {}

    /**
     * Connects, and looks.
     *
     * @param server where it listens
     * @param limit how long the server may take for each answer
     * @return what it shows; empty if it shows nothing
     */
    static Optional<X509Certificate> at(InetSocketAddress server, Duration limit) throws IOException {
        Showing showing = new Showing();
        int millis = (int) limit.toMillis();
        try (Socket plain = new Socket()) {
            plain.connect(server, millis);
            plain.setSoTimeout(millis);
            showing.shakeHands(plain);
        }
        return Optional.ofNullable(showing.shown);
    }

    private void shakeHands(Socket plain) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "", plain.getPort(), true);
            socket.startHandshake();
        } catch (SSLException e) {
            // One that asks for a certificate in turn gets none; by then it has shown its own.
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM knows TLS", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String algorithm) {
        shown = chain[0];
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String algorithm) {
        throw new IllegalStateException("this is not a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
