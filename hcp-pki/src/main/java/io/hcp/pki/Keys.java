package io.hcp.pki;

import io.hcp.api.model.KeyAlgorithm;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
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
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Elliptic-curve and RSA keys from whatever JCA provider the JVM prefers, so that a FIPS provider can take over. */
final class Keys {
    static final String EC = "EC";
    static final String RSA = "RSA";

    private static final byte[] CHALLENGE = "do these keys belong together?".getBytes(StandardCharsets.UTF_8);

    private Keys() {}

    /** Makes a key pair. An RSA pair takes from a tenth of a second to several seconds. */
    static KeyPair generate(KeyAlgorithm algorithm) {
        try {
            return switch (algorithm) {
                case ECDSA_P256 -> {
                    KeyPairGenerator generator = KeyPairGenerator.getInstance(EC);
                    generator.initialize(new ECGenParameterSpec("secp256r1"));
                    yield generator.generateKeyPair();
                }
                case RSA_2048 -> rsa(2048);
                case RSA_3072 -> rsa(3072);
                case RSA_4096 -> rsa(4096);
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no JCA provider of this JVM makes keys of " + algorithm, e);
        }
    }

    private static KeyPair rsa(int bits) throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(RSA);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    static boolean isRsa(Key key) {
        return key.getAlgorithm().equals(RSA);
    }

    /** Returns how a key signs. The algorithm follows the key of the one who signs, never what is signed. */
    static String signature(Key key) {
        return isRsa(key) ? "SHA256withRSA" : "SHA256withECDSA";
    }

    /**
     * Encodes a private key as kubeadm does: SEC 1 with the curve, which Go's parser asks for, or PKCS #1.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5915">RFC 5915</a>
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.2">RFC 8017</a>
     */
    static byte[] encode(PrivateKey key) {
        try {
            PrivateKeyInfo pkcs8 = PrivateKeyInfo.getInstance(key.getEncoded());
            if (isRsa(key)) {
                return pkcs8.parsePrivateKey().toASN1Primitive().getEncoded(ASN1Encoding.DER);
            }
            ASN1Encodable curve = pkcs8.getPrivateKeyAlgorithm().getParameters();
            BigInteger scalar =
                    ECPrivateKey.getInstance(pkcs8.parsePrivateKey()).getKey();
            int orderBits = ((ECKey) key).getParams().getOrder().bitLength();
            return new ECPrivateKey(orderBits, scalar, curve).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("the private key has no encoding", e);
        }
    }

    static PrivateKey sec1(byte[] der) throws DamagedException {
        try {
            ECPrivateKey key = ECPrivateKey.getInstance(der);
            AlgorithmIdentifier algorithm =
                    new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject());
            return pkcs8(new PrivateKeyInfo(algorithm, key).getEncoded());
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw new DamagedException("is not a readable elliptic-curve private key");
        }
    }

    static PrivateKey pkcs1(byte[] der) throws DamagedException {
        try {
            AlgorithmIdentifier algorithm =
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
            return pkcs8(new PrivateKeyInfo(algorithm, RSAPrivateKey.getInstance(der)).getEncoded());
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw new DamagedException("is not a readable RSA private key");
        }
    }

    static PrivateKey pkcs8(byte[] der) throws DamagedException {
        String algorithm;
        try {
            algorithm = name(PrivateKeyInfo.getInstance(der).getPrivateKeyAlgorithm());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new DamagedException("is not a readable private key");
        }
        try {
            return factory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (InvalidKeySpecException e) {
            throw unreadable(algorithm, "private");
        }
    }

    static PublicKey publicKey(byte[] der) throws DamagedException {
        String algorithm;
        try {
            algorithm = name(SubjectPublicKeyInfo.getInstance(der).getAlgorithm());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new DamagedException("is not a readable public key");
        }
        try {
            return factory(algorithm).generatePublic(new X509EncodedKeySpec(der));
        } catch (InvalidKeySpecException e) {
            throw unreadable(algorithm, "public");
        }
    }

    private static DamagedException unreadable(String algorithm, String half) {
        return new DamagedException(
                algorithm.equals(RSA)
                        ? "is not a readable RSA " + half + " key"
                        : "is not a readable elliptic-curve " + half + " key on P-256, P-384 or P-521");
    }

    private static String name(AlgorithmIdentifier algorithm) throws DamagedException {
        if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return RSA;
        }
        if (algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return EC;
        }
        throw new DamagedException("is neither an elliptic-curve key nor an RSA key");
    }

    /** Tells whether a signature of one key is accepted by the other; any answer but a clear yes is a no. */
    static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
        try {
            Signature signature = Signature.getInstance(signature(privateKey));
            signature.initSign(privateKey);
            signature.update(CHALLENGE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(CHALLENGE);
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException e) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no JCA provider of this JVM knows " + signature(privateKey), e);
        }
    }

    private static KeyFactory factory(String algorithm) {
        try {
            return KeyFactory.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no JCA provider of this JVM reads keys of " + algorithm, e);
        }
    }
}
