package io.hcp.pki;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/** Compares what a certificate says with what it should say. */
final class LeafContent {
    private LeafContent() {}

    static boolean fits(X509Certificate certificate, LeafDefinition definition) {
        CertificateTemplate template = definition.template();
        GeneralNames wanted = SubjectNames.encode(template.dnsNames(), template.ipAddresses());
        return X509Names.commonName(certificate).equals(template.commonName())
                && X509Names.organizations(certificate).equals(template.organizations())
                && KeyStrength.name(certificate.getPublicKey())
                        .equals(definition.algorithm().toString())
                && usages(certificate).equals(usages(template))
                && names(certificate).equals(Set.of(wanted.getNames()));
    }

    private static Set<String> usages(X509Certificate certificate) {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null ? Set.of() : Set.copyOf(usages);
        } catch (CertificateParsingException e) {
            return Set.of();
        }
    }

    private static Set<String> usages(CertificateTemplate template) {
        return template.usages().stream()
                .map(usage -> X509Builder.purpose(usage).getId())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** In the encoding, which is one for each address, unlike its text. */
    private static Set<GeneralName> names(X509Certificate certificate) {
        try {
            GeneralNames names = GeneralNames.fromExtensions(
                    new JcaX509CertificateHolder(certificate).getExtensions(), Extension.subjectAlternativeName);
            return names == null ? Set.of() : new HashSet<>(List.of(names.getNames()));
        } catch (CertificateException | IllegalArgumentException e) {
            return Set.of();
        }
    }
}
