package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsContextsTest {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final Duration HOUR = Duration.ofHours(1);

    private final CertificateAuthority authority = CertificateAuthority.create("kubernetes", HOUR, Clock.systemUTC());
    private final CertificateAuthority otherTenant = CertificateAuthority.create("kubernetes", HOUR, Clock.systemUTC());
    private final Credential server = authority.issue(
            CertificateTemplate.server("kube-apiserver", HOUR).withIpAddresses("127.0.0.1"), Clock.systemUTC());
    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void client_withCertificate_isKnownToTheServer() throws Exception {
        assertThat(handshake(server, true, TlsContexts.client(authority.certificate(), user(authority))))
                .isEqualTo(new Outcome("CN=ops", null, null));
    }

    @Test
    void client_withoutCertificate_reachesServerThatAsksForNone() throws Exception {
        assertThat(handshake(server, false, TlsContexts.client(authority.certificate())))
                .isEqualTo(new Outcome("anonymous", null, null));
    }

    @Test
    void client_certificateOfAnotherTenant_isRefusedByTheServer() throws Exception {
        SSLContext client = TlsContexts.client(authority.certificate(), user(otherTenant));

        assertThat(handshake(server, true, client).serverFailure()).isInstanceOf(SSLException.class);
    }

    @Test
    void client_serverCertificateAsClient_isRefusedByTheServer() throws Exception {
        SSLContext client = TlsContexts.client(authority.certificate(), server);

        assertThat(handshake(server, true, client).serverFailure()).isInstanceOf(SSLException.class);
    }

    @Test
    void client_serverOfAnotherTenant_isRefusedByTheClient() throws Exception {
        SSLContext client = TlsContexts.client(otherTenant.certificate());

        assertThat(handshake(server, false, client).clientFailure()).isInstanceOf(SSLException.class);
    }

    @Test
    void client_serverUnderAnotherAddress_isRefusedByTheClient() throws Exception {
        Credential elsewhere = authority.issue(
                CertificateTemplate.server("kube-apiserver", HOUR).withIpAddresses("127.0.0.2"), Clock.systemUTC());

        assertThat(handshake(elsewhere, false, TlsContexts.client(authority.certificate()))
                        .clientFailure())
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void client_afterRotation_bothSidesThatTrustOnlyTheOldAuthorityAcceptTheNewOne() throws Exception {
        CertificateAuthority next = authority.next("kubernetes-2", PkiPolicy.DEFAULT, Clock.systemUTC());
        Credential renewed = next.issue(
                CertificateTemplate.server("kube-apiserver", HOUR).withIpAddresses("127.0.0.1"), Clock.systemUTC());
        Outcome accepted = new Outcome("CN=ops", null, null);

        assertThat(handshake(renewed, true, TlsContexts.client(authority.certificate(), user(next))))
                .isEqualTo(accepted);
        assertThat(handshake(renewed, true, TlsContexts.client(List.of(next.certificate()), user(authority))))
                .isEqualTo(accepted);
        SSLContext both = TlsContexts.client(List.of(authority.certificate(), next.certificate()), user(next));
        assertThat(handshake(server, true, both)).isEqualTo(accepted);
    }

    @Test
    void client_protocols_startAtTls12() {
        assertThat(TlsContexts.client(authority.certificate())
                        .getDefaultSSLParameters()
                        .getProtocols())
                .isSubsetOf("TLSv1.2", "TLSv1.3");
    }

    /** Both ends, because only the one that refuses says why: the other may see nothing but a closed connection. */
    private record Outcome(
            @Nullable String peer,
            @Nullable Throwable serverFailure,
            @Nullable Throwable clientFailure) {}

    private Credential user(CertificateAuthority issuer) {
        return issuer.issue(CertificateTemplate.client("ops", HOUR), Clock.systemUTC());
    }

    private Outcome handshake(Credential identity, boolean certificateNeeded, SSLContext client) throws Exception {
        SSLContext serverContext = TlsContexts.client(authority.certificate(), identity);
        try (SSLServerSocket listener = (SSLServerSocket)
                serverContext.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
            listener.setNeedClientAuth(certificateNeeded);
            listener.setSoTimeout(TIMEOUT_MILLIS);
            Future<String> seen = executor.submit(() -> serve(listener, certificateNeeded));
            IOException clientFailure = null;
            try {
                connect(client, listener.getLocalPort());
            } catch (IOException e) {
                clientFailure = e;
            }
            try {
                return new Outcome(seen.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS), null, clientFailure);
            } catch (ExecutionException e) {
                return new Outcome(null, e.getCause(), clientFailure);
            }
        }
    }

    private static String serve(SSLServerSocket listener, boolean certificateNeeded) throws IOException {
        try (SSLSocket socket = (SSLSocket) listener.accept()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.startHandshake();
            socket.getOutputStream().write(1);
            return certificateNeeded
                    ? ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                            .getSubjectX500Principal()
                            .toString()
                    : "anonymous";
        }
    }

    private static void connect(SSLContext context, int port) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getByAddress(LOOPBACK), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            if (socket.getInputStream().read() != 1) {
                throw new EOFException("the server closed the connection");
            }
        }
    }
}
