package io.hcp.core.internal.cluster.fabric;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.fabric.Rest.Reply;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.ClusterObjects;
import io.hcp.core.internal.cluster.gateway.Pods;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.gateway.Lease;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** A namespace of an under cluster, reached by a Kubernetes client. */
public final class FabricCluster implements UnderCluster {
    private static final Duration RENEW_EVERY = Duration.ofSeconds(3);

    /** How far the clocks of two holders may be apart, at least. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private static final String TENANT_LABEL = "hcp.io/tenant";

    private final Rest rest;
    private final String namespace;
    private final ClusterObjects objects;
    private final FabricPods pods;
    private final String identity = identity();
    private final Map<String, FabricLease> leases = new ConcurrentHashMap<>();
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2, daemons());

    /**
     * Takes a client.
     *
     * @param client never closed here
     * @param namespace where the tenants are
     */
    public FabricCluster(KubernetesClient client, String namespace) {
        this.rest = new Rest(client);
        this.namespace = namespace;
        this.objects = new FabricObjects(rest, namespace);
        this.pods = new FabricPods(client, namespace, Clock.systemUTC());
    }

    private static String identity() {
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

    private static ThreadFactory daemons() {
        ThreadFactory threads = Executors.defaultThreadFactory();
        return task -> {
            Thread thread = threads.newThread(task);
            thread.setName("hcp-cluster-" + thread.getId());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public String name() {
        return "namespace " + namespace + " of " + rest.server();
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public ClusterObjects objects() {
        return objects;
    }

    @Override
    public Pods pods() {
        return pods;
    }

    @Override
    public Lease acquire(String tenant) {
        String path = leasePath(tenant);
        long asked = System.nanoTime();
        ClusterObject fresh = FabricLease.held(
                ClusterObject.named(Kind.LEASE, namespace, tenant)
                        .with("hcp", "metadata", "labels", "app.kubernetes.io/managed-by")
                        .with(tenant, "metadata", "labels", TENANT_LABEL),
                identity);
        Reply reply =
                rest.send("POST", FabricObjects.path(Kind.LEASE, namespace, ""), fresh.tree(), "application/json");
        if (reply.code() == 409) {
            asked = System.nanoTime();
            reply = takeOver(tenant, path);
        }
        if (!reply.isDone()) {
            throw refused(tenant, reply);
        }
        FabricLease lease = new FabricLease(rest, path, tenant, FabricObjects.typed(Kind.LEASE, reply.body()), asked);
        leases.put(tenant, lease);
        long every = RENEW_EVERY.toMillis();
        lease.renewBy(scheduler.scheduleWithFixedDelay(lease::renew, every, every, TimeUnit.MILLISECONDS));
        return lease;
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
        if (isInForce(found)) {
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
                        "tenant \"%s\" cannot be held in %s: %s".formatted(tenant, name(), reply.message()),
                        "give the user of the Kubernetes client the rights of the library");
            default ->
                new HcpException(
                        ErrorKind.IO,
                        "tenant \"%s\" cannot be held in %s: %s".formatted(tenant, name(), reply.message()),
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

    @Override
    public Optional<String> holder(String tenant) {
        return objects.get(Kind.LEASE, tenant)
                .filter(lease -> isOurs(lease, tenant))
                .filter(FabricCluster::isInForce)
                .map(FabricCluster::holder);
    }

    private String leasePath(String tenant) {
        return FabricObjects.path(Kind.LEASE, namespace, tenant);
    }

    @Override
    public void later(Duration delay, Runnable work) {
        if (!scheduler.isShutdown()) {
            var unused = scheduler.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        leases.values().forEach(FabricLease::close);
        pods.close();
    }
}
