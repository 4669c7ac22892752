package io.hcp.testbed.engine;

import java.security.SecureRandom;

/** Randomness that can be repeated: every use prints its seed, and {@code -Dhcp.seed=...} sets it. */
public final class Seeds {
    private static final SecureRandom SOURCE = new SecureRandom();

    private Seeds() {}

    /** Prints and returns a seed. */
    public static long print(Class<?> test) {
        long seed = Long.getLong("hcp.seed", SOURCE.nextInt());
        System.out.println(test.getSimpleName() + " runs with -Dhcp.seed=" + seed);
        return seed;
    }
}
