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
 * in time; at one that something went wrong with again and again, after longer and longer pauses. Only so many are looked
 * at at a time, and looks are begun only so fast. Thread-safe.
 */
public final class Maintainer implements AutoCloseable {
    /** Steps have limits of their own, which are shorter. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** After which time it is seen whether a tenant of another instance is still that one's. */
    private static final Duration ELSEWHERE = Duration.ofSeconds(30);

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

    private final Map<String, Operation> underWay = new ConcurrentHashMap<>();

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
                workers.execute(() -> work(tenant));
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

    private void work(String tenant) {
        try {
            attempt(tenant);
        } finally {
            synchronized (this) {
                busy--;
            }
            pump();
        }
    }

    private void attempt(String tenant) {
        try {
            carryOut(tenant);
            Duration pass = pace.pass(place.random());
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

    /** Nothing is under way any more when it returns or throws: only then somebody else may take the tenant. */
    private void carryOut(String tenant) {
        Operation operation = reconcile.apply(tenant);
        underWay.put(tenant, operation);
        try {
            lookAtWork(tenant); // for what was written since it was planned
            operation.await(LONGEST);
        } finally {
            underWay.remove(tenant);
        }
    }

    private void lookAtWork(String tenant) {
        if (underWay.containsKey(tenant)) {
            place.later(pace.settle(), () -> stopIfOutdated(tenant));
        }
    }

    /** What is carried out may wait for long, for something that the new description puts right. */
    private void stopIfOutdated(String tenant) {
        Membership joined;
        synchronized (this) {
            joined = membership;
        }
        Operation operation = underWay.get(tenant);
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
