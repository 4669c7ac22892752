package io.hcp.pki;

import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Reads the names in certificates. */
final class X509Names {
    private X509Names() {}

    /** Returns the subject's common name as Kubernetes reads it, or nothing if there is none. */
    static String commonName(X509Certificate certificate) {
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        RDN[] names = subject.getRDNs(BCStyle.CN);
        // Not the printable form of the library, which escapes characters such as a comma.
        return names.length > 0 && names[0].getFirst().getValue() instanceof ASN1String name ? name.getString() : "";
    }
}
