package io.hcp.testbed.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What a test needs of its machine: in CI it must be there, elsewhere its absence skips the test with the reason. */
final class Prerequisite {
    private Prerequisite() {}

    static void needs(boolean present, String reason) {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as(reason).isTrue();
        } else if (!present) {
            System.out.println("skipped: " + reason);
            assumeThat(present).as(reason).isTrue();
        }
    }
}
