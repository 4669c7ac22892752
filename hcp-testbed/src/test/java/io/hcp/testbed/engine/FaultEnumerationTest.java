package io.hcp.testbed.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.testbed.fake.Call;
import io.hcp.testbed.fake.FakeMachine;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.Fault;
import io.hcp.testbed.fake.Faults;
import io.hcp.testbed.fake.TenantState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each call of a gateway goes wrong in each way, once; the work ends as if it had not, by itself or asked again. */
class FaultEnumerationTest {
    private static final int ASKED = 3;

    /** How many more calls one that goes wrong may cost: a plan is made anew, or a step is done again. */
    private static final double MOST = 3;

    private static final List<String> SCENARIOS =
            List.of("create with a port and encryption", "several", "delete", "put aside", "bring back otherwise");

    static Stream<Scenario> scenarios() {
        return CrashEnumerationTest.scenarios().filter(scenario -> SCENARIOS.contains(scenario.name()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void apply_eachCallGoesWrong_endsAsIfItDidNot(Scenario scenario) {
        List<Call> calls = Collections.synchronizedList(new ArrayList<>());
        FakeWorld undisturbed = scenario.prepared();
        long most;
        try (Jvm jvm = Jvm.on(undisturbed.machine().faults(call -> {
            calls.add(call);
            return Fault.none();
        }))) {
            scenario.ask().make(jvm.hcp());
            most = calls(jvm.machine());
        }
        String expected = Portrait.of(undisturbed);
        int count = 0;
        double ratio = 0;
        for (Call call : List.copyOf(calls)) {
            for (Fault fault : faults(call)) {
                Trial trial = new Trial(scenario, call, fault);
                ratio = Math.max(ratio, trial.run(expected) / (double) most);
                count++;
            }
        }
        System.out.printf(
                "%s: %d faults at %d calls, at most %.2f times the calls%n",
                scenario.name(), count, calls.size(), ratio);
        assertThat(ratio).isLessThan(MOST);
    }

    private static long calls(FakeMachine machine) {
        return machine.calls().values().stream().mapToLong(Long::longValue).sum();
    }

    /** What can go wrong with a call. A read has no reply whose loss differs from a refusal, and may be made twice. */
    private static List<Fault> faults(Call call) {
        List<Fault> faults = new ArrayList<>(List.of(
                Fault.refused(call.number() % 2 == 0 ? ErrorKind.IO : ErrorKind.TIMEOUT),
                Fault.delayed(Duration.ofSeconds(40))));
        if (call.name().startsWith("api.")) {
            faults.add(Fault.refused(ErrorKind.TENANT_API));
        }
        if (call.write()) {
            faults.add(Fault.lostReply(ErrorKind.TIMEOUT));
            faults.add(Fault.twice());
        }
        if (call.name().equals("records.write")) {
            faults.add(Fault.refused(ErrorKind.CONFLICT));
            faults.add(Fault.lostReply(ErrorKind.CONFLICT));
        }
        return faults;
    }

    /** One fault, and what follows. The same engine is asked again, or a new one, in turn. */
    private record Trial(Scenario scenario, Call call, Fault fault) {
        @Override
        public String toString() {
            return "%s, %s at %s".formatted(scenario.name(), fault, call);
        }

        long run(String expected) {
            try {
                FakeWorld world = scenario.prepared();
                TenantState before = state(world);
                List<FakeMachine> asked = new ArrayList<>();
                FakeMachine first = world.machine().faults(Faults.at(call.number(), fault));
                try (Asked jvms = new Asked(world, first, asked, call.number() % 2 == 0)) {
                    int unused = scenario.ask().untilDone(world, jvms::next, ASKED);
                }
                Portrait.assertTidy(world);
                if (world.state(Scenario.TENANT).directory()) {
                    Portrait.assertKept(before, state(world));
                }
                assertThat(Portrait.of(world)).isEqualTo(expected);
                return asked.stream().mapToLong(FaultEnumerationTest::calls).sum();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(this + ": " + e.getMessage(), e);
            }
        }

        private static TenantState state(FakeWorld world) {
            return world.retained().values().stream().findFirst().orElseGet(() -> world.state(Scenario.TENANT));
        }
    }

    /** Who is asked: always the same engine, or each time a new one. */
    private static final class Asked implements AutoCloseable {
        private final FakeWorld world;
        private final List<FakeMachine> asked;
        private final boolean same;
        private Optional<Jvm> jvm;

        Asked(FakeWorld world, FakeMachine first, List<FakeMachine> asked, boolean same) {
            this.world = world;
            this.asked = asked;
            this.same = same;
            this.jvm = Optional.of(Jvm.on(first));
            asked.add(first);
        }

        private boolean begun;

        Jvm next() {
            if (begun && !same) {
                close();
                jvm = Optional.of(Jvm.on(world));
                asked.add(jvm.get().machine());
            }
            begun = true;
            return jvm.orElseThrow();
        }

        @Override
        public void close() {
            jvm.ifPresent(Jvm::close);
        }
    }
}
