package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * The key pair with which a tenant signs and checks the tokens of its service accounts: P-256, so the tokens are ES256.
 * Immutable and thread-safe. Equal only to itself, and its text form never shows the key.
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
     * @return the key pair
     */
    public static ServiceAccountKey create() {
        KeyPair keys = EcKeys.generate();
        return new ServiceAccountKey(keys.getPublic(), keys.getPrivate());
    }

    /**
     * Reads a key pair, each half exactly one PEM block.
     *
     * @param privatePem a block {@code EC PRIVATE KEY} (SEC 1, not encrypted)
     * @param publicPem a block {@code PUBLIC KEY} (PKIX)
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
            return of(Pem.publicKey(publicPem), privateKey);
        } catch (DamagedException e) {
            throw e.in("the public service-account key", REMEDY);
        }
    }

    static ServiceAccountKey of(PublicKey publicKey, PrivateKey privateKey) throws DamagedException {
        if (!EcKeys.belongTogether(publicKey, privateKey)) {
            throw new DamagedException("does not belong to the private service-account key");
        }
        return new ServiceAccountKey(publicKey, privateKey);
    }

    /**
     * Returns the key that signs tokens, for {@code --service-account-signing-key-file}.
     *
     * @return one PEM block {@code EC PRIVATE KEY} (SEC 1, not encrypted); a secret
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

    /** Returns the algorithm; never the key. */
    @Override
    public String toString() {
        return "ServiceAccountKey[" + publicKey.getAlgorithm() + "]";
    }
}
