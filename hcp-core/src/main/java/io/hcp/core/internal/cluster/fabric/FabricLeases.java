package io.hcp.core.internal.cluster.fabric;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.fabric.Rest.Reply;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.threads.Daemons;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rights to change the tenants of a namespace: who has them, and those that this process has. Thread-safe. */
final class FabricLeases implements AutoCloseable {
    /** How far the clocks of two holders may be apart, at least. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    /** A renewal that is under way, and the request that gives the right back. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(FabricLeases.class);
    private static final String TENANT_LABEL = "hcp.io/tenant";
    private static final String JSON = "application/json";

    private final Rest rest;
    private final String namespace;
    /** For renewals alone, none of which is waited for there: whatever else hangs, they are sent in time. */
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("hcp-lease-"));

    private final String identity = process();
    private final Map<String, FabricLease> held = new ConcurrentHashMap<>();

    FabricLeases(Rest rest, String namespace) {
        this.rest = rest;
        this.namespace = namespace;
    }

    private static String process() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown-host";
        }
        return "process %d on %s (%s)"
                .formatted(
                        ProcessHandle.current().pid(),
                        host,
                        UUID.randomUUID().toString().substring(0, 8));
    }

    /** Returns who this process is, in words. */
    String identity() {
        return identity;
    }

    /** Throws unless the right to do something is held. */
    static void check(Lease lease) {
        if (lease instanceof EndingRight right) {
            right.confirm();
        }
        if (!lease.isHeld()) {
            throw new HcpException(
                    ErrorKind.LOCKED,
                    "the right to change tenant \"" + lease.tenant() + "\" was given back or lost; nothing was changed",
                    "make the same call again: it goes on where it stopped");
        }
    }

    /** Throws unless the right to make something, or to change it without naming what it was, is held. */
    static void checkToMake(Lease lease) {
        if (lease instanceof EndingRight right) {
            throw right.refusal();
        }
        check(lease);
    }

    Lease acquire(String tenant) {
        held.values().removeIf(FabricLease::isOver);
        String path = path(tenant);
        long asked = System.nanoTime();
        Reply reply = rest.send("POST", path(""), fresh(tenant).tree(), JSON);
        if (reply.isNamespaceEnding()) {
            return ending(tenant);
        }
        if (reply.code() == 409) {
            asked = System.nanoTime();
            reply = takeOver(tenant, path);
        }
        if (!reply.isDone()) {
            throw refused(tenant, reply);
        }
        ClusterObject stored = FabricObjects.typed(Kind.LEASE, reply.body());
        FabricLease lease = new FabricLease(rest, path, tenant, scheduler, stored, asked);
        Optional.ofNullable(held.put(tenant, lease)).ifPresent(FabricLease::supersede);
        return lease;
    }

    private ClusterObject fresh(String tenant) {
        return FabricLease.held(
                ClusterObject.named(Kind.LEASE, namespace, tenant)
                        .with("hcp", "metadata", "labels", "app.kubernetes.io/managed-by")
                        .with(tenant, "metadata", "labels", TENANT_LABEL),
                identity);
    }

    /** Whoever has the right from before keeps it, until the Lease is deleted with all else in the namespace. */
    private Lease ending(String tenant) {
        holder(tenant).ifPresent(holder -> {
            throw locked(tenant, holder);
        });
        return new EndingRight(rest, path("") + "?dryRun=All", fresh(tenant), cluster());
    }

    /** Takes a Lease whose holder has not renewed it for long; on a Lease that somebody counts on, throws. */
    private Reply takeOver(String tenant, String path) {
        Reply read = rest.get(path);
        if (!read.isDone()) {
            return read;
        }
        ClusterObject found = FabricObjects.typed(Kind.LEASE, read.body());
        if (!isOurs(found, tenant)) {
            throw new HcpException(
                    ErrorKind.BLOCKED,
                    found + " exists and is not this tenant's",
                    "give the tenant another name, or remove that object");
        }
        // Of this process it is where the answer to its creation, or to its deletion, was lost.
        if (isInForce(found) && !holder(found).equals(identity)) {
            throw locked(tenant, holder(found));
        }
        return rest.send("PUT", path, FabricLease.held(found, identity).tree(), "application/json");
    }

    private HcpException refused(String tenant, Reply reply) {
        return switch (reply.code()) {
            case 404, 409 -> locked(tenant, "somebody who was quicker");
            case 401, 403 ->
                new HcpException(
                        ErrorKind.BLOCKED,
                        "tenant \"%s\" cannot be held in %s: %s".formatted(tenant, cluster(), reply.message()),
                        "give the user of the Kubernetes client the rights of the library");
            default ->
                new HcpException(
                        ErrorKind.IO,
                        "tenant \"%s\" cannot be held in %s: %s".formatted(tenant, cluster(), reply.message()),
                        "see whether the API server of the under cluster is well");
        };
    }

    private static HcpException locked(String tenant, String holder) {
        return new HcpException(
                ErrorKind.LOCKED,
                "tenant \"%s\" is held by %s".formatted(tenant, holder),
                "let that one do it, or end it; a right that is not renewed ends after "
                        + FabricLease.LASTS.plus(SKEW).toSeconds() + " seconds");
    }

    private static String holder(ClusterObject lease) {
        return lease.text("spec", "holderIdentity").orElse("nobody");
    }

    /** Others elect leaders by Leases too, in the same namespace and maybe by the same name. */
    private static boolean isOurs(ClusterObject lease, String tenant) {
        return lease.label(TENANT_LABEL).filter(tenant::equals).isPresent();
    }

    private static boolean isInForce(ClusterObject lease) {
        if (lease.text("spec", "holderIdentity").orElse("").isEmpty()) {
            return false;
        }
        try {
            Instant renewed = Instant.parse(lease.text("spec", "renewTime").orElse("1970-01-01T00:00:00Z"));
            return Instant.now().isBefore(renewed.plus(FabricLease.LASTS).plus(SKEW));
        } catch (DateTimeParseException e) {
            return true; // written by somebody else: not to be guessed at
        }
    }

    Optional<String> holder(String tenant) {
        Reply read = rest.get(path(tenant));
        if (read.code() == 404) {
            return Optional.empty();
        }
        if (!read.isDone()) {
            throw refused(tenant, read);
        }
        return Optional.of(FabricObjects.typed(Kind.LEASE, read.body()))
                .filter(lease -> isOurs(lease, tenant))
                .filter(FabricLeases::isInForce)
                .map(FabricLeases::holder);
    }

    Map<String, String> instances() {
        Reply reply = rest.get(path("") + "?labelSelector=" + FabricPresence.SELECTOR);
        if (!reply.isDone()) {
            throw new HcpException(
                    reply.code() == 401 || reply.code() == 403 ? ErrorKind.BLOCKED : ErrorKind.IO,
                    "Leases in %s cannot be listed: %s".formatted(cluster(), reply.message()),
                    "give the user of the Kubernetes client the rights of the library");
        }
        return new ClusterObject(Kind.LEASE, reply.body())
                .objects("items").stream()
                        .map(item -> FabricObjects.typed(Kind.LEASE, item))
                        .filter(FabricLeases::isInForce)
                        .collect(Collectors.toMap(ClusterObject::name, FabricLeases::holder));
    }

    private String path(String tenant) {
        return FabricObjects.path(Kind.LEASE, namespace, tenant);
    }

    private String cluster() {
        return "namespace " + namespace + " of " + rest.server();
    }

    /** Waits until rights are given back; those for which it takes too long end by themselves. */
    static void await(Collection<CompletableFuture<?>> releases) {
        try {
            CompletableFuture.allOf(releases.toArray(CompletableFuture[]::new))
                    .get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("rights to change tenants end by themselves: {}", e.toString());
        }
    }

    /** Gives all rights back at once. */
    @Override
    public void close() {
        List<CompletableFuture<?>> releases = held.values().stream()
                .<CompletableFuture<?>>map(FabricLease::release)
                .toList();
        await(releases);
        scheduler.shutdownNow();
    }
}
