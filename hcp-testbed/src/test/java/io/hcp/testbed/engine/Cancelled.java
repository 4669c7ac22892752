package io.hcp.testbed.engine;

import static io.hcp.testbed.engine.Samples.ACME;
import static io.hcp.testbed.engine.Samples.NAME;
import static io.hcp.testbed.engine.Samples.NEWER;
import static io.hcp.testbed.engine.Samples.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.Condition;
import io.hcp.api.ControlPlane;
import io.hcp.api.Operation;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import io.hcp.api.progress.StepReport;
import io.hcp.api.progress.StepState;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.gateway.JournalEntry;
import io.hcp.testbed.fake.FakeWorld;
import io.hcp.testbed.fake.TenantState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A tenant on which an operation was cancelled, and what is to be true of it.
 *
 * @param end what the world is like once the same was done without a cancellation
 */
record Cancelled(CancelTest.Work work, FakeWorld world, HostedControlPlanes hcp, String end) {
    private static final String PROBLEM =
            "the operation was cancelled. Remedy: make the same call again: it goes on where it stopped";

    /** Planned with whatever else is planned, done or not. */
    private static final Set<String> ALWAYS = Set.of("provide programs", "await readiness");

    /** Checks it, and goes on with it. */
    void check(Operation operation, boolean byReconcile) {
        TenantState cancelled = world.state(NAME);
        assertDescribed(operation);
        goOn(byReconcile);
        assertSameEnd(cancelled);
    }

    private void assertDescribed(Operation operation) {
        OperationReport report = operation.report();
        assertThat(report.state()).isEqualTo(OperationState.CANCELLED);
        assertThat(report.ended()).isPresent();
        assertThat(report.problem()).contains(PROBLEM);
        assertThat(report.steps()).extracting(StepReport::state).doesNotContain(StepState.RUNNING);
        assertThat(report.steps())
                .filteredOn(step -> step.state() == StepState.FAILED)
                .extracting(StepReport::evidence)
                .allMatch("cancelled"::equals);
        world.state(NAME)
                .journal()
                .map(JournalEntry::operation)
                .ifPresent(stored -> assertThat(stored).isEqualTo(report));
        Optional<ControlPlane> handle = hcp.get(NAME);
        assertThat(handle.isPresent()).isEqualTo(world.state(NAME).record().isPresent());
        handle.ifPresent(found -> assertSaysWhatIsLeft(found, report));
    }

    private void assertSaysWhatIsLeft(ControlPlane found, OperationReport report) {
        boolean journal = world.state(NAME).journal().isPresent(); // it may be removed before the record
        assertThat(found.lastOperation()).isEqualTo(Optional.of(report).filter(any -> journal));
        Plan left = isStored() ? hcp.plan(NAME) : work.plan(hcp);
        List<String> ids = Samples.steps(left);
        assertThat(ids(report, StepState.DONE)).noneMatch(ids::contains);
        assertThat(ids).containsAll(ids(report, StepState.WAITING));
        Condition condition = found.status().condition(Condition.RECONCILED).orElseThrow();
        if (!isStored() || left.isEmpty()) { // it is as its description says, be it the earlier one
            assertThat(condition.status()).isEqualTo(Condition.Status.TRUE);
        } else if (journal) {
            assertThat(condition.status()).isEqualTo(Condition.Status.FALSE);
            assertThat(condition.reason()).isEqualTo("Cancelled");
            assertThat(ids).allSatisfy(id -> assertThat(condition.message()).contains(id));
            assertThat(condition.message()).endsWith(PROBLEM);
        }
    }

    private static List<String> ids(OperationReport report, StepState state) {
        return report.steps().stream()
                .filter(step -> step.state() == state)
                .map(StepReport::id)
                .filter(id -> !ALWAYS.contains(id))
                .toList();
    }

    /** By reconcile where the request is stored, or by the same call. */
    private void goOn(boolean byReconcile) {
        TenantState state = world.state(NAME);
        if (isStored() && byReconcile) {
            hcp.reconcile(NAME).await(SOON);
        } else if (!work.removes() || state.directory() || !state.processes().isEmpty()) {
            work.begin(hcp).await(SOON);
        }
    }

    /** Whether the tenant's record tells what was asked for. */
    private boolean isStored() {
        return world.state(NAME)
                .record()
                .filter(stored -> work.removes()
                        ? stored.record().deleting()
                        : stored.record().spec().kubernetesVersion().equals(wanted().kubernetesVersion()))
                .isPresent();
    }

    private TenantControlPlane wanted() {
        return work == CancelTest.Work.UPDATE ? NEWER : ACME;
    }

    private void assertSameEnd(TenantState cancelled) {
        if (!work.removes()) {
            assertThat(hcp.plan(wanted()).isEmpty()).isTrue();
            // What was started, and not waited for before it was cancelled, may take its time still.
            assertThat(hcp.get(NAME).orElseThrow().awaitReady(SOON).status().conditions())
                    .extracting(Condition::status)
                    .containsOnly(Condition.Status.TRUE);
            Portrait.assertKept(cancelled, world.state(NAME));
        }
        Portrait.assertTidy(world);
        assertThat(Portrait.of(world)).isEqualTo(end);
    }
}
