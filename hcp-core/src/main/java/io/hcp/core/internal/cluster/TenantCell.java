package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
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

    /**
     * Finds an object by its name that lists did not show, as labels can be taken off.
     *
     * @param wanted what is to be there
     * @return the object, if it is there
     * @throws HcpException with kind {@code BLOCKED} if it is somebody else's
     */
    Optional<ClusterObject> find(ClusterObject wanted) {
        Optional<ClusterObject> found = cluster.objects().get(wanted.kind(), wanted.name());
        if (found.filter(object -> !isOurs(object)).isPresent()) {
            throw new HcpException(
                    ErrorKind.BLOCKED,
                    wanted + " exists and is not this tenant's",
                    "give the tenant another name, or remove that object");
        }
        return found;
    }

    private boolean isOurs(ClusterObject found) {
        boolean labelled =
                found.label(Frame.TENANT_LABEL).filter(names.tenant()::equals).isPresent();
        Optional<String> owner = resource.known().flatMap(own -> own.object().uid());
        return labelled
                || owner.filter(uid -> found.objects("metadata", "ownerReferences").stream()
                                .anyMatch(reference -> uid.equals(reference.get("uid"))))
                        .isPresent();
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
