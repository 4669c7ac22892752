package io.hcp.pki;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One certificate of a tenant, for lists and for {@link RenewalPolicy}. Immutable and thread-safe; no secret.
 *
 * @param path where it is kept, without the suffix {@code .crt}
 * @param issuerGeneration which generation of its authority signed it; an authority's own number
 * @param stage of an authority; nothing for a leaf
 * @param certificate the certificate
 */
public record InventoryEntry(String path, int issuerGeneration, Optional<Stage> stage, X509Certificate certificate) {
    /** {@return the subject's common name, or nothing if there is none} */
    public String commonName() {
        return X509Names.commonName(certificate);
    }

    /** {@return the subject's organizations; to Kubernetes, the groups of a client} */
    public List<String> organizations() {
        return X509Names.organizations(certificate);
    }

    /** {@return the issuer's common name, or nothing if there is none} */
    public String issuer() {
        return X509Names.commonName(certificate.getIssuerX500Principal());
    }

    /** {@return the serial number, positive} */
    public BigInteger serial() {
        return certificate.getSerialNumber();
    }

    /** {@return from when it is valid} */
    public Instant notBefore() {
        return certificate.getNotBefore().toInstant();
    }

    /** {@return until when it is valid} */
    public Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    /** {@return algorithm and size of the key, for example {@code ECDSA-P256} or {@code RSA-2048}} */
    public String keyAlgorithm() {
        return KeyStrength.name(certificate.getPublicKey());
    }
}
