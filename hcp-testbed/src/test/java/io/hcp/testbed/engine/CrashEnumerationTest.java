package io.hcp.testbed.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.HcpException;
import io.hcp.testbed.fake.Crashed;
import io.hcp.testbed.fake.FakeMachine;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.TenantState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A JVM is killed before and after each single write of each sort of work; another one goes on. */
class CrashEnumerationTest {
    private static final int CALLS = 5;

    /** In writes. */
    private static final int OLD_VIEW = 3;

    static Stream<Scenario> scenarios() {
        return Stream.of(Scenario.updates(), Scenario.deletions(), Scenario.returns())
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void apply_killedAtEachWrite_endsAsIfItWereNot(Scenario scenario) {
        FakeWorld undisturbed = scenario.prepared();
        long writes;
        try (Jvm jvm = Jvm.on(undisturbed)) {
            scenario.ask().make(jvm.hcp());
            writes = jvm.machine().writes();
        }
        Portrait.assertTidy(undisturbed);
        String expected = Portrait.of(undisturbed);
        List<Trial> trials = new ArrayList<>();
        for (long write = 1; write <= writes; write++) {
            trials.add(new Trial(scenario, write, false, 0));
            trials.add(new Trial(scenario, write, true, 0));
            trials.add(new Trial(scenario, write, true, OLD_VIEW));
        }
        trials.forEach(trial -> trial.run(expected));
        System.out.printf("%s: killed at %d places (%d writes)%n", scenario.name(), trials.size(), writes);
    }

    /** Asks once, of somebody who may be killed meanwhile. */
    static void tryOnce(Ask ask, Jvm jvm) {
        try {
            ask.make(jvm.hcp());
        } catch (HcpException | Crashed e) {
            assertThat(jvm.machine().isCrashed())
                    .as("killed, not failed: %s", e)
                    .isTrue();
        }
    }

    /** One death, and what follows. */
    private record Trial(Scenario scenario, long write, boolean after, int view) {
        @Override
        public String toString() {
            return "%s, killed %s write %d, gone on with a view that is %d writes old"
                    .formatted(scenario.name(), after ? "after" : "before", write, view);
        }

        void run(String expected) {
            try {
                FakeWorld world = scenario.prepared();
                TenantState before = state(world);
                die(world);
                TenantState left = state(world);
                try (Jvm next = Jvm.on(world.machine(), view)) {
                    scenario.ask().untilDone(world, () -> next, CALLS);
                }
                check(world, before, left);
                assertThat(Portrait.of(world)).isEqualTo(expected);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(this + ": " + e.getMessage(), e);
            }
        }

        private void die(FakeWorld world) {
            FakeMachine machine = world.machine();
            try (Jvm victim = Jvm.on(after ? machine.crashAfterWrites(write) : machine.crashBeforeWrite(write))) {
                tryOnce(scenario.ask(), victim);
            }
            assertThat(machine.isCrashed()).isTrue();
        }

        private void check(FakeWorld world, TenantState before, TenantState left) {
            Portrait.assertTidy(world);
            TenantState end = state(world);
            if (end.directory()) {
                Portrait.assertKept(before, end);
                Portrait.assertKept(left, end);
                if (view == 0) {
                    Portrait.assertNotRestarted(world, Scenario.TENANT, left);
                }
            }
        }

        /** The tenant's, wherever its files are. */
        private static TenantState state(FakeWorld world) {
            return world.retained().values().stream().findFirst().orElseGet(() -> world.state(Scenario.TENANT));
        }
    }
}
