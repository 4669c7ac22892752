package io.hcp.pki;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Bytes that nobody but their user may see. Equal only to itself, and its text form tells the length only.
 * Thread-safe.
 */
public final class Secret {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;
    private boolean destroyed;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Makes a new secret.
     *
     * @param bytes how long; more than zero
     * @return bytes from the JVM's secure random generator
     * @throws IllegalArgumentException if the length is not positive
     */
    public static Secret random(int bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("a secret of " + bytes + " bytes protects nothing");
        }
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return new Secret(random);
    }

    /**
     * Takes a copy of a secret. The caller's array stays as it is, for the caller to clear.
     *
     * @param bytes the secret
     * @return the copy
     */
    public static Secret of(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /**
     * Returns the secret: the only way to it.
     *
     * @return a copy, for the caller to clear after use
     * @throws IllegalStateException after {@link #destroy}
     */
    public synchronized byte[] copy() {
        if (destroyed) {
            throw new IllegalStateException("the secret was destroyed");
        }
        return bytes.clone();
    }

    /** Clears the bytes; copies that were handed out stay. Idempotent. */
    public synchronized void destroy() {
        Arrays.fill(bytes, (byte) 0);
        destroyed = true;
    }

    /** Returns the length; never the bytes. */
    @Override
    public String toString() {
        return "Secret[" + bytes.length + " bytes]";
    }
}
