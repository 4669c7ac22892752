package io.hcp.core.internal.cluster;

import io.hcp.api.Installation;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.install.Installer;
import io.hcp.core.internal.engine.EngineBackend;
import io.hcp.core.internal.engine.TenantBackend;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.maintain.Maintained;
import io.hcp.core.internal.time.Time;
import io.hcp.core.internal.usage.FleetSample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** Control planes as pods of one namespace of an under cluster. Thread-safe. */
public final class ClusterBackend implements EngineBackend {
    private final UnderCluster cluster;
    private final Optional<Installer> installer;
    private final Time time;
    private final RandomGenerator random;
    private final Map<String, TenantCell> cells = new ConcurrentHashMap<>();

    /**
     * Takes a namespace of an under cluster in which nothing can be installed.
     *
     * @param cluster closed with this backend
     * @param time the cluster's time
     * @param random what tenants' ids are drawn from
     */
    public ClusterBackend(UnderCluster cluster, Time time, RandomGenerator random) {
        this(cluster, Optional.empty(), time, random);
    }

    /**
     * Takes a namespace of an under cluster.
     *
     * @param cluster closed with this backend
     * @param installer makes what there has to be once for all tenants
     * @param time the cluster's time
     * @param random what tenants' ids are drawn from
     */
    public ClusterBackend(UnderCluster cluster, Optional<Installer> installer, Time time, RandomGenerator random) {
        this.cluster = cluster;
        this.installer = installer;
        this.time = time;
        this.random = random;
    }

    @Override
    public Time time() {
        return time;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public List<String> tenants() {
        return cluster.objects().list(Kind.TENANT, Map.of()).stream()
                .map(ClusterObject::name)
                .toList();
    }

    @Override
    public Lease acquire(String tenant) {
        return cluster.acquire(tenant);
    }

    @Override
    public Optional<String> holder(String tenant) {
        return cluster.holder(tenant);
    }

    @Override
    public Optional<Maintained> maintained() {
        return Optional.of(new ClusterMaintenance(cluster, this::cell, cells::remove, time, random));
    }

    /** The under cluster does. */
    @Override
    public boolean watchesOver() {
        return false;
    }

    @Override
    public FleetSample sample(Executor executor) {
        return new ClusterUsage(cluster, time, executor).all(tenants(), this::cell);
    }

    @Override
    public TenantBackend tenant(String name) {
        return new ClusterTenant(cell(name), cluster, time, random);
    }

    private TenantCell cell(String name) {
        return cells.computeIfAbsent(name, key -> new TenantCell(key, cluster, time));
    }

    @Override
    public Installation install(boolean write) {
        if (installer.isEmpty()) {
            return EngineBackend.super.install(write);
        }
        return write ? installer.get().install() : installer.get().plan();
    }

    /** The cluster gives them back, all at once, when it is closed: many tenants may be held, and it may be slow. */
    @Override
    public void release(List<Lease> leases) {}

    @Override
    public void close() {
        cluster.close();
    }
}
