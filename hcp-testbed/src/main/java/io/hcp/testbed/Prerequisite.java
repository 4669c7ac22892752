package io.hcp.testbed;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** What a test needs of its machine: in CI it must be there, elsewhere its absence skips the test with the reason. */
public final class Prerequisite {
    private Prerequisite() {}

    /**
     * Skips the test, or fails it with {@code CI=true} in the environment, if something is missing.
     *
     * @param present true if all is there
     * @param reason what is missing, and what for
     */
    public static void needs(boolean present, String reason) {
        needs(present ? Optional.empty() : Optional.of(reason));
    }

    /**
     * Skips the test, or fails it with {@code CI=true} in the environment, if something is in its way.
     *
     * @param obstacle what is missing; empty if all is there
     */
    public static void needs(Optional<String> obstacle) {
        needs(obstacle, "true".equals(System.getenv("CI")));
    }

    static void needs(Optional<String> obstacle, boolean always) {
        obstacle.ifPresent(reason -> {
            if (always) {
                throw new AssertionError(reason);
            }
            System.out.println("skipped: " + reason);
            Assumptions.abort("skipped: " + reason);
        });
    }
}
