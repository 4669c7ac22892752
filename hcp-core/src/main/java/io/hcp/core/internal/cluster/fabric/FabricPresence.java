package io.hcp.core.internal.cluster.fabric;

import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.fabric.Rest.Reply;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.Presence;
import io.hcp.core.internal.threads.Daemons;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Lease that says that this process is there, and a look at those of others. Clocks of several machines are not compared:
 * a process is there for as long as its Lease is seen to change.
 *
 * <ul>
 *   <li>every 4 s the own Lease is renewed, and all are listed: half a request per second;
 *   <li>one that has not changed for 11 s is taken for gone: two rounds, and 3 s for what delays them;
 *   <li>it can have been renewed up to 4 s before that was seen, so its tenants are others' after 16 s at most;
 *   <li>who could not renew its own for 8 s leaves the tenants alone, before others take them.
 * </ul>
 *
 * <p>That two may look after a tenant for a moment does no harm: whatever changes it needs the tenant's own Lease.
 */
final class FabricPresence implements Presence {
    private static final Duration ROUND = Duration.ofSeconds(4);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration GONE = Duration.ofSeconds(11);
    private static final Duration COUNTS = Duration.ofSeconds(8);

    /** A Lease of a process that was killed is in nobody's way, and is taken away after this time. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private static final String LABEL = "hcp.io/instance";

    /** Finds the Leases of all processes. */
    static final String SELECTOR = LABEL + "%3Dtrue";

    private static final String JSON = "application/json";
    private static final Logger LOG = LoggerFactory.getLogger(FabricPresence.class);

    private record Seen(String version, long changed) {}

    private final Rest rest;
    private final String namespace;
    private final String name;
    private final String holder;
    private final Runnable rearranged;
    private final Map<String, Seen> seen = new HashMap<>();
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("hcp-presence-"));

    private volatile Set<String> instances = Set.of();
    private volatile boolean renewedOnce;
    private volatile long renewed;
    private Optional<ClusterObject> stored = Optional.empty();
    private long round;

    FabricPresence(Rest rest, String namespace, String id, String holder, Runnable rearranged) {
        this.rest = rest;
        this.namespace = namespace;
        this.name = "hcp-instance-" + id;
        this.holder = holder;
        this.rearranged = rearranged;
        var unused = scheduler.scheduleWithFixedDelay(this::tick, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> instances() {
        Set<String> others = instances;
        if (!renewedOnce || System.nanoTime() - renewed > COUNTS.toNanos()) {
            Set<String> left = new HashSet<>(others);
            left.remove(name);
            return left;
        }
        return others;
    }

    private void tick() {
        Set<String> before = instances;
        boolean counted = before.contains(name) && instances().contains(name);
        if (round++ % (ROUND.toSeconds() / LOOK.toSeconds()) == 0) {
            try {
                renew();
                look();
            } catch (HcpException e) {
                LOG.warn(
                        "it cannot be told who looks after the tenants of namespace {}: {}", namespace, e.getMessage());
            }
        }
        instances = present();
        if (!before.equals(instances) || counted != instances().contains(name)) {
            rearranged.run();
        }
    }

    private void renew() {
        long asked = System.nanoTime();
        Reply reply = stored.isPresent() ? replace(stored.get()) : create();
        if (reply.code() == 404 || reply.code() == 409) { // somebody took it away, or wrote it
            Reply read = rest.get(path(name));
            reply = read.isDone() ? replace(FabricObjects.typed(Kind.LEASE, read.body())) : create();
        }
        if (!reply.isDone()) {
            LOG.warn("Lease {} in namespace {} cannot be renewed: {}", name, namespace, reply.message());
            return;
        }
        stored = Optional.of(FabricObjects.typed(Kind.LEASE, reply.body()));
        renewed = asked;
        renewedOnce = true;
    }

    private Reply create() {
        ClusterObject lease = ClusterObject.named(Kind.LEASE, namespace, name)
                .with("hcp", "metadata", "labels", "app.kubernetes.io/managed-by")
                .with("true", "metadata", "labels", LABEL);
        return rest.send("POST", path(""), FabricLease.held(lease, holder).tree(), JSON);
    }

    private Reply replace(ClusterObject lease) {
        return rest.send("PUT", path(name), FabricLease.held(lease, holder).tree(), JSON);
    }

    private void look() {
        Reply reply = rest.get(path("") + "?labelSelector=" + SELECTOR);
        if (!reply.isDone()) {
            LOG.warn("Leases in namespace {} cannot be listed: {}", namespace, reply.message());
            return;
        }
        Map<String, Seen> found = new HashMap<>();
        long now = System.nanoTime();
        for (Map<String, Object> item : new ClusterObject(Kind.LEASE, reply.body()).objects("items")) {
            ClusterObject lease = FabricObjects.typed(Kind.LEASE, item);
            String version = lease.resourceVersion().orElse("");
            Seen known = Optional.ofNullable(seen.get(lease.name()))
                    .filter(before -> before.version().equals(version))
                    .orElseGet(() -> new Seen(version, now));
            if (now - known.changed() > FORGOTTEN.toNanos()) {
                LOG.info("the process of Lease {} is gone", lease.name());
                remove(lease.name());
            } else {
                found.put(lease.name(), known);
            }
        }
        seen.clear();
        seen.putAll(found);
    }

    private void remove(String lease) {
        Map<String, Object> options = Map.of("apiVersion", "v1", "kind", "DeleteOptions");
        Reply reply = rest.send("DELETE", path(lease), options, JSON);
        LOG.debug("Lease {} was taken away: {}", lease, reply.code());
    }

    private Set<String> present() {
        long now = System.nanoTime();
        Set<String> present = new HashSet<>();
        seen.forEach((lease, state) -> {
            if (now - state.changed() <= GONE.toNanos()) {
                present.add(lease);
            }
        });
        return Set.copyOf(present);
    }

    private String path(String lease) {
        return FabricObjects.path(Kind.LEASE, namespace, lease);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        instances = Set.of();
        try {
            // A renewal that is under way would make the Lease anew.
            boolean unused = scheduler.awaitTermination(Rest.REQUEST_LIMIT.toSeconds(), TimeUnit.SECONDS);
            remove(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (HcpException e) {
            LOG.warn("Lease {} in namespace {} ends by itself: {}", name, namespace, e.getMessage());
        }
    }
}
