package io.hcp.core.internal.cluster.fabric;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hcp.core.internal.cluster.gateway.ClusterObjects;
import io.hcp.core.internal.cluster.gateway.Nodes;
import io.hcp.core.internal.cluster.gateway.Pods;
import io.hcp.core.internal.cluster.gateway.Presence;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.gateway.Watcher;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.threads.Daemons;
import io.hcp.core.internal.time.Time;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A namespace of an under cluster, reached by a Kubernetes client. */
public final class FabricCluster implements UnderCluster {
    private final KubernetesClient client;
    private final Rest rest;
    private final String namespace;
    private final ClusterObjects objects;
    private final FabricPods pods;
    private final FabricLeases leases;
    private final ScheduledExecutorService scheduler =
            Executors.newScheduledThreadPool(2, Daemons.named("hcp-cluster-"));

    /**
     * Takes a client.
     *
     * @param client never closed here
     * @param namespace where the tenants are
     */
    public FabricCluster(KubernetesClient client, String namespace) {
        this.client = client;
        this.rest = new Rest(client);
        this.namespace = namespace;
        this.objects = new FabricObjects(rest, namespace);
        this.leases = new FabricLeases(rest, namespace);
        this.pods = new FabricPods(client, namespace, Clock.systemUTC());
        long idle = OpenWays.IDLE.toMillis();
        var unused = scheduler.scheduleWithFixedDelay(pods::closeIdle, idle, idle, TimeUnit.MILLISECONDS);
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
    public Nodes nodes() {
        return new FabricNodes(rest);
    }

    @Override
    public Lease acquire(String tenant) {
        return leases.acquire(tenant);
    }

    @Override
    public Optional<String> holder(String tenant) {
        return leases.holder(tenant);
    }

    @Override
    public Following follow(Watcher watcher) {
        return new FabricFollowing(client, namespace, watcher);
    }

    @Override
    public Presence announce(Runnable rearranged) {
        String id = UUID.randomUUID().toString().substring(0, 8);
        return new FabricPresence(rest, namespace, id, leases.identity(), rearranged);
    }

    @Override
    public Map<String, String> instances() {
        return leases.instances();
    }

    @Override
    public void later(Duration delay, Runnable work) {
        if (!scheduler.isShutdown()) {
            var unused = scheduler.schedule(work, Time.nanos(delay), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        leases.close();
        pods.close();
    }
}
