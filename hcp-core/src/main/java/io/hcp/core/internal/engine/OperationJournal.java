package io.hcp.core.internal.engine;

import io.hcp.api.progress.OperationReport;
import io.hcp.api.progress.StepReport;
import io.hcp.api.progress.StepState;
import io.hcp.core.internal.gateway.Journal;
import io.hcp.core.internal.gateway.JournalEntry;
import io.hcp.core.internal.gateway.Lease;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Keeps an operation's report in the tenant's journal, and how long steps take: the mean of what was known and of what it
 * took now, so that neither one busy moment nor one idle moment counts for everything.
 */
final class OperationJournal implements Consumer<OperationReport> {
    private final Journal journal;
    private final Lease lease;
    private final SortedMap<String, Duration> known;

    OperationJournal(Journal journal, Lease lease) {
        this.journal = journal;
        this.lease = lease;
        this.known = journal.read().map(JournalEntry::took).orElseGet(TreeMap::new);
    }

    @Override
    public void accept(OperationReport report) {
        SortedMap<String, Duration> took = new TreeMap<>(known);
        for (StepReport step : report.steps()) {
            if (step.state() == StepState.DONE) {
                took.merge(
                        step.id(),
                        step.took(),
                        (before, now) -> before.plus(now).dividedBy(2));
            }
        }
        journal.write(lease, new JournalEntry(report, took));
    }
}
