package io.hcp.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes TLS contexts in memory, for {@code java.net.http.HttpClient}, which speaks TLS 1.2 and 1.3 only and checks the
 * server's name. Other users of a context have to ask for that check. The contexts are thread-safe.
 */
public final class TlsContexts {
    private static final char[] NO_PASSWORD = new char[0];

    private TlsContexts() {}

    /**
     * Makes a context without a client certificate.
     *
     * @param trustedCa the only authority whose servers are trusted; the JVM's own are not
     * @return a new context
     */
    public static SSLContext client(X509Certificate trustedCa) {
        return context(List.of(trustedCa), null);
    }

    /**
     * Makes a context that presents a client certificate to servers that ask for one.
     *
     * @param trustedCa the only authority whose servers are trusted; the JVM's own are not
     * @param client the certificate to present
     * @return a new context
     */
    public static SSLContext client(X509Certificate trustedCa, Credential client) {
        return context(List.of(trustedCa), client);
    }

    /**
     * Makes a context that presents a client certificate, and trusts several authorities: during a rotation there are
     * two.
     *
     * @param trusted the only authorities whose servers are trusted, see {@link TenantPki#trusted}
     * @param client the certificate to present, with its chain
     * @return a new context
     */
    public static SSLContext client(List<X509Certificate> trusted, Credential client) {
        return context(trusted, client);
    }

    private static SSLContext context(List<X509Certificate> anchors, @Nullable Credential client) {
        try {
            KeyStore trusted = emptyStore();
            for (X509Certificate anchor : anchors) {
                trusted.setCertificateEntry("authority-" + trusted.size(), anchor);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            // An empty array, not null: null means the key store that system properties may name.
            KeyManager[] keys = client == null ? new KeyManager[0] : keyManagers(client);
            context.init(keys, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this JVM cannot make a TLS context", e);
        }
    }

    private static KeyManager[] keyManagers(Credential client) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        store.setKeyEntry("client", client.key(), NO_PASSWORD, client.chain().toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }
}
