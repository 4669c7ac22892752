package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.PlanKind;
import io.hcp.api.progress.OperationState;
import io.hcp.api.progress.StepState;
import io.hcp.core.internal.cluster.StatusEvents.Told;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.record.OwnObject;
import io.hcp.core.internal.gateway.Journal;
import io.hcp.core.internal.gateway.JournalEntry;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.journal.JournalForm;
import io.hcp.core.internal.spec.form.Documents;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status of a tenant's own object: what was done last, and what people and programs want to know of it. What is there
 * is never older than {@link Untold#OLDEST}, and written no more often than that takes: the beginning of an operation once its
 * first quick steps are over, an obstacle, a failure and the end at once. What could not be written is written later.
 * Thread-safe.
 */
final class ClusterJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterJournal.class);

    private static final ClusterObject NOTHING = new ClusterObject(Kind.TENANT, Map.of());

    private final TenantResource resource;
    private final UnderCluster cluster;
    private final Time time;
    private final Untold untold;
    private StatusFacts facts = StatusFacts.NONE;
    private Standing standing = Standing.NONE;
    private @Nullable JournalEntry latest;
    private @Nullable Lease right;
    private @Nullable Runnable whenTold;
    private boolean scheduled;

    ClusterJournal(TenantResource resource, UnderCluster cluster, Time time) {
        this.resource = resource;
        this.cluster = cluster;
        this.time = time;
        this.untold = new Untold(time);
    }

    @Override
    public Optional<JournalEntry> read() {
        synchronized (this) {
            if (untold.isPending() && right != null && right.isHeld()) {
                return Optional.ofNullable(latest);
            }
        }
        // What is written may be that old; whether somebody is still at work may not.
        Optional<JournalEntry> entry = resource.readUnlessFresh(Untold.OLDEST).flatMap(found -> parse(found.object()));
        boolean running = entry.filter(found -> found.operation().state() == OperationState.RUNNING)
                .isPresent();
        return running ? resource.read().flatMap(found -> parse(found.object())) : entry;
    }

    @Override
    public boolean isCurrent() {
        return resource.isNoted()
                && resource.known()
                        .filter(own -> own.object().number("status", "observedGeneration")
                                < own.object().number("metadata", "generation"))
                        .isEmpty();
    }

    @Override
    public synchronized boolean isTold(Runnable later) {
        whenTold = untold.isPending() ? later : null;
        return whenTold == null;
    }

    /** What cannot be told under the right that there was is told by who has it next. */
    private synchronized void giveUp() {
        untold.giveUp();
    }

    private void tellThatAllIsTold() {
        Runnable heard;
        synchronized (this) {
            heard = untold.isPending() ? null : whenTold;
            whenTold = heard == null ? whenTold : null;
        }
        if (heard != null) {
            heard.run();
        }
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
        if (take(lease, entry, resource.known())) {
            flush();
        } else {
            schedule();
        }
    }

    /**
     * Tells whether an entry cannot wait. What was found in another operation may not hold any more. The object is read
     * before: who writes it looks in here.
     */
    private synchronized boolean take(Lease lease, JournalEntry entry, Optional<OwnObject> found) {
        Optional<JournalEntry> before = Optional.ofNullable(latest);
        String id = entry.operation().id();
        if (before.filter(known -> known.operation().id().equals(id)).isEmpty()) {
            facts = StatusFacts.NONE;
            standing = Standing.of(found).withWanted(standing.wanted());
            untold.begins();
        }
        latest = entry;
        right = lease;
        untold.changed();
        boolean failed =
                hasFailed(entry) && before.filter(ClusterJournal::hasFailed).isEmpty();
        return failed || entry.operation().state() != OperationState.RUNNING;
    }

    private static boolean hasFailed(JournalEntry entry) {
        return entry.operation().steps().stream().anyMatch(step -> step.state() == StepState.FAILED);
    }

    /**
     * Notes that the tenant cannot be reconciled: an operation that failed before its first step. Nothing is written if
     * that is there already.
     *
     * @param found the object as it was when that was found out
     */
    void refuse(Lease lease, String id, HcpException problem, Optional<OwnObject> found) {
        if (resource.present().isEmpty()) {
            return;
        }
        Optional<JournalEntry> before = read();
        JournalEntry entry = before.filter(last -> Refusal.is(last.operation(), problem))
                .orElseGet(() -> new JournalEntry(
                        Refusal.report(id, problem, time.instant()),
                        before.map(JournalEntry::took).orElseGet(TreeMap::new)));
        synchronized (this) {
            boolean unused = take(lease, entry, found);
            standing = Standing.of(found); // the same refusal can be one of a later description
            facts = StatusFacts.NONE.withWaiting(Optional.of(Finding.of(problem)));
        }
        flush();
    }

    /** Whether what is carried out, or was last, is not what the tenant's object is known to say. */
    boolean isOutdated() {
        Optional<ClusterObject> known = resource.known().map(OwnObject::object);
        synchronized (this) {
            boolean deletion = latest != null && latest.operation().kind() == PlanKind.DELETE;
            return known.filter(object -> !standing.isAbout(object) || (object.isDeleting() && !deletion))
                    .isPresent();
        }
    }

    /** Whether the step under way waits for something that is late; what is missed for its work alone is not. */
    synchronized boolean isWaiting() {
        return facts.waiting().filter(finding -> !finding.outage()).isPresent();
    }

    /** Notes which description is carried out: what is told is not of one that somebody writes meanwhile. */
    synchronized void carryingOut(TenantControlPlane wanted) {
        standing = standing.withWanted(Optional.of(wanted));
    }

    /** Notes what else the status says; it is written with what is written next, a new obstacle at once. */
    void note(UnaryOperator<StatusFacts> change) {
        boolean obstacle;
        synchronized (this) {
            StatusFacts before = facts;
            facts = change.apply(before);
            if (facts.equals(before) || latest == null) {
                return;
            }
            untold.changed();
            obstacle = facts.waiting().isPresent() && !facts.waiting().equals(before.waiting());
        }
        if (obstacle) {
            tryToFlush();
        } else {
            schedule();
        }
    }

    /** Forgets what was told of a tenant that is gone. */
    synchronized void forget() {
        facts = StatusFacts.NONE;
    }

    private synchronized void schedule() {
        if (!scheduled) {
            scheduled = true;
            cluster.later(Duration.ofNanos(Math.max(0, untold.left())), this::flushLater);
        }
    }

    private void flushLater() {
        boolean early;
        synchronized (this) {
            scheduled = false;
            early = untold.isPending() && untold.left() > 0;
        }
        if (early) {
            schedule();
        } else {
            tryToFlush();
            tellThatAllIsTold();
        }
    }

    private void tryToFlush() {
        try {
            flush();
        } catch (HcpException e) {
            LOG.warn("the status of a tenant could not be written: {}", e.getMessage());
        }
    }

    private void flush() {
        Lease lease;
        synchronized (this) {
            if (!untold.isPending() || right == null) {
                return;
            }
            lease = right;
        }
        if (!lease.isHeld() || resource.present().isEmpty()) {
            giveUp(); // somebody else tells now, or there is nothing to write it to
            return;
        }
        Writing writing = new Writing();
        try {
            resource.editStatus(lease, writing::text);
            writing.done();
            new Events(cluster.objects()).tell(lease, writing.after, writing.events(), time.instant());
        } catch (HcpException e) {
            if (e.retryable() && lease.isHeld()) {
                again();
            } else {
                giveUp();
            }
            throw e;
        }
    }

    /** What could not be written is not lost. */
    private synchronized void again() {
        untold.again();
        schedule();
    }

    /** One writing: of what is the latest when the object is written, so that a later one is never written over. */
    private final class Writing {
        private ClusterObject before = NOTHING;
        private ClusterObject after = NOTHING;
        private long taken;

        ClusterObject text(ClusterObject object) {
            synchronized (ClusterJournal.this) {
                taken = untold.mark();
                before = object;
                after = latest == null
                        ? object
                        : resource.noting(StatusText.of(object, latest, facts, standing, time.instant()));
                return after;
            }
        }

        List<Told> events() {
            return StatusEvents.between(before, after);
        }

        void done() {
            synchronized (ClusterJournal.this) {
                untold.told(taken);
            }
        }
    }
}
