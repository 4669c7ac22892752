package io.hcp.core.internal.engine;

import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import io.hcp.core.internal.gateway.JournalEntry;
import java.util.Optional;

/**
 * What the journal says was done last with a tenant. An operation that is not under way here, and that no other holder of
 * the tenant can be at work on, was interrupted.
 */
record LastOperation(EngineBackend backend, String tenant) {
    /**
     * Reads it.
     *
     * @param mine true if the right to change the tenant is held here, where no operation is under way
     */
    Optional<OperationReport> read(boolean mine) {
        Optional<OperationReport> report = stored();
        boolean running =
                report.filter(found -> found.state() == OperationState.RUNNING).isPresent();
        if (!running || (!mine && backend.holder(tenant).isPresent())) {
            return report;
        }
        // Nobody was at work any more. Only what is read after that tells how it ended.
        Optional<OperationReport> left = stored();
        return left.equals(report) ? report.map(LastOperation::interrupted) : left;
    }

    private Optional<OperationReport> stored() {
        return backend.tenant(tenant).journal().read().map(JournalEntry::operation);
    }

    private static OperationReport interrupted(OperationReport report) {
        return new OperationReport(
                report.id(),
                report.kind(),
                report.digest(),
                OperationState.INTERRUPTED,
                report.begun(),
                report.ended(),
                report.steps(),
                Optional.of("who carried it out has ended; reconcile goes on from there"));
    }
}
