package io.hcp.testbed.engine;

import static io.hcp.testbed.engine.Samples.ACME;
import static io.hcp.testbed.engine.Samples.LOUDER;
import static io.hcp.testbed.engine.Samples.NAME;
import static io.hcp.testbed.engine.Samples.SOON;
import static io.hcp.testbed.engine.Samples.elsewhere;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.Operation;
import io.hcp.api.model.Component;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanKind;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.StepReport;
import io.hcp.api.progress.StepState;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.InMemoryControlPlanes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A plan is carried out as agreed although the world moved, as long as it is still the right plan. */
class MovedInStatusTest {
    private static final Map<String, Function<HostedControlPlanes, Plan>> PLANS = Map.of(
            "creation", hcp -> hcp.plan(Samples.named("fresh")),
            "update", hcp -> hcp.plan(LOUDER),
            "reconcile", hcp -> hcp.plan("drifted"),
            "deletion", hcp -> hcp.planDelete(NAME));

    private static final Map<String, Consumer<FakeWorld>> MOVES = Map.of(
            "nothing", world -> {},
            "process restarted", MovedInStatusTest::restartEtcd,
            "not ready", world -> restartEtcd(world.startUpTakes(Duration.ofMinutes(1))),
            "less space", world -> world.outside().usableBytes(1L << 30),
            "another tenant made", world -> Samples.create(world, Samples.named("other")),
            "another tenant deleted",
                    world -> elsewhere(world, other -> other.delete("bystander").await(SOON)),
            "time passed", world -> world.time().advance(Duration.ofDays(30)),
            "journal written",
                    world -> elsewhere(world, other -> other.reconcile(NAME).await(SOON)));

    private final FakeWorld world = new FakeWorld();
    private final HostedControlPlanes hcp = InMemoryControlPlanes.open(world);

    @AfterEach
    void close() {
        hcp.close();
    }

    static Stream<Arguments> plansAndMoves() {
        return PLANS.keySet().stream()
                .sorted()
                .flatMap(plan -> MOVES.keySet().stream().sorted().map(move -> Arguments.of(plan, move)));
    }

    @ParameterizedTest(name = "{0}, then {1}")
    @MethodSource("plansAndMoves")
    void plan_movedInStatusAlone_isCarriedOutAsAgreed(String planned, String move) {
        List.of(ACME, Samples.named("drifted"), Samples.named("bystander")).forEach(one -> Samples.create(world, one));
        world.outside().kill("drifted", Component.KUBE_SCHEDULER);
        Plan plan = PLANS.get(planned).apply(hcp);
        MOVES.get(move).accept(world);

        Operation operation = begin(plan);
        operation.await(SOON);

        OperationReport report = operation.report();
        assertThat(operation.plan().digest()).isEqualTo(plan.digest()).isEqualTo(report.digest());
        assertThat(report.steps()).isNotEmpty().extracting(StepReport::id).isEqualTo(Samples.steps(plan));
        assertThat(report.steps()).extracting(StepReport::state).containsOnly(StepState.DONE);
    }

    private Operation begin(Plan plan) {
        return plan.kind() == PlanKind.DELETE
                ? hcp.delete(plan)
                : hcp.apply(plan).operation().orElseThrow();
    }

    /** By another JVM, as the same that it ran as: all that changes is its process id. */
    private static void restartEtcd(FakeWorld world) {
        var before = world.state(NAME).processes(Component.ETCD);
        world.outside().kill(NAME, Component.ETCD);
        elsewhere(world, other -> other.reconcile(NAME).await(SOON));
        assertThat(world.state(NAME).processes(Component.ETCD)).hasSize(1).isNotEqualTo(before);
    }
}
