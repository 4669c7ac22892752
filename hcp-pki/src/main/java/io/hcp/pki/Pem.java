package io.hcp.pki;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The textual encodings that Kubernetes reads and writes. A text holds exactly one private key; more would be dropped
 * silently by one reader or the other. Of certificates and public keys it holds one or more.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
final class Pem {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final String EC_PRIVATE_KEY = "EC PRIVATE KEY";
    private static final String RSA_PRIVATE_KEY = "RSA PRIVATE KEY";
    private static final String ENCRYPTED_PRIVATE_KEY = "ENCRYPTED PRIVATE KEY";
    private static final String PUBLIC_KEY = "PUBLIC KEY";
    private static final Pattern ANY_PRIVATE_KEY = Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----");
    private static final int LINE_LENGTH = 64;

    private Pem() {}

    static String encode(X509Certificate certificate) {
        try {
            return block(CERTIFICATE, certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("the certificate has no DER encoding", e);
        }
    }

    static String encode(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        certificates.forEach(certificate -> text.append(encode(certificate)));
        return text.toString();
    }

    /** Encodes a key as kubeadm does, not encrypted: Kubernetes clients tell the algorithm by the label. */
    static String encode(PrivateKey key) {
        return block(Keys.isRsa(key) ? RSA_PRIVATE_KEY : EC_PRIVATE_KEY, Keys.encode(key));
    }

    /** Encodes a key as SubjectPublicKeyInfo, also called PKIX. */
    static String encode(PublicKey key) {
        return block(PUBLIC_KEY, key.getEncoded());
    }

    static List<X509Certificate> certificates(String pem) throws DamagedException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] der : blocks(CERTIFICATE, pem)) {
            try {
                certificates.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
            } catch (CertificateException e) {
                throw new DamagedException("is not a readable X.509 certificate");
            }
        }
        return certificates;
    }

    /** Reads SEC 1, PKCS #1 and PKCS #8, which is what most other programs write. */
    static PrivateKey privateKey(String pem) throws DamagedException {
        Matcher label = ANY_PRIVATE_KEY.matcher(pem);
        if (!label.find()) {
            throw new DamagedException("holds no complete PEM block \"" + PRIVATE_KEY + "\"");
        }
        String found = label.group(1);
        if (label.find()) {
            throw new DamagedException("holds more than one PEM block \"" + PRIVATE_KEY + "\"");
        }
        if (found.equals(ENCRYPTED_PRIVATE_KEY) || pem.contains("Proc-Type: 4,ENCRYPTED")) {
            throw new DamagedException("is encrypted", "decrypt it first, for example with openssl pkey");
        }
        byte[] der = blocks(found, pem).get(0);
        return switch (found) {
            case EC_PRIVATE_KEY -> Keys.sec1(der);
            case RSA_PRIVATE_KEY -> Keys.pkcs1(der);
            case PRIVATE_KEY -> Keys.pkcs8(der);
            default -> throw new DamagedException("holds a private key that is neither elliptic-curve nor RSA");
        };
    }

    static List<PublicKey> publicKeys(String pem) throws DamagedException {
        List<PublicKey> keys = new ArrayList<>();
        for (byte[] der : blocks(PUBLIC_KEY, pem)) {
            keys.add(Keys.publicKey(der));
        }
        return keys;
    }

    static byte[] certificateRequest(String pem) throws DamagedException {
        List<byte[]> requests = blocks("CERTIFICATE REQUEST", pem);
        if (requests.size() > 1) {
            throw new DamagedException("holds more than one PEM block \"CERTIFICATE REQUEST\"");
        }
        return requests.get(0);
    }

    private static String block(String label, byte[] der) {
        Base64.Encoder encoder = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'});
        return begin(label) + "\n" + encoder.encodeToString(der) + "\n" + end(label) + "\n";
    }

    /** Returns one or more blocks. */
    private static List<byte[]> blocks(String label, String pem) throws DamagedException {
        List<byte[]> blocks = new ArrayList<>();
        int start = pem.indexOf(begin(label));
        while (start >= 0 || blocks.isEmpty()) {
            int stop = pem.indexOf(end(label), Math.max(start, 0));
            int next = start < 0 ? -1 : pem.indexOf(begin(label), start + 1);
            if (start < 0 || stop < 0 || (next >= 0 && next < stop)) {
                throw new DamagedException("holds no complete PEM block \"" + label + "\"");
            }
            blocks.add(decode(label, pem.substring(start + begin(label).length(), stop)));
            start = next;
        }
        return blocks;
    }

    private static byte[] decode(String label, String body) throws DamagedException {
        // Not the MIME decoder: it skips characters that do not belong there, and a damaged file would pass.
        try {
            return Base64.getDecoder().decode(body.replaceAll("\\s", "").getBytes(StandardCharsets.UTF_8));
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
