package io.hcp.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Elliptic-curve keys from whatever JCA provider the JVM prefers, so that a FIPS provider can take over. */
final class EcKeys {
    /** The signature algorithm that goes with the curve. */
    static final String SIGNATURE = "SHA256withECDSA";

    private static final String ALGORITHM = "EC";
    private static final byte[] CHALLENGE = "do these keys belong together?".getBytes(StandardCharsets.UTF_8);

    private EcKeys() {}

    /** Makes a P-256 key pair: what every TLS stack knows, and a hundred times cheaper to make than RSA. */
    static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no JCA provider of this JVM makes P-256 keys", e);
        }
    }

    /**
     * Encodes a private key in the form of SEC 1, with the curve, which Go's parser asks for.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5915">RFC 5915</a>
     */
    static byte[] sec1(PrivateKey key) {
        try {
            PrivateKeyInfo pkcs8 = PrivateKeyInfo.getInstance(key.getEncoded());
            ASN1Encodable curve = pkcs8.getPrivateKeyAlgorithm().getParameters();
            BigInteger scalar =
                    ECPrivateKey.getInstance(pkcs8.parsePrivateKey()).getKey();
            int orderBits = ((ECKey) key).getParams().getOrder().bitLength();
            return new ECPrivateKey(orderBits, scalar, curve).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("the private key has no encoding", e);
        }
    }

    static PrivateKey privateKey(byte[] sec1) throws DamagedException {
        try {
            ECPrivateKey key = ECPrivateKey.getInstance(sec1);
            AlgorithmIdentifier algorithm =
                    new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject());
            byte[] pkcs8 = new PrivateKeyInfo(algorithm, key).getEncoded();
            return factory().generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (InvalidKeySpecException | IOException | IllegalArgumentException | IllegalStateException e) {
            throw new DamagedException("is not a readable elliptic-curve private key");
        }
    }

    static PublicKey publicKey(byte[] subjectPublicKeyInfo) throws DamagedException {
        try {
            return factory().generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
        } catch (InvalidKeySpecException e) {
            throw new DamagedException("is not a readable elliptic-curve public key");
        }
    }

    /** Tells whether a signature of one key is accepted by the other; any answer but a clear yes is a no. */
    static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
        try {
            Signature signature = Signature.getInstance(SIGNATURE);
            signature.initSign(privateKey);
            signature.update(CHALLENGE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(CHALLENGE);
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException e) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no JCA provider of this JVM knows " + SIGNATURE, e);
        }
    }

    private static KeyFactory factory() {
        try {
            return KeyFactory.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no JCA provider of this JVM reads elliptic-curve keys", e);
        }
    }
}
