package io.hcp.api.model;

/** The keys of a tenant's certificates, with the names that kubeadm's {@code encryptionAlgorithm} gives them. */
public enum KeyAlgorithm {
    /** Elliptic curve P-256: the default, known to every TLS stack, and a hundred times cheaper to make than RSA. */
    ECDSA_P256("ECDSA-P256"),
    /** RSA with 2048 bits. */
    RSA_2048("RSA-2048"),
    /** RSA with 3072 bits. */
    RSA_3072("RSA-3072"),
    /** RSA with 4096 bits. Making a tenant's keys takes many seconds. */
    RSA_4096("RSA-4096");

    private final String text;

    KeyAlgorithm(String text) {
        this.text = text;
    }

    /** Returns the name as specs have it, for example {@code RSA-2048}. */
    @Override
    public String toString() {
        return text;
    }
}
