package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.progress.OperationState;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.gateway.Journal;
import io.hcp.core.internal.gateway.JournalEntry;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.journal.JournalForm;
import io.hcp.core.internal.spec.form.Documents;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status of a tenant's own object: what was done last, and what people and programs want to know of it. While work is
 * under way it is written about once a second, however much happens; its end is written at once. Thread-safe.
 */
final class ClusterJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterJournal.class);
    private static final Duration PAUSE = Duration.ofMillis(900);

    /** Readings may be a little old. */
    private static final Duration FRESH = Duration.ofMillis(500);

    private final TenantResource resource;
    private final UnderCluster cluster;
    private final Time time;
    private StatusFacts facts = StatusFacts.NONE;
    private @Nullable JournalEntry latest;
    private @Nullable Lease right;
    private boolean pending;
    private boolean scheduled;
    private long written;

    ClusterJournal(TenantResource resource, UnderCluster cluster, Time time) {
        this.resource = resource;
        this.cluster = cluster;
        this.time = time;
        this.written = time.nanoTime() - PAUSE.toNanos();
    }

    @Override
    public Optional<JournalEntry> read() {
        synchronized (this) {
            if (pending && latest != null && right != null && right.isHeld()) {
                return Optional.of(latest);
            }
        }
        return resource.readUnlessFresh(FRESH).flatMap(found -> parse(found.object()));
    }

    /** Returns what was stored when the tenant's object was last read. */
    Optional<JournalEntry> known() {
        return resource.known().flatMap(found -> parse(found.object()));
    }

    private static Optional<JournalEntry> parse(ClusterObject object) {
        try {
            return object.text("status", StatusText.JOURNAL).map(text -> Documents.read(JournalForm.ENTRY, text));
        } catch (InvalidSpecException | IllegalArgumentException e) {
            LOG.warn("the journal of {} cannot be read: {}", object, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void write(Lease lease, JournalEntry entry) {
        if (!lease.isHeld()) {
            throw new HcpException(
                    ErrorKind.LOCKED,
                    "the right to change tenant \"" + lease.tenant() + "\" was given back or lost",
                    "make the same call again: it goes on where it stopped");
        }
        boolean ended = entry.operation().state() != OperationState.RUNNING;
        synchronized (this) {
            if (resource.known().isEmpty()) {
                written = time.nanoTime(); // there is nothing yet to write it to
            }
            latest = entry;
            right = lease;
            pending = true;
        }
        if (ended || isDue()) {
            flush();
        } else {
            schedule();
        }
    }

    /** Notes what else the status says; it is written with what is written next. */
    void note(UnaryOperator<StatusFacts> change) {
        synchronized (this) {
            StatusFacts before = facts;
            facts = change.apply(before);
            if (facts.equals(before) || latest == null) {
                return;
            }
            pending = true;
        }
        schedule();
    }

    /** Forgets what was told of a tenant that is gone. */
    synchronized void forget() {
        facts = StatusFacts.NONE;
    }

    private synchronized boolean isDue() {
        return time.nanoTime() - written >= PAUSE.toNanos();
    }

    private synchronized void schedule() {
        if (!scheduled) {
            scheduled = true;
            long left = PAUSE.toNanos() - (time.nanoTime() - written);
            cluster.later(Duration.ofNanos(Math.max(0, left)), this::flushLater);
        }
    }

    private void flushLater() {
        synchronized (this) {
            scheduled = false;
        }
        try {
            flush();
        } catch (HcpException e) {
            LOG.warn("the status of a tenant could not be written: {}", e.getMessage());
        }
    }

    private void flush() {
        JournalEntry entry;
        Lease lease;
        StatusFacts now;
        synchronized (this) {
            if (!pending || latest == null || right == null || resource.known().isEmpty()) {
                return; // written already, or there is nothing to write it to
            }
            entry = latest;
            lease = right;
            now = facts;
            pending = false;
            written = time.nanoTime();
        }
        if (!lease.isHeld()) {
            return; // somebody else tells now
        }
        resource.editStatus(lease, object -> StatusText.of(object, entry, now, time.instant()));
    }
}
