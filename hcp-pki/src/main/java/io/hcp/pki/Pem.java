package io.hcp.pki;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * The textual encodings that Kubernetes reads and writes. Each text holds exactly one block of its kind; more would be
 * dropped silently by one reader or the other.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
final class Pem {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "EC PRIVATE KEY";
    private static final String PUBLIC_KEY = "PUBLIC KEY";
    private static final int LINE_LENGTH = 64;

    private Pem() {}

    static String encode(X509Certificate certificate) {
        try {
            return block(CERTIFICATE, certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("the certificate has no DER encoding", e);
        }
    }

    /** Encodes a key as kubeadm does (SEC 1, not encrypted): Kubernetes clients tell the algorithm by the label. */
    static String encode(PrivateKey key) {
        return block(PRIVATE_KEY, EcKeys.sec1(key));
    }

    /** Encodes a key as SubjectPublicKeyInfo, also called PKIX. */
    static String encode(PublicKey key) {
        return block(PUBLIC_KEY, key.getEncoded());
    }

    static X509Certificate certificate(String pem) throws DamagedException {
        byte[] der = onlyBlock(CERTIFICATE, pem);
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new DamagedException("is not a readable X.509 certificate");
        }
    }

    static PrivateKey privateKey(String pem) throws DamagedException {
        return EcKeys.privateKey(onlyBlock(PRIVATE_KEY, pem));
    }

    static PublicKey publicKey(String pem) throws DamagedException {
        return EcKeys.publicKey(onlyBlock(PUBLIC_KEY, pem));
    }

    private static String block(String label, byte[] der) {
        Base64.Encoder encoder = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'});
        return begin(label) + "\n" + encoder.encodeToString(der) + "\n" + end(label) + "\n";
    }

    private static byte[] onlyBlock(String label, String pem) throws DamagedException {
        int start = pem.indexOf(begin(label));
        int stop = pem.indexOf(end(label));
        if (start < 0 || stop < start) {
            throw new DamagedException("holds no complete PEM block \"" + label + "\"");
        }
        if (pem.indexOf(begin(label), stop) >= 0) {
            throw new DamagedException("holds more than one PEM block \"" + label + "\"");
        }
        // Not the MIME decoder: it skips characters that do not belong there, and a damaged file would pass.
        String body = pem.substring(start + begin(label).length(), stop).replaceAll("\\s", "");
        try {
            return Base64.getDecoder().decode(body.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new DamagedException("holds a PEM block \"" + label + "\" that is not base64");
        }
    }

    private static String begin(String label) {
        return "-----BEGIN " + label + "-----";
    }

    private static String end(String label) {
        return "-----END " + label + "-----";
    }
}
