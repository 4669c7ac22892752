package io.hcp.core.internal.cluster;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.pki.SecretTexts;
import io.hcp.core.internal.cluster.render.Frame;
import io.hcp.core.internal.cluster.render.TenantNames;
import io.hcp.core.internal.time.Time;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process has in hands of one tenant: its own object, its Secrets as they were read or stored last, and what
 * goes into its status. Thread-safe.
 */
final class TenantCell {
    private final TenantNames names;
    private final UnderCluster cluster;
    private final TenantResource resource;
    private final ClusterJournal journal;
    private final Map<String, ClusterObject> secrets = new HashMap<>();
    private final Map<String, ClusterObject> live = new ConcurrentHashMap<>();

    private volatile List<ClusterObject> replicas = List.of();

    TenantCell(String tenant, UnderCluster cluster, Time time) {
        this.names = new TenantNames(cluster.namespace(), tenant);
        this.cluster = cluster;
        this.resource = new TenantResource(tenant, cluster, time);
        this.journal = new ClusterJournal(resource, cluster, time);
    }

    TenantNames names() {
        return names;
    }

    Map<String, String> labels() {
        return Map.of(Frame.TENANT_LABEL, names.tenant());
    }

    TenantResource resource() {
        return resource;
    }

    ClusterJournal journal() {
        return journal;
    }

    /** Reads the tenant's Secrets anew. */
    SecretTexts readSecrets() {
        var found = cluster.objects().list(Kind.SECRET, labels());
        synchronized (secrets) {
            secrets.clear();
            found.forEach(secret -> secrets.put(secret.name(), secret));
        }
        return secrets();
    }

    /** Returns the Secrets as they were read or stored last. */
    SecretTexts secrets() {
        synchronized (secrets) {
            return new SecretTexts(names, secrets);
        }
    }

    /** Returns an object as it was read or stored last. */
    Optional<ClusterObject> live(String id) {
        return Optional.ofNullable(live.get(id));
    }

    /** Remembers the replicas that answered last. */
    void seenReplicas(List<ClusterObject> pods) {
        replicas = List.copyOf(pods);
    }

    /** Returns the replicas that answered last; empty if none is known. */
    List<ClusterObject> replicas() {
        return replicas;
    }

    /** Remembers an object that was read or stored. */
    void seen(ClusterObject object) {
        live.put(object.id(), object);
        if (object.kind().equals(Kind.SECRET)) {
            synchronized (secrets) {
                secrets.put(object.name(), object);
            }
        }
    }

    /** Remembers all that is there now, and nothing that was there before. */
    void seen(Collection<ClusterObject> objects) {
        live.clear();
        replicas = List.of();
        objects.forEach(object -> live.put(object.id(), object));
    }
}
