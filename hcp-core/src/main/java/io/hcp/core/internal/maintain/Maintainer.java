package io.hcp.core.internal.maintain;

import io.hcp.api.Operation;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.maintain.Maintained.Membership;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the tenants of a place: at each that something was changed of, soon; at all others in passes that are spread
 * in time; at one that something went wrong with again and again, after longer and longer pauses. Only so many are worked
 * with at a time, and looks are begun only so fast. One that only waits for what is late makes room for others, so that
 * tenants whose pods do not come keep nobody from looking at those that are well. Thread-safe.
 */
public final class Maintainer implements AutoCloseable {
    /** Steps have limits of their own, which are shorter. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** After which time it is seen whether a tenant of another instance is still that one's. */
    private static final Duration ELSEWHERE = Duration.ofSeconds(30);

    /** After which time it is seen whether what is under way only waits. */
    private static final Duration WAITING = Duration.ofSeconds(5);

    /** The least time between two passes. */
    private static final Duration OVERDUE = Duration.ofMinutes(1);

    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Maintainer.class);

    private final Maintained place;
    private final Function<String, Operation> reconcile;
    private final Pace pace;
    private final Executor workers;
    private final Time time;
    private final WorkQueue queue = new WorkQueue();
    /** When the next pass is due of each tenant that is there. */
    private final Map<String, Long> passes = new ConcurrentHashMap<>();

    private final Map<String, Look> underWay = new ConcurrentHashMap<>();

    /** One look at a tenant; it counts as one of those that are worked with until it is over, or only waits. */
    private static final class Look {
        private final String tenant;
        private volatile @Nullable Operation operation;
        private boolean counted = true;

        Look(String tenant) {
            this.tenant = tenant;
        }
    }

    private @Nullable Membership membership;
    private int busy;
    private long earliest;
    private long wakeUp = Long.MAX_VALUE;
    private boolean closed;

    /**
     * Prepares; {@link #start} begins.
     *
     * @param place where the tenants are
     * @param reconcile begins to bring a tenant back to its description
     * @param pace how often, and how many at a time
     * @param workers run it
     */
    public Maintainer(Maintained place, Function<String, Operation> reconcile, Pace pace, Executor workers) {
        this.place = place;
        this.reconcile = reconcile;
        this.pace = pace;
        this.workers = workers;
        this.time = place.time();
        this.earliest = time.nanoTime();
    }

    /** Begins to look after the tenants. */
    public void start() {
        Membership joined = place.join(new Hearing());
        synchronized (this) {
            if (!closed) {
                membership = joined;
                pump();
                return;
            }
        }
        joined.close();
    }

    private final class Hearing implements Follower {
        @Override
        public void seen(String tenant, boolean urgent) {
            long moment =
                    time.nanoTime() + (urgent ? 0 : pace.first(place.random()).toNanos());
            synchronized (passes) {
                passes.putIfAbsent(tenant, moment);
                queue.add(tenant, moment);
            }
            lookAtWork(tenant);
            pump();
        }

        @Override
        public void changed(String tenant) {
            if (passes.containsKey(tenant)) {
                queue.hint(tenant, time.nanoTime() + pace.settle().toNanos());
                lookAtWork(tenant);
                pump();
            }
        }

        @Override
        public void gone(String tenant) {
            synchronized (passes) {
                passes.remove(tenant);
                queue.remove(tenant);
            }
        }
    }

    /** Begins what is due and may begin, and sees to it that this happens again when there is more. */
    private void pump() {
        for (String tenant : chosen()) {
            try {
                workers.execute(() -> work(new Look(tenant)));
            } catch (RejectedExecutionException e) { // everything ends
                LOG.debug("tenant {} is not looked at any more", tenant);
            }
        }
    }

    private synchronized List<String> chosen() {
        List<String> chosen = new ArrayList<>();
        while (!closed && membership != null && busy < pace.workers()) {
            OptionalLong next = queue.next();
            if (next.isEmpty()) {
                break; // who asks for a tenant, or gives one back, comes here again
            }
            long moment = Math.max(next.getAsLong(), earliest);
            if (moment > time.nanoTime()) {
                wakeAt(moment);
                break;
            }
            Membership joined = membership;
            queue.take(time.nanoTime())
                    .filter(tenant -> isToBeLookedAt(joined, tenant))
                    .ifPresent(tenant -> {
                        busy++;
                        earliest = Math.max(earliest, time.nanoTime())
                                + pace.spacing().toNanos();
                        chosen.add(tenant);
                    });
        }
        return chosen;
    }

    /** Not much later than now, so that no more than a few wake-ups wait at any time, however often the next moment changes. */
    private void wakeAt(long wanted) {
        long moment = Math.min(wanted, time.nanoTime() + LONGEST_SLEEP.toNanos());
        if (moment < wakeUp) {
            wakeUp = moment;
            place.later(Duration.ofNanos(Math.max(0, moment - time.nanoTime())), () -> awake(moment));
        }
    }

    private void awake(long moment) {
        synchronized (this) {
            if (moment != wakeUp) {
                return; // an earlier moment came between, and saw to the rest
            }
            wakeUp = Long.MAX_VALUE;
        }
        pump(); // also if it is too early: then it goes back to sleep
    }

    /** Gives back a tenant that is not. */
    private boolean isToBeLookedAt(Membership joined, String tenant) {
        Optional<Instant> paused = joined.pausedUntil(tenant);
        long pass = passes.getOrDefault(tenant, Long.MAX_VALUE);
        if (paused.isPresent()) {
            later(tenant, Duration.between(time.instant(), paused.get()));
            return false;
        }
        if (!joined.isMine(tenant)) {
            later(tenant, ELSEWHERE); // it is told of before once that changes, unless that is only for a moment
            return false;
        }
        if (pass > time.nanoTime() && !queue.isFailing(tenant) && joined.isSettled(tenant)) {
            queue.done(tenant, time.nanoTime());
            queue.add(tenant, pass);
            return false;
        }
        return true;
    }

    private void later(String tenant, Duration pause) {
        queue.done(tenant, time.nanoTime() + pace.settle().toNanos());
        queue.add(tenant, time.nanoTime() + Math.max(1, Time.nanos(pause)));
    }

    private void work(Look look) {
        try {
            attempt(look);
        } finally {
            makeRoom(look);
        }
    }

    private void makeRoom(Look look) {
        synchronized (this) {
            busy -= look.counted ? 1 : 0;
            look.counted = false;
        }
        pump();
    }

    private void attempt(Look look) {
        String tenant = look.tenant;
        try {
            carryOut(look);
            Duration pass = untilNextPass(tenant);
            passes.computeIfPresent(tenant, (name, before) -> time.nanoTime() + pass.toNanos());
            later(tenant, pass);
        } catch (HcpException e) {
            if (e.kind() == ErrorKind.NOT_FOUND) {
                queue.done(tenant, time.nanoTime());
            } else {
                LOG.info("tenant {} will be looked at again: {}", tenant, e.getMessage());
                again(tenant, e.kind() == ErrorKind.LOCKED ? held(tenant) : failed(tenant));
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("tenant {} could not be looked at", tenant, e);
            again(tenant, failed(tenant));
        }
        synchronized (passes) {
            if (!passes.containsKey(tenant)) {
                queue.remove(tenant);
            }
        }
    }

    /** Not later than the certificates are to be renewed; a pass has just been, so that something else hinders one overdue. */
    private Duration untilNextPass(String tenant) {
        Duration pass = pace.pass(place.random());
        Membership joined = joined();
        return joined == null
                ? pass
                : joined.due(tenant)
                        .map(due -> Duration.between(time.instant(), due))
                        .filter(until -> until.compareTo(pass) < 0)
                        .map(until -> until.compareTo(OVERDUE) < 0 ? OVERDUE : until)
                        .orElse(pass);
    }

    /** Nothing is under way any more when it returns or throws: only then somebody else may take the tenant. */
    private void carryOut(Look look) {
        Operation operation = reconcile.apply(look.tenant);
        look.operation = operation;
        underWay.put(look.tenant, look);
        try {
            lookAtWork(look.tenant); // for what was written since it was planned
            place.later(WAITING, () -> makeRoomIfWaiting(look));
            operation.await(LONGEST);
        } finally {
            underWay.remove(look.tenant);
        }
    }

    private void makeRoomIfWaiting(Look look) {
        Membership joined = joined();
        if (joined == null || underWay.get(look.tenant) != look) {
            return; // it is over
        }
        if (joined.isWaiting(look.tenant)) {
            makeRoom(look);
        } else {
            place.later(WAITING, () -> makeRoomIfWaiting(look));
        }
    }

    private synchronized @Nullable Membership joined() {
        return membership;
    }

    private void lookAtWork(String tenant) {
        if (underWay.containsKey(tenant)) {
            place.later(pace.settle(), () -> stopIfOutdated(tenant));
        }
    }

    /** What is carried out may wait for long, for something that the new description puts right. */
    private void stopIfOutdated(String tenant) {
        Membership joined = joined();
        Look look = underWay.get(tenant);
        Operation operation = look == null ? null : look.operation;
        if (joined != null && operation != null && joined.isOutdated(tenant)) {
            LOG.info("tenant {} has another description now: what is under way is cancelled", tenant);
            operation.cancel();
        }
    }

    private Duration failed(String tenant) {
        return pace.again(queue.failed(tenant, time.nanoTime()), place.random());
    }

    private Duration held(String tenant) {
        return pace.held(queue.held(tenant, time.nanoTime()), place.random());
    }

    private void again(String tenant, Duration pause) {
        queue.add(tenant, time.nanoTime() + pause.toNanos());
    }

    /** Begins no more looks, and leaves the tenants to other instances. Those under way go on. */
    @Override
    public void close() {
        Membership left;
        synchronized (this) {
            closed = true;
            left = membership;
            membership = null;
        }
        if (left != null) {
            left.close();
        }
    }
}
