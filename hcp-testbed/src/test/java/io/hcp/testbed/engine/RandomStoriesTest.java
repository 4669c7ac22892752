package io.hcp.testbed.engine;

import io.hcp.testbed.engine.Story.Trouble;
import org.junit.jupiter.api.Test;

/** Whatever is asked for, in whatever order, and whoever dies of it: what is there is what the model says. */
class RandomStoriesTest {
    private static final int WITH_CRASHES = 500;
    private static final int WITH_FAULTS = 60;
    private static final int LENGTH = 10;

    private final long seed = Seeds.print(RandomStoriesTest.class);

    @Test
    void stories_withCrashesAndOldViews_endAsTheModel() {
        int crashes = 0;
        for (int number = 0; number < WITH_CRASHES; number++) {
            crashes += tell(number, new Trouble(true, 0));
        }
        System.out.printf("%d stories of %d acts, %d JVMs killed%n", WITH_CRASHES, LENGTH, crashes);
    }

    @Test
    void stories_withFaults_endAsTheModel() {
        for (int number = 0; number < WITH_FAULTS; number++) {
            double probability = 0.05 + 0.15 * number / WITH_FAULTS;
            int unused = tell(number, new Trouble(false, probability));
        }
    }

    private int tell(int number, Trouble trouble) {
        Story story = new Story(seed + number, trouble);
        try {
            return story.tell(LENGTH);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "-Dhcp.seed=%d, story %d, %s: %s%n  %s".formatted(seed, number, trouble, e.getMessage(), story), e);
        }
    }
}
