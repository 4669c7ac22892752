package io.hcp.api.model;

/**
 * How the API server encrypts what it stores.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/#providers">Providers</a>
 */
public enum EncryptionProvider {
    /** XSalsa20 with Poly1305: strong and fast, the default. Not in FIPS 140 environments. */
    SECRETBOX("secretbox"),
    /** AES-256 with GCM and random nonces: its key has to be changed every 200,000 writes. */
    AESGCM("aesgcm"),
    /** AES-256 with CBC: open to padding oracle attacks, for environments that allow AES only. */
    AESCBC("aescbc");

    private final String text;

    EncryptionProvider(String text) {
        this.text = text;
    }

    /** Returns the name that encryption configurations use, for example {@code secretbox}. */
    @Override
    public String toString() {
        return text;
    }
}
