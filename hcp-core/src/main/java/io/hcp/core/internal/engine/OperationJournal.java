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

/**
 * Keeps an operation's report in the tenant's journal, and how long steps take: the mean of what was known and of what it
 * took now, so that neither one busy moment nor one idle moment counts for everything.
 */
final class OperationJournal implements Consumer<OperationReport> {
    private final Journal journal;
    private final Lease lease;
    private final SortedMap<String, Duration> known;
    private final boolean lastIsDone;

    OperationJournal(Journal journal, Lease lease) {
        this.journal = journal;
        this.lease = lease;
        Optional<JournalEntry> last = journal.read();
        this.known = last.map(JournalEntry::took).orElseGet(TreeMap::new);
        this.lastIsDone = last.map(entry -> entry.operation().state())
                .filter(OperationState.DONE::equals)
                .isPresent();
    }

    /** Nothing done, where all was done before, is not worth a writing: maintainers look at tenants again and again. */
    @Override
    public void accept(OperationReport report) {
        if (report.steps().isEmpty() && lastIsDone && journal.isCurrent()) {
            return;
        }
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
