package io.hcp.core.internal.engine;

import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.OperationState;
import io.hcp.api.progress.StepReport;
import io.hcp.api.progress.StepState;
import io.hcp.core.internal.gateway.Journal;
import io.hcp.core.internal.gateway.JournalEntry;
import io.hcp.core.internal.gateway.Lease;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Keeps an operation's report in the tenant's journal, and how long its steps took with what was known of others. */
final class OperationJournal implements Consumer<OperationReport> {
    private final Journal journal;
    private final Lease lease;
    private final SortedMap<String, Duration> took;
    private final boolean lastIsDone;

    OperationJournal(Journal journal, Lease lease) {
        this.journal = journal;
        this.lease = lease;
        Optional<JournalEntry> last = journal.read();
        this.took = new TreeMap<>(last.map(JournalEntry::took).orElseGet(TreeMap::new));
        this.lastIsDone = last.map(entry -> entry.operation().state())
                .filter(OperationState.DONE::equals)
                .isPresent();
    }

    /** Nothing done, where all was done before, is not worth a writing: maintainers look at tenants again and again. */
    @Override
    public void accept(OperationReport report) {
        if (report.steps().isEmpty() && lastIsDone) {
            return;
        }
        for (StepReport step : report.steps()) {
            if (step.state() == StepState.DONE) {
                took.put(step.id(), step.took());
            }
        }
        journal.write(lease, new JournalEntry(report, took));
    }
}
