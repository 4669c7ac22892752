package io.hcp.pki;

import io.hcp.api.model.KeyAlgorithm;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;

/** Names public keys, and refuses those of others that are weak or that Kubernetes cannot use. */
final class KeyStrength {
    private static final int RSA_LEAST = 2048;
    /** More takes a verifier longer than it should for a stranger; Go's TLS draws the same line. */
    private static final int RSA_MOST = 8192;

    private static final BigInteger EXPONENT_LEAST = BigInteger.valueOf(65537);
    /** Go reads public exponents of at most 31 bits. */
    private static final int EXPONENT_BITS = 31;

    private KeyStrength() {}

    /** Returns a key's algorithm and size as {@link KeyAlgorithm} writes them, for example {@code RSA-2048}. */
    static String name(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return "RSA-" + rsa.getModulus().bitLength();
        }
        if (key instanceof ECPublicKey ec) {
            return "ECDSA-P" + ec.getParams().getOrder().bitLength();
        }
        return key.getAlgorithm();
    }

    static void require(PublicKey key) throws DamagedException {
        if (key instanceof RSAPublicKey rsa) {
            require(rsa);
        } else if (key instanceof ECPublicKey ec) {
            require(ec);
        } else {
            // The JDK reads the certificate of a key on another curve, yet makes no elliptic-curve key of it.
            throw key.getAlgorithm().equals(Keys.EC)
                    ? unsupportedCurve()
                    : new DamagedException(
                            "has a key of " + key.getAlgorithm(), "use a key on P-256, P-384 or P-521, or RSA");
        }
    }

    private static void require(RSAPublicKey key) throws DamagedException {
        int bits = key.getModulus().bitLength();
        if (bits < RSA_LEAST || bits > RSA_MOST) {
            throw new DamagedException(
                    "has an RSA key of " + bits + " bits", "use one of " + RSA_LEAST + " to " + RSA_MOST + " bits");
        }
        BigInteger exponent = key.getPublicExponent();
        if (!exponent.testBit(0) || exponent.compareTo(EXPONENT_LEAST) < 0 || exponent.bitLength() > EXPONENT_BITS) {
            throw new DamagedException(
                    "has an RSA key with an unusual public exponent", "use a key with the exponent 65537");
        }
    }

    /** Not every provider looks whether the point is on the curve. */
    private static void require(ECPublicKey key) throws DamagedException {
        ECParameterSpec curve = key.getParams();
        int bits = curve.getOrder().bitLength();
        boolean known = bits == 256 || bits == 384 || bits == 521;
        if (!known || !(curve.getCurve().getField() instanceof ECFieldFp field)) {
            throw unsupportedCurve();
        }
        BigInteger p = field.getP();
        if (!curve.getCurve().getA().equals(p.subtract(BigInteger.valueOf(3)))) {
            throw unsupportedCurve(); // of the same size, but none of NIST's
        }
        ECPoint point = key.getW();
        boolean inField = !point.equals(ECPoint.POINT_INFINITY)
                && point.getAffineX().signum() >= 0
                && point.getAffineX().compareTo(p) < 0;
        if (!inField || !onCurve(point, curve, p)) {
            throw new DamagedException("has a key that is no point of its curve", "make a new key");
        }
    }

    private static DamagedException unsupportedCurve() {
        return new DamagedException("has a key on an unsupported curve", "use a key on P-256, P-384 or P-521");
    }

    private static boolean onCurve(ECPoint point, ECParameterSpec curve, BigInteger p) {
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right = x.multiply(x)
                .add(curve.getCurve().getA())
                .multiply(x)
                .add(curve.getCurve().getB());
        return y.multiply(y).subtract(right).mod(p).signum() == 0;
    }
}
