package io.hcp.core.internal.cluster.fabric;

import io.hcp.core.internal.cluster.fabric.Rest.Reply;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.gateway.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Lease that is there for as long as a tenant is held. It is renewed with the resource version of the renewal before:
 * whoever was overtaken notices. Time runs from the moment before the last renewal was asked for, by a clock that nobody
 * sets:
 *
 * <ul>
 *   <li>after 3 s the next renewal is asked for, and has ended 3 s later; one that failed is repeated after 1 s;
 *   <li>after 8 s its holder takes it for lost, and begins no more requests;
 *   <li>after 15 s the Lease ends: the holder may have paused for 2 s between looking at it and sending a request, which is
 *       answered or given up within 5 s;
 *   <li>after 20 s others take it, since clocks of two machines may be 5 s apart.
 * </ul>
 */
final class FabricLease implements Lease {
    /** How long others leave it alone after a renewal, by clocks that agree. */
    static final Duration LASTS = Duration.ofSeconds(15);

    /** How long a holder may pause, for the collection of garbage or for others on its processor. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** How long its holder counts on it after a renewal. */
    private static final Duration COUNTS = LASTS.minus(Rest.REQUEST_LIMIT).minus(PAUSE);

    private static final Duration RENEW_EVERY = Duration.ofSeconds(3);
    private static final Duration RENEWAL_LIMIT = Duration.ofSeconds(3);
    private static final Duration REPEAT_AFTER = Duration.ofSeconds(1);
    private static final Duration RELEASE_LIMIT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(FabricLease.class);
    private static final String JSON = "application/json";

    private final Rest rest;
    private final String path;
    private final String tenant;
    private final ScheduledExecutorService scheduler;
    private volatile ClusterObject stored;
    private volatile long heldUntil;
    private volatile boolean lost;
    private volatile boolean closed;
    private CompletableFuture<Boolean> renewal = CompletableFuture.completedFuture(true);
    private @Nullable ScheduledFuture<?> next;

    FabricLease(
            Rest rest,
            String path,
            String tenant,
            ScheduledExecutorService scheduler,
            ClusterObject stored,
            long asked) {
        this.rest = rest;
        this.path = path;
        this.tenant = tenant;
        this.scheduler = scheduler;
        this.stored = stored;
        this.heldUntil = asked + COUNTS.toNanos();
        renewAfter(RENEW_EVERY);
    }

    /** Fills in what says that somebody holds it from now on. */
    static ClusterObject held(ClusterObject lease, String holder) {
        String now = Instant.now().truncatedTo(ChronoUnit.MICROS).toString();
        // The API wants all six digits.
        String micros = now.contains(".") ? (now.replace("Z", "") + "000000") : (now.replace("Z", "") + ".000000");
        String time = micros.substring(0, micros.indexOf('.') + 7) + "Z";
        return lease.with(holder, "spec", "holderIdentity")
                .with(LASTS.toSeconds(), "spec", "leaseDurationSeconds")
                .with(time, "spec", "renewTime");
    }

    private synchronized void renewAfter(Duration pause) {
        if (!closed && !lost) {
            next = scheduler.schedule(this::renew, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Waits for nothing, so that a tenant whose renewal is not answered does not delay others. */
    private synchronized void renew() {
        if (closed || lost) {
            return;
        }
        long asked = System.nanoTime();
        String holder = stored.text("spec", "holderIdentity").orElse("");
        renewal = rest.begin("PUT", path, held(stored, holder).tree(), JSON, RENEWAL_LIMIT)
                .thenCompose(reply -> judge(reply, holder, asked))
                .exceptionally(failure -> {
                    LOG.warn("the lease of tenant {} could not be renewed: {}", tenant, reason(failure));
                    return false;
                });
        var unused = renewal.thenAccept(done -> {
            Duration took = Duration.ofNanos(System.nanoTime() - asked);
            renewAfter(done && took.compareTo(RENEW_EVERY) < 0 ? RENEW_EVERY.minus(took) : REPEAT_AFTER);
        });
    }

    private static String reason(Throwable failure) {
        Throwable cause = Optional.ofNullable(failure.getCause()).orElse(failure);
        return cause instanceof TimeoutException ? "no answer in time" : cause.toString();
    }

    private CompletableFuture<Boolean> judge(Reply reply, String holder, long asked) {
        if (reply.code() == 409 || reply.code() == 404) {
            return rest.begin("GET", path, null, JSON, RENEWAL_LIMIT).thenApply(found -> look(found, holder));
        }
        if (reply.isDone()) {
            stored = FabricObjects.typed(Kind.LEASE, reply.body());
            heldUntil = asked + COUNTS.toNanos();
        } else {
            LOG.warn("the lease of tenant {} could not be renewed: {}", tenant, reply.message());
        }
        return CompletableFuture.completedFuture(reply.isDone());
    }

    /** A renewal whose reply was lost has changed it too; a Lease that was made anew is another one. */
    private boolean look(Reply reply, String holder) {
        ClusterObject found = FabricObjects.typed(Kind.LEASE, reply.body());
        if (reply.isDone()
                && found.uid().equals(stored.uid())
                && found.text("spec", "holderIdentity").filter(holder::equals).isPresent()) {
            stored = found;
        } else if (reply.isDone() || reply.code() == 404) {
            lost = true;
            LOG.warn("the lease of tenant {} is somebody else's now", tenant);
        }
        return false; // not renewed yet
    }

    @Override
    public String tenant() {
        return tenant;
    }

    @Override
    public boolean isHeld() {
        return !closed && !lost && heldUntil - System.nanoTime() > 0;
    }

    /** Whether it was given back or lost for good. */
    boolean isOver() {
        return closed || lost;
    }

    /** Another one of this process has taken its place after it had run out: it neither renews nor gives back any more. */
    synchronized void supersede() {
        lost = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    @Override
    public void close() {
        FabricLeases.await(List.of(release()));
    }

    /** Begins to give it back, after a renewal that is under way. */
    synchronized CompletableFuture<?> release() {
        if (closed || lost) {
            closed = true;
            return CompletableFuture.completedFuture(null);
        }
        closed = true;
        if (next != null) {
            next.cancel(false);
        }
        return renewal.thenCompose(done -> delete()).exceptionally(failure -> {
            LOG.warn("the lease of tenant {} ends by itself: {}", tenant, reason(failure));
            return null;
        });
    }

    private CompletableFuture<@Nullable Reply> delete() {
        Map<String, Object> preconditions = Map.of(
                "uid", stored.uid().orElse(""),
                "resourceVersion", stored.resourceVersion().orElse(""));
        Map<String, Object> options =
                Map.of("apiVersion", "v1", "kind", "DeleteOptions", "preconditions", preconditions);
        return rest.begin("DELETE", path, options, JSON, RELEASE_LIMIT).thenApply(reply -> reply);
    }
}
