package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * An authority that somebody else made, checked to be usable for a tenant. It is copied when the tenant is created and
 * never written. Immutable and thread-safe. Its text form never shows the key.
 *
 * <p>It must be self-signed. With an intermediate authority, programs that use OpenSSL would have to trust its root,
 * and then everybody with any certificate below that root could log in to the tenant.
 */
public final class ProvidedAuthority {
    private final CertificateAuthority authority;

    private ProvidedAuthority(CertificateAuthority authority) {
        this.authority = authority;
    }

    /**
     * Reads an authority from files.
     *
     * @param certificateFile see {@link #parse}
     * @param keyFile see {@link #parse}
     * @param clock tells now
     * @return the authority
     * @throws HcpException as {@link #parse} does, naming the file; or with the kinds of {@link PrivateFiles#failure}
     */
    public static ProvidedAuthority read(Path certificateFile, Path keyFile, Clock clock) {
        return check(
                new Source(certificateFile.toString(), text(certificateFile)),
                new Source(keyFile.toString(), text(keyFile)),
                clock.instant());
    }

    /**
     * Reads an authority from text.
     *
     * @param name what errors call it, for example {@code the authority in Secret corp-ca}
     * @param certificatePem one block {@code CERTIFICATE}
     * @param keyPem one block {@code EC PRIVATE KEY} (SEC 1), {@code RSA PRIVATE KEY} (PKCS #1) or {@code PRIVATE KEY}
     *     (PKCS #8 of either); not encrypted
     * @param clock tells now
     * @return the authority
     * @throws HcpException with kind {@link ErrorKind#PKI_DAMAGED}, saying what is wrong and what to do, if one cannot
     *     be read, they do not belong together, the certificate is not that of an authority, is not self-signed, is not
     *     valid now, or has path length 0, or the key is neither RSA of 2048 to 8192 bits nor on P-256, P-384 or P-521
     */
    public static ProvidedAuthority parse(String name, String certificatePem, String keyPem, Clock clock) {
        return check(
                new Source(name + ": the certificate", certificatePem),
                new Source(name + ": the private key", keyPem),
                clock.instant());
    }

    /** Text, and what errors call it. */
    private record Source(String name, String text) {}

    private static ProvidedAuthority check(Source certificateSource, Source keySource, Instant now) {
        X509Certificate certificate;
        try {
            List<X509Certificate> certificates = Pem.certificates(certificateSource.text());
            certificate = certificates.get(0);
            requireUsable(certificate, now);
            if (certificates.size() > 1) {
                throw new DamagedException("holds more than one PEM block \"CERTIFICATE\"", "keep the first one only");
            }
        } catch (DamagedException e) {
            throw e.in(certificateSource.name(), "give the PEM file of a self-signed certificate authority");
        }
        try {
            PrivateKey key = Pem.privateKey(keySource.text());
            if (!Keys.belongTogether(certificate.getPublicKey(), key)) {
                throw new DamagedException(
                        "is not the key of the certificate " + certificate.getSubjectX500Principal());
            }
            return new ProvidedAuthority(CertificateAuthority.of(new Credential(List.of(certificate), key)));
        } catch (DamagedException e) {
            throw e.in(keySource.name(), "give the private key of that certificate, as PEM");
        }
    }

    private static void requireUsable(X509Certificate certificate, Instant now) throws DamagedException {
        CertificateAuthority.requireAuthority(certificate);
        KeyStrength.require(certificate.getPublicKey());
        if (!Chains.signed(certificate, certificate)) {
            throw new DamagedException(
                    "is not self-signed: it is issued by " + certificate.getIssuerX500Principal(),
                    "give a self-signed root that is made for this tenant; with an intermediate authority everybody"
                            + " with a certificate below its root could log in");
        }
        if (certificate.getBasicConstraints() == 0) {
            throw new DamagedException(
                    "has a path length constraint of 0: it could not sign its successor when it is rotated",
                    "give an authority without path length constraint");
        }
        Instant start = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isBefore(start) || !now.isBefore(end)) {
            throw new DamagedException(
                    "is valid from %s to %s, and now is %s".formatted(start, end, now),
                    "give an authority that is valid now, or correct the clock of this machine");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw PrivateFiles.failure("read", file, e);
        }
    }

    CertificateAuthority authority() {
        return authority;
    }

    /** Returns subject, serial number and end of validity; never the key. */
    @Override
    public String toString() {
        return "ProvidedAuthority[" + authority + "]";
    }
}
