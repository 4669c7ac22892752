package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A certificate authority that signs certificates with P-256 keys. Immutable and thread-safe. Its text form never shows
 * the key.
 */
public final class CertificateAuthority {
    /** How far the clocks of two machines may differ: certificates are valid this much before they are issued. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final int KEY_CERT_SIGN = 5;

    private final Credential credential;
    private final X509Builder builder = new X509Builder();

    private CertificateAuthority(Credential credential) {
        this.credential = credential;
    }

    /**
     * Makes a new self-signed authority with a new P-256 key. It has no path length constraint.
     *
     * @param commonName the subject's common name, also its only DNS name, as kubeadm writes it
     * @param validity how long it is valid from now; more than zero
     * @param clock tells now
     * @return the authority
     * @throws InvalidSpecException if the name is no DNS name, or the validity is not positive
     */
    public static CertificateAuthority create(String commonName, Duration validity, Clock clock) {
        // Holds the authority's name and validity to the rules of every other certificate.
        CertificateTemplate checked =
                CertificateTemplate.server(commonName, validity).withDnsNames(commonName);
        Instant now = clock.instant();
        X509Builder.Period period = new X509Builder.Period(now.minus(CLOCK_SKEW), now.plus(checked.validity()));
        KeyPair keys = EcKeys.generate();
        X509Certificate certificate = new X509Builder().authority(checked.commonName(), keys, period);
        return new CertificateAuthority(new Credential(certificate, keys.getPrivate()));
    }

    /**
     * Takes an authority that exists.
     *
     * @param credential its certificate and key
     * @return the authority
     * @throws HcpException with kind {@link ErrorKind#PKI_DAMAGED} if the certificate is none of an authority: CA:true
     *     in its basic constraints and, if it has key usages, keyCertSign among them
     */
    public static CertificateAuthority of(Credential credential) {
        try {
            requireAuthority(credential.certificate());
        } catch (DamagedException e) {
            throw e.in(
                    "the certificate " + credential.certificate().getSubjectX500Principal(),
                    "give the certificate and key of a certificate authority");
        }
        return new CertificateAuthority(credential);
    }

    static void requireAuthority(X509Certificate certificate) throws DamagedException {
        boolean[] usages = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() < 0 || (usages != null && !usages[KEY_CERT_SIGN])) {
            throw new DamagedException("is not a certificate of an authority");
        }
    }

    /**
     * Makes a new P-256 key and a certificate for it. The certificate is valid from five minutes ago, for clocks that
     * differ, until the template's validity from now; both ends never outside the authority's own validity.
     *
     * @param template what the certificate says
     * @param clock tells now
     * @return the certificate and its key
     * @throws HcpException with kind {@link ErrorKind#PKI_DAMAGED} if the authority is not valid now
     */
    public Credential issue(CertificateTemplate template, Clock clock) {
        Instant now = clock.instant();
        Instant start = certificate().getNotBefore().toInstant();
        Instant end = certificate().getNotAfter().toInstant();
        if (now.isBefore(start) || !now.isBefore(end)) {
            throw new HcpException(
                    ErrorKind.PKI_DAMAGED,
                    "the authority %s is valid from %s to %s, and now is %s"
                            .formatted(certificate().getSubjectX500Principal(), start, end, now),
                    "correct the clock of this machine; an authority that has ended cannot sign any more");
        }
        X509Builder.Period period = new X509Builder.Period(
                later(start, now.minus(CLOCK_SKEW)), earlier(end, now.plus(template.validity())));
        KeyPair keys = EcKeys.generate();
        X509Certificate certificate = builder.leaf(template, keys.getPublic(), credential, period);
        return new Credential(certificate, keys.getPrivate());
    }

    /** Tells whether this authority's key signed a certificate in this authority's name. */
    boolean signed(X509Certificate certificate) {
        if (!certificate.getIssuerX500Principal().equals(certificate().getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * Returns the authority's certificate and key.
     *
     * @return holds a secret
     */
    public Credential credential() {
        return credential;
    }

    /**
     * Returns the authority's certificate.
     *
     * @return what others trust
     */
    public X509Certificate certificate() {
        return credential.certificate();
    }

    /** Returns subject, serial number and end of validity; never the key. */
    @Override
    public String toString() {
        return "CertificateAuthority[" + credential + "]";
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
