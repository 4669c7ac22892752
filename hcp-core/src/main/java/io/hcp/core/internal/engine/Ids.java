package io.hcp.core.internal.engine;

import java.util.random.RandomGenerator;

/** Names that nobody chooses. */
public final class Ids {
    /** Without vowels and look-alikes, so that no words come of it; the first {@link #LETTERS} are letters. */
    private static final String CHARACTERS = "bcdfghjkmnpqrstvwxz2456789";

    private static final int LETTERS = 19;
    private static final int TENANT_LENGTH = 16;
    private static final int OPERATION_LENGTH = 10;

    private Ids() {}

    /**
     * Draws a tenant's id.
     *
     * @param random what it is drawn from
     * @return 16 characters, a letter first
     */
    public static String tenant(RandomGenerator random) {
        return draw(random, TENANT_LENGTH);
    }

    /**
     * Draws an operation's id.
     *
     * @param random what it is drawn from
     * @return 10 characters, a letter first
     */
    public static String operation(RandomGenerator random) {
        return draw(random, OPERATION_LENGTH);
    }

    private static String draw(RandomGenerator random, int length) {
        StringBuilder id = new StringBuilder();
        id.append(CHARACTERS.charAt(random.nextInt(LETTERS)));
        while (id.length() < length) {
            id.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return id.toString();
    }
}
