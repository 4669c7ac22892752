package io.hcp.core.internal.cluster.fabric;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.fabric.Rest.Reply;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.gateway.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Lease that is there for as long as a tenant is held. It is renewed with the resource version of the renewal before:
 * whoever was overtaken notices. Its holder takes it for lost well before others may take it, measured by a clock that
 * nobody sets, from the moment before the last renewal was asked for.
 */
final class FabricLease implements Lease {
    /** How long others leave it alone after a renewal. */
    static final Duration LASTS = Duration.ofSeconds(15);

    /** How long its holder counts on it after a renewal: a write under way ends before others may take it. */
    private static final Duration COUNTS = LASTS.minus(Rest.REQUEST_LIMIT);

    private static final Logger LOG = LoggerFactory.getLogger(FabricLease.class);

    private final Rest rest;
    private final String path;
    private final String tenant;
    private volatile ClusterObject stored;
    private volatile long heldUntil;
    private volatile boolean lost;
    private boolean closed;
    private @Nullable ScheduledFuture<?> renewals;

    FabricLease(Rest rest, String path, String tenant, ClusterObject stored, long asked) {
        this.rest = rest;
        this.path = path;
        this.tenant = tenant;
        this.stored = stored;
        this.heldUntil = asked + COUNTS.toNanos();
    }

    /** Throws unless the lease is held. */
    static void check(Lease lease) {
        if (!lease.isHeld()) {
            throw new HcpException(
                    ErrorKind.LOCKED,
                    "the right to change tenant \"" + lease.tenant() + "\" was given back or lost; nothing was changed",
                    "make the same call again: it goes on where it stopped");
        }
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

    synchronized void renewBy(ScheduledFuture<?> task) {
        if (closed) {
            task.cancel(false);
        }
        renewals = task;
    }

    synchronized void renew() {
        if (closed || lost) {
            return;
        }
        long asked = System.nanoTime();
        try {
            String holder = stored.text("spec", "holderIdentity").orElse("");
            Reply reply = rest.send("PUT", path, held(stored, holder).tree(), "application/json");
            if (reply.code() == 409 || reply.code() == 404) {
                look(holder);
            } else if (reply.isDone()) {
                stored = FabricObjects.typed(Kind.LEASE, reply.body());
                heldUntil = asked + COUNTS.toNanos();
            } else {
                LOG.warn("the lease of tenant {} could not be renewed: {}", tenant, reply.message());
            }
        } catch (HcpException e) {
            LOG.warn("the lease of tenant {} could not be renewed: {}", tenant, e.getMessage());
        }
    }

    /** A renewal whose reply was lost has changed it too; a Lease that was made anew is another one. */
    private void look(String holder) {
        Reply reply = rest.get(path);
        ClusterObject found = FabricObjects.typed(Kind.LEASE, reply.body());
        if (reply.isDone()
                && found.uid().equals(stored.uid())
                && found.text("spec", "holderIdentity").filter(holder::equals).isPresent()) {
            stored = found;
        } else if (reply.isDone() || reply.code() == 404) {
            lost = true;
            LOG.warn("the lease of tenant {} is somebody else's now", tenant);
        }
    }

    @Override
    public String tenant() {
        return tenant;
    }

    @Override
    public boolean isHeld() {
        return !lost && heldUntil - System.nanoTime() > 0;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean mine = !lost;
        lost = true;
        if (renewals != null) {
            renewals.cancel(false);
        }
        if (mine) {
            release();
        }
    }

    private void release() {
        Map<String, Object> preconditions = Map.of(
                "uid", stored.uid().orElse(""),
                "resourceVersion", stored.resourceVersion().orElse(""));
        try {
            Reply unused = rest.send(
                    "DELETE",
                    path,
                    Map.of("apiVersion", "v1", "kind", "DeleteOptions", "preconditions", preconditions),
                    "application/json");
        } catch (HcpException e) {
            LOG.warn("the lease of tenant {} ends by itself: {}", tenant, e.getMessage());
        }
    }
}
