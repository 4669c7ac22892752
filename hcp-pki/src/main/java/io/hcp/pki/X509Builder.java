package io.hcp.pki;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Puts certificates together and signs them. The only class that knows Bouncy Castle's builders. */
final class X509Builder {
    /** RFC 5280 allows 20 octets for a positive number, so 159 bits. */
    private static final int SERIAL_BITS = 159;

    private final SecureRandom random = new SecureRandom();

    /** From when and until when a certificate is valid; X.509 keeps whole seconds. */
    record Period(Instant notBefore, Instant notAfter) {}

    /** Makes the self-signed certificate of a new authority. */
    X509Certificate authority(String commonName, KeyPair keys, Period period) {
        X500Name name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
        try {
            X509v3CertificateBuilder builder = builder(name, name, keys.getPublic(), period);
            addAuthorityExtensions(builder);
            builder.addExtension(
                    Extension.subjectAlternativeName, false, SubjectNames.encode(List.of(commonName), List.of()));
            return sign(builder, keys.getPrivate());
        } catch (CertIOException e) {
            throw new IllegalStateException("cannot encode the certificate of authority " + commonName, e);
        }
    }

    /** Makes another certificate for an authority's name and key, signed by the authority before it. */
    X509Certificate cross(X509Certificate authority, Credential issuer, Period period) {
        try {
            X509v3CertificateBuilder builder =
                    builder(subject(issuer.certificate()), subject(authority), authority.getPublicKey(), period);
            addAuthorityExtensions(builder);
            builder.addExtension(Extension.authorityKeyIdentifier, false, authorityKeyIdentifier(issuer.certificate()));
            return sign(builder, issuer.key());
        } catch (CertIOException e) {
            throw new IllegalStateException("cannot encode the certificate of " + subject(authority), e);
        }
    }

    private static void addAuthorityExtensions(X509v3CertificateBuilder builder) throws CertIOException {
        // No path length: during a rotation the next authority is signed by this one.
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        // Not keyEncipherment, which kubeadm sets: RFC 8813 forbids it for elliptic-curve keys, and an authority signs.
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign));
    }

    /** Makes a certificate signed by an authority. */
    X509Certificate leaf(CertificateTemplate template, PublicKey key, Credential issuer, Period period) {
        try {
            X509v3CertificateBuilder builder = builder(subject(issuer.certificate()), subject(template), key, period);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            // Encipherment means RSA key transport: TLS 1.2 may need it, and an elliptic-curve key cannot do it.
            int usages = KeyUsage.digitalSignature | (Keys.isRsa(key) ? KeyUsage.keyEncipherment : 0);
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usages));
            builder.addExtension(Extension.extendedKeyUsage, false, extendedKeyUsage(template));
            builder.addExtension(Extension.authorityKeyIdentifier, false, authorityKeyIdentifier(issuer.certificate()));
            if (!template.dnsNames().isEmpty() || !template.ipAddresses().isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        SubjectNames.encode(template.dnsNames(), template.ipAddresses()));
            }
            return sign(builder, issuer.key());
        } catch (CertIOException e) {
            throw new IllegalStateException("cannot encode the certificate of " + template.commonName(), e);
        }
    }

    private X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key, Period period)
            throws CertIOException {
        BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer, serial, Date.from(period.notBefore()), Date.from(period.notAfter()), subject, key);
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, keyIdentifiers().createSubjectKeyIdentifier(key));
        return builder;
    }

    /** In the encoding it has: verifiers compare names byte by byte. */
    private static X500Name subject(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static X500Name subject(CertificateTemplate template) {
        X500NameBuilder subject = new X500NameBuilder(BCStyle.INSTANCE);
        template.organizations().forEach(organization -> subject.addRDN(BCStyle.O, organization));
        return subject.addRDN(BCStyle.CN, template.commonName()).build();
    }

    private static ExtendedKeyUsage extendedKeyUsage(CertificateTemplate template) {
        return new ExtendedKeyUsage(
                template.usages().stream().map(X509Builder::purpose).toArray(KeyPurposeId[]::new));
    }

    static KeyPurposeId purpose(CertificateUsage usage) {
        return switch (usage) {
            case SERVER_AUTH -> KeyPurposeId.id_kp_serverAuth;
            case CLIENT_AUTH -> KeyPurposeId.id_kp_clientAuth;
        };
    }

    /**
     * Names the authority's key only. With its issuer and serial number, as the utility for certificates would add
     * them, a chain through a cross-signed certificate of the same key would not verify.
     */
    private static AuthorityKeyIdentifier authorityKeyIdentifier(X509Certificate authority) {
        try {
            SubjectKeyIdentifier given =
                    SubjectKeyIdentifier.fromExtensions(new JcaX509CertificateHolder(authority).getExtensions());
            return given == null
                    ? keyIdentifiers().createAuthorityKeyIdentifier(authority.getPublicKey())
                    : new AuthorityKeyIdentifier(given.getKeyIdentifier());
        } catch (CertificateException e) {
            throw new IllegalStateException("the authority's certificate has no DER encoding", e);
        }
    }

    private static JcaX509ExtensionUtils keyIdentifiers() {
        try {
            return new JcaX509ExtensionUtils();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no JCA provider of this JVM computes key identifiers", e);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) {
        String algorithm = Keys.signature(key);
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(key)));
        } catch (OperatorCreationException | CertificateException e) {
            throw new IllegalStateException("no JCA provider of this JVM signs with " + algorithm, e);
        }
    }
}
