package io.hcp.testbed.local;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.hcp.pki.CertificateAuthority;
import io.hcp.pki.CertificateTemplate;
import io.hcp.pki.Credential;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An OpenID Connect issuer: discovery document, keys, and tokens of its own making. */
final class OidcIssuer implements AutoCloseable {
    static final String AUDIENCE = "hcp-test";

    private static final int P256_BYTES = 32;

    private final CertificateAuthority authority =
            CertificateAuthority.create("oidc-ca.test", Duration.ofDays(1), Clock.systemUTC());
    private final KeyPair keys;
    private final HttpsServer server;

    OidcIssuer() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        keys = generator.generateKeyPair();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls()));
        answer("/.well-known/openid-configuration", discovery());
        answer("/jwks", jwks());
        server.start();
    }

    String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    String authorityPem() {
        return authority.credential().certificatePem();
    }

    /** Makes a token that is valid for ten minutes. */
    String token(String subject, List<String> groups) throws GeneralSecurityException {
        Instant now = Instant.now();
        String header = json(Map.of("alg", "ES256", "kid", "1", "typ", "JWT"));
        String claims = "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"groups\":[%s],\"iat\":%d,\"exp\":%d}"
                .formatted(
                        url(),
                        AUDIENCE,
                        subject,
                        groups.stream().map(group -> "\"" + group + "\"").collect(Collectors.joining(",")),
                        now.getEpochSecond(),
                        now.plus(Duration.ofMinutes(10)).getEpochSecond());
        String signed =
                base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64(signature.sign());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String discovery() {
        return """
                {"issuer": "%1$s", "jwks_uri": "%1$s/jwks", "response_types_supported": ["id_token"],
                 "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["ES256"]}
                """.formatted(url());
    }

    private String jwks() {
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        return "{\"keys\": ["
                + json(Map.of(
                        "kty", "EC",
                        "crv", "P-256",
                        "use", "sig",
                        "alg", "ES256",
                        "kid", "1",
                        "x", coordinate(key.getW().getAffineX()),
                        "y", coordinate(key.getW().getAffineY())))
                + "]}";
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[P256_BYTES];
        int length = Math.min(P256_BYTES, bytes.length);
        System.arraycopy(bytes, bytes.length - length, padded, P256_BYTES - length, length);
        return base64(padded);
    }

    private static String json(Map<String, String> object) {
        return object.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void answer(String path, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private SSLContext tls() throws GeneralSecurityException, IOException {
        Credential credential = authority.issue(
                CertificateTemplate.server("oidc", Duration.ofDays(1)).withIpAddresses(List.of("127.0.0.1")),
                Clock.systemUTC());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", credential.key(), new char[0], new Certificate[] {
            credential.certificate(), authority.certificate()
        });
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
