package io.hcp.core.internal.cluster;

import io.hcp.api.error.HcpException;
import io.hcp.api.plan.PlanKind;
import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How it is told that a tenant cannot be reconciled: as an operation that failed before its first step. Pure. */
final class Refusal {
    private Refusal() {}

    static OperationReport report(String id, HcpException problem, Instant now) {
        return new OperationReport(
                id,
                PlanKind.RECONCILE,
                "",
                OperationState.FAILED,
                now,
                Optional.of(now),
                List.of(),
                Optional.ofNullable(problem.getMessage()));
    }

    /** Whether a report says the same. */
    static boolean is(OperationReport operation, HcpException problem) {
        return operation.state() == OperationState.FAILED
                && operation.steps().isEmpty()
                && operation.problem().equals(Optional.ofNullable(problem.getMessage()));
    }
}
