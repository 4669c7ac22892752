package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.KeyAlgorithm;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate authority with an elliptic-curve or RSA key. Immutable and thread-safe. Its text form never shows the
 * key.
 */
public final class CertificateAuthority {
    /** How far the clocks of two machines may differ: certificates are valid this much before they are issued. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final int KEY_CERT_SIGN = 5;

    private final Credential credential;
    private final List<X509Certificate> cross;
    private final X509Builder builder = new X509Builder();

    private CertificateAuthority(Credential credential, List<X509Certificate> cross) {
        this.credential = credential;
        this.cross = List.copyOf(cross);
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
        return create(commonName, KeyAlgorithm.ECDSA_P256, validity, clock);
    }

    /**
     * Makes a new self-signed authority with a new key. It has no path length constraint.
     *
     * @param commonName the subject's common name, also its only DNS name, as kubeadm writes it
     * @param algorithm of its key
     * @param validity how long it is valid from now; more than zero
     * @param clock tells now
     * @return the authority
     * @throws InvalidSpecException if the name is no DNS name, or the validity is not positive
     */
    public static CertificateAuthority create(
            String commonName, KeyAlgorithm algorithm, Duration validity, Clock clock) {
        // Holds the authority's name and validity to the rules of every other certificate.
        CertificateTemplate checked =
                CertificateTemplate.server(commonName, validity).withDnsNames(commonName);
        Instant now = clock.instant();
        X509Builder.Period period = new X509Builder.Period(now.minus(CLOCK_SKEW), now.plus(checked.validity()));
        KeyPair keys = Keys.generate(algorithm);
        X509Certificate certificate = new X509Builder().authority(checked.commonName(), keys, period);
        return new CertificateAuthority(new Credential(List.of(certificate), keys.getPrivate()), List.of());
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
        return of(credential, List.of());
    }

    /** Takes an authority that those before it have signed: first its own certificate by the one before, and so on. */
    static CertificateAuthority of(Credential credential, List<X509Certificate> cross) {
        try {
            requireAuthority(credential.certificate());
        } catch (DamagedException e) {
            throw e.in(
                    "the certificate " + credential.certificate().getSubjectX500Principal(),
                    "give the certificate and key of a certificate authority");
        }
        return new CertificateAuthority(credential, cross);
    }

    static void requireAuthority(X509Certificate certificate) throws DamagedException {
        boolean[] usages = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() < 0 || (usages != null && !usages[KEY_CERT_SIGN])) {
            throw new DamagedException("is not a certificate of an authority");
        }
    }

    /**
     * Makes the authority that is to follow this one. This one signs it too, so that who trusts only this one accepts
     * what it will issue; unless this one has ended, which nobody accepts anything of.
     */
    CertificateAuthority next(String commonName, PkiPolicy policy, Clock clock) {
        CertificateAuthority next = create(commonName, policy.algorithm(), policy.authorityValidity(), clock);
        if (!isValid(clock.instant())) {
            return next;
        }
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(builder.cross(next.certificate(), credential, period(policy.authorityValidity(), clock.instant())));
        chain.addAll(served(clock.instant()));
        return new CertificateAuthority(next.credential, chain);
    }

    /**
     * Makes a new P-256 key and a certificate for it. See {@link #issue(CertificateTemplate, KeyAlgorithm, Clock)}.
     *
     * @param template what the certificate says
     * @param clock tells now
     * @return the certificate and its key
     * @throws HcpException with kind {@link ErrorKind#PKI_DAMAGED} if the authority is not valid now
     */
    public Credential issue(CertificateTemplate template, Clock clock) {
        return issue(template, KeyAlgorithm.ECDSA_P256, clock);
    }

    /**
     * Makes a new key and a certificate for it. The certificate is valid from five minutes ago, for clocks that differ,
     * until the template's validity from now; both ends never outside the authority's own validity.
     *
     * @param template what the certificate says
     * @param algorithm of the new key, whatever the authority's own is
     * @param clock tells now
     * @return the certificate and its key, with the chain for those who trust only an earlier authority
     * @throws HcpException with kind {@link ErrorKind#PKI_DAMAGED} if the authority is not valid now
     */
    public Credential issue(CertificateTemplate template, KeyAlgorithm algorithm, Clock clock) {
        Instant now = requireValid(clock);
        KeyPair keys = Keys.generate(algorithm);
        return new Credential(certify(template, keys.getPublic(), now), keys.getPrivate());
    }

    /**
     * Makes a certificate for the key of a certificate request. Only the public key is taken from the request: subject,
     * names, usages and validity come from the template, whatever the request says.
     *
     * @param requestPem one block {@code CERTIFICATE REQUEST} (PKCS #10), signed with the key it is about
     * @param template what the certificate says
     * @param clock tells now
     * @return the certificate, then those that are to be served with it
     * @throws HcpException with kind {@link ErrorKind#INVALID_SPEC} if the request cannot be read, its signature is not
     *     of its key, or its key is weak: RSA of 2048 to 8192 bits, P-256, P-384 and P-521 are taken;
     *     {@link ErrorKind#PKI_DAMAGED} if the authority is not valid now
     */
    public List<X509Certificate> sign(String requestPem, CertificateTemplate template, Clock clock) {
        PublicKey key = CertificateRequest.publicKey(requestPem);
        return certify(template, key, requireValid(clock));
    }

    private List<X509Certificate> certify(CertificateTemplate template, PublicKey key, Instant now) {
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(builder.leaf(template, key, credential, period(template.validity(), now)));
        chain.addAll(served(now));
        return chain;
    }

    /** Nobody can use what follows a certificate that has ended. */
    private List<X509Certificate> served(Instant now) {
        return cross.stream()
                .takeWhile(certificate -> now.isBefore(certificate.getNotAfter().toInstant()))
                .toList();
    }

    private X509Builder.Period period(Duration validity, Instant now) {
        return new X509Builder.Period(
                later(certificate().getNotBefore().toInstant(), now.minus(CLOCK_SKEW)),
                earlier(certificate().getNotAfter().toInstant(), now.plus(validity)));
    }

    private Instant requireValid(Clock clock) {
        Instant now = clock.instant();
        if (!isValid(now)) {
            throw new HcpException(
                    ErrorKind.PKI_DAMAGED,
                    "the authority %s is valid from %s to %s, and now is %s"
                            .formatted(
                                    certificate().getSubjectX500Principal(),
                                    certificate().getNotBefore().toInstant(),
                                    certificate().getNotAfter().toInstant(),
                                    now),
                    "correct the clock of this machine; an authority that has ended cannot sign any more");
        }
        return now;
    }

    private boolean isValid(Instant now) {
        return !now.isBefore(certificate().getNotBefore().toInstant())
                && now.isBefore(certificate().getNotAfter().toInstant());
    }

    /** Tells whether this authority's key signed a certificate in this authority's name. */
    boolean signed(X509Certificate certificate) {
        return Chains.signed(certificate(), certificate);
    }

    /** Returns this authority's certificate signed by the one before it, then that one's, and so on; often none. */
    List<X509Certificate> cross() {
        return cross;
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
