package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * An X.509 certificate and its private key, which belong together. Immutable and thread-safe. Equal only to itself, and
 * its text form never shows the key.
 */
public final class Credential {
    private static final String REMEDY = "restore the certificate and its key together from one backup";

    private final X509Certificate certificate;
    private final PrivateKey key;

    /** For pairs that were just made or already checked. */
    Credential(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * Joins a certificate and its key.
     *
     * @param certificate the certificate
     * @param key its private key; elliptic curve
     * @return both
     * @throws HcpException with kind {@link ErrorKind#PKI_DAMAGED} if they do not belong together
     */
    public static Credential of(X509Certificate certificate, PrivateKey key) {
        if (!EcKeys.belongTogether(certificate.getPublicKey(), key)) {
            throw new HcpException(
                    ErrorKind.PKI_DAMAGED,
                    "the private key is not the key of the certificate " + certificate.getSubjectX500Principal(),
                    REMEDY);
        }
        return new Credential(certificate, key);
    }

    /**
     * Reads a certificate and its key, each exactly one PEM block. Text around the blocks is ignored.
     *
     * @param certificatePem a block {@code CERTIFICATE}
     * @param keyPem a block {@code EC PRIVATE KEY} (SEC 1, not encrypted)
     * @return both
     * @throws HcpException with kind {@link ErrorKind#PKI_DAMAGED} if one cannot be read, or if they do not belong
     *     together; the message never quotes them
     */
    public static Credential parse(String certificatePem, String keyPem) {
        X509Certificate certificate;
        try {
            certificate = Pem.certificate(certificatePem);
        } catch (DamagedException e) {
            throw e.in("the certificate", REMEDY);
        }
        try {
            return of(certificate, Pem.privateKey(keyPem));
        } catch (DamagedException e) {
            throw e.in("the private key of " + certificate.getSubjectX500Principal(), REMEDY);
        }
    }

    /**
     * Returns the certificate.
     *
     * @return the certificate, which is public
     */
    public X509Certificate certificate() {
        return certificate;
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
     * Returns the certificate as text.
     *
     * @return one PEM block {@code CERTIFICATE}
     */
    public String certificatePem() {
        return Pem.encode(certificate);
    }

    /**
     * Returns the private key as text.
     *
     * @return one PEM block {@code EC PRIVATE KEY} (SEC 1, not encrypted); a secret
     */
    public String keyPem() {
        return Pem.encode(key);
    }

    /** Returns subject, issuer, serial number and end of validity; never the key. */
    @Override
    public String toString() {
        BigInteger serial = certificate.getSerialNumber();
        return "Credential[subject=%s, issuer=%s, serial=%s, notAfter=%s]"
                .formatted(
                        certificate.getSubjectX500Principal(),
                        certificate.getIssuerX500Principal(),
                        serial.toString(16),
                        certificate.getNotAfter().toInstant());
    }
}
