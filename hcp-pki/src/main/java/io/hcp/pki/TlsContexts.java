package io.hcp.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
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
        return context(trustedCa, null);
    }

    /**
     * Makes a context that presents a client certificate to servers that ask for one.
     *
     * @param trustedCa the only authority whose servers are trusted; the JVM's own are not
     * @param client the certificate to present
     * @return a new context
     */
    public static SSLContext client(X509Certificate trustedCa, Credential client) {
        return context(trustedCa, client);
    }

    private static SSLContext context(X509Certificate trustedCa, @Nullable Credential client) {
        try {
            KeyStore trusted = emptyStore();
            trusted.setCertificateEntry("authority", trustedCa);
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
        store.setKeyEntry("client", client.key(), NO_PASSWORD, new Certificate[] {client.certificate()});
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
