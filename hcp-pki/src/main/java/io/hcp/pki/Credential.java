package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * An X.509 certificate, its private key, and the certificates that are served with it. Immutable and thread-safe. Equal
 * only to itself, and its text form never shows the key.
 */
public final class Credential {
    private static final String REMEDY = "restore the certificate and its key together from one backup";

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    /** For what was just made or already checked. */
    Credential(List<X509Certificate> chain, PrivateKey key) {
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /**
     * Joins a certificate and its key.
     *
     * @param certificate the certificate
     * @param key its private key; elliptic curve or RSA
     * @return both
     * @throws HcpException with kind {@link ErrorKind#PKI_DAMAGED} if they do not belong together
     */
    public static Credential of(X509Certificate certificate, PrivateKey key) {
        return of(List.of(certificate), key);
    }

    private static Credential of(List<X509Certificate> chain, PrivateKey key) {
        X509Certificate certificate = chain.get(0);
        if (!Keys.belongTogether(certificate.getPublicKey(), key)) {
            throw new HcpException(
                    ErrorKind.PKI_DAMAGED,
                    "the private key is not the key of the certificate " + certificate.getSubjectX500Principal(),
                    REMEDY);
        }
        return new Credential(chain, key);
    }

    /**
     * Reads a certificate and its key. Text around the blocks is ignored.
     *
     * @param certificatePem a block {@code CERTIFICATE}; further ones are served with it, each the issuer of the one
     *     before
     * @param keyPem one block {@code EC PRIVATE KEY} (SEC 1), {@code RSA PRIVATE KEY} (PKCS #1) or {@code PRIVATE KEY}
     *     (PKCS #8 of either); not encrypted
     * @return both
     * @throws HcpException with kind {@link ErrorKind#PKI_DAMAGED} if one cannot be read, or if they do not belong
     *     together; the message never quotes them
     */
    public static Credential parse(String certificatePem, String keyPem) {
        List<X509Certificate> chain;
        try {
            chain = Chains.parse(certificatePem);
        } catch (DamagedException e) {
            throw e.in("the certificate", REMEDY);
        }
        try {
            return of(chain, Pem.privateKey(keyPem));
        } catch (DamagedException e) {
            throw e.in("the private key of " + chain.get(0).getSubjectX500Principal(), REMEDY);
        }
    }

    /**
     * Returns the certificate.
     *
     * @return the certificate, which is public
     */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * Returns the certificates to serve.
     *
     * @return the certificate, then those by which somebody who trusts only an earlier authority accepts it; usually
     *     there are none
     */
    public List<X509Certificate> chain() {
        return chain;
    }

    /**
     * Returns the private key.
     *
     * @return a secret
     */
    public PrivateKey key() {
        return key;
    }

    /**
     * Returns the certificates to serve as text.
     *
     * @return one PEM block {@code CERTIFICATE} for each of {@link #chain}
     */
    public String certificatePem() {
        return Pem.encode(chain);
    }

    /**
     * Returns the private key as text.
     *
     * @return one PEM block {@code EC PRIVATE KEY} (SEC 1) or {@code RSA PRIVATE KEY} (PKCS #1), not encrypted; a secret
     */
    public String keyPem() {
        return Pem.encode(key);
    }

    /** Returns subject, issuer, serial number and end of validity; never the key. */
    @Override
    public String toString() {
        X509Certificate certificate = certificate();
        BigInteger serial = certificate.getSerialNumber();
        return "Credential[subject=%s, issuer=%s, serial=%s, notAfter=%s]"
                .formatted(
                        certificate.getSubjectX500Principal(),
                        certificate.getIssuerX500Principal(),
                        serial.toString(16),
                        certificate.getNotAfter().toInstant());
    }
}
