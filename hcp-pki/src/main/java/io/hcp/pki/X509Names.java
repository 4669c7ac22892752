package io.hcp.pki;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Reads the names in certificates. */
final class X509Names {
    private X509Names() {}

    /** Returns the subject's common name as Kubernetes reads it, or nothing if there is none. */
    static String commonName(X509Certificate certificate) {
        return commonName(certificate.getSubjectX500Principal());
    }

    static String commonName(X500Principal name) {
        return values(name, BCStyle.CN).findFirst().orElse("");
    }

    /** Returns the subject's organizations, in the order of the certificate. */
    static List<String> organizations(X509Certificate certificate) {
        return values(certificate.getSubjectX500Principal(), BCStyle.O).toList();
    }

    /** Not the printable form of the library, which escapes characters such as a comma. */
    private static Stream<String> values(X500Principal name, ASN1ObjectIdentifier type) {
        return Arrays.stream(X500Name.getInstance(name.getEncoded()).getRDNs(type))
                .flatMap(rdn -> rdn.getFirst().getValue() instanceof ASN1String text
                        ? Stream.of(text.getString())
                        : Stream.empty());
    }
}
