package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.KeyAlgorithm;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;

/**
 * The key pair with which a tenant signs and checks the tokens of its service accounts: ES256 with a P-256 key, RS256 with
 * an RSA key. Immutable and thread-safe. Equal only to itself, and its text form never shows the key.
 */
public final class ServiceAccountKey {
    private static final String REMEDY = "restore both halves of the service-account key from one backup";

    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private ServiceAccountKey(PublicKey publicKey, PrivateKey privateKey) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    /**
     * Makes a new key pair.
     *
     * @param algorithm of the key
     * @return the key pair
     */
    public static ServiceAccountKey create(KeyAlgorithm algorithm) {
        KeyPair keys = Keys.generate(algorithm);
        return new ServiceAccountKey(keys.getPublic(), keys.getPrivate());
    }

    /**
     * Reads a key pair.
     *
     * @param privatePem one block {@code EC PRIVATE KEY} (SEC 1), {@code RSA PRIVATE KEY} (PKCS #1) or
     *     {@code PRIVATE KEY} (PKCS #8 of either); not encrypted
     * @param publicPem blocks {@code PUBLIC KEY} (PKIX), one of which belongs to the private key
     * @return the key pair
     * @throws HcpException with kind {@link ErrorKind#PKI_DAMAGED} if one cannot be read, or if they do not belong
     *     together; the message never quotes them
     */
    public static ServiceAccountKey parse(String privatePem, String publicPem) {
        PrivateKey privateKey;
        try {
            privateKey = Pem.privateKey(privatePem);
        } catch (DamagedException e) {
            throw e.in("the private service-account key", REMEDY);
        }
        try {
            return of(Pem.publicKeys(publicPem), privateKey);
        } catch (DamagedException e) {
            throw e.in("the public service-account key", REMEDY);
        }
    }

    /** Finds the public half among several. */
    static ServiceAccountKey of(List<PublicKey> publicKeys, PrivateKey privateKey) throws DamagedException {
        for (PublicKey publicKey : publicKeys) {
            if (Keys.belongTogether(publicKey, privateKey)) {
                return new ServiceAccountKey(publicKey, privateKey);
            }
        }
        throw new DamagedException("does not belong to the private service-account key");
    }

    /**
     * Returns the key that signs tokens, for {@code --service-account-signing-key-file}.
     *
     * @return one PEM block {@code EC PRIVATE KEY} (SEC 1) or {@code RSA PRIVATE KEY} (PKCS #1), not encrypted; a secret
     */
    public String privateKeyPem() {
        return Pem.encode(privateKey);
    }

    /**
     * Returns the key that checks tokens, for {@code --service-account-key-file}.
     *
     * @return one PEM block {@code PUBLIC KEY} (PKIX)
     */
    public String publicKeyPem() {
        return Pem.encode(publicKey);
    }

    /** Returns the algorithm and size; never the key. */
    @Override
    public String toString() {
        return "ServiceAccountKey[" + KeyStrength.name(publicKey) + "]";
    }
}
