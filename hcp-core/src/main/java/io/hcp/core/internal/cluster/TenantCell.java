package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.pki.SecretTexts;
import io.hcp.core.internal.cluster.render.Frame;
import io.hcp.core.internal.cluster.render.TenantNames;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.time.Time;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this process has in hands of one tenant: its own object, its Secrets as they were read or stored last, and what
 * goes into its status. All but its own object is forgotten as soon as that is seen to be gone or another one: a tenant
 * that was made anew has other keys. Thread-safe.
 */
final class TenantCell {
    private final TenantNames names;
    private final UnderCluster cluster;
    private final TenantResource resource;
    private final ClusterJournal journal;
    private final Map<String, ClusterObject> secrets = new HashMap<>();
    private final Map<String, ClusterObject> live = new HashMap<>();

    private List<ClusterObject> replicas = List.of();
    private Optional<String> owner = Optional.empty();
    private boolean forgotten;

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

    /** Stores the tenant's own object; what was found before it was there is the tenant's. */
    synchronized void create(Lease lease, TenantRecord record) {
        resource.create(lease, record);
        owner = resource.uid();
    }

    /** Lets the tenant's own object go, and forgets all that was the tenant's. */
    synchronized void release(Lease lease) {
        resource.release(lease);
        forgetOthers();
    }

    private synchronized void forgetOthers() {
        if (!owner.equals(resource.uid())) {
            owner = resource.uid();
            forgotten = true;
            secrets.clear();
            live.clear();
            replicas = List.of();
            journal.forget();
        }
    }

    /** Reads the tenant's Secrets anew. */
    SecretTexts readSecrets() {
        forgetOthers();
        var found = cluster.objects().list(Kind.SECRET, labels());
        synchronized (this) {
            forgotten = false;
            secrets.clear();
            found.forEach(secret -> secrets.put(secret.name(), secret));
            return new SecretTexts(names, secrets);
        }
    }

    /** Returns the Secrets as they were read or stored last. */
    SecretTexts secrets() {
        forgetOthers();
        synchronized (this) {
            if (!forgotten) {
                return new SecretTexts(names, secrets);
            }
        }
        return readSecrets();
    }

    /** Returns an object as it was read or stored last. */
    synchronized Optional<ClusterObject> live(String id) {
        forgetOthers();
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
    synchronized void seenReplicas(List<ClusterObject> pods) {
        forgetOthers();
        replicas = List.copyOf(pods);
    }

    /** Returns the replicas that answered last; empty if none is known. */
    synchronized List<ClusterObject> replicas() {
        forgetOthers();
        return replicas;
    }

    /** Remembers an object that was read or stored. */
    synchronized void seen(ClusterObject object) {
        forgetOthers();
        live.put(object.id(), object);
        if (object.kind().equals(Kind.SECRET)) {
            secrets.put(object.name(), object);
        }
    }

    /** Remembers all that is there now, and nothing that was there before. */
    synchronized void seen(Collection<ClusterObject> objects) {
        forgetOthers();
        live.clear();
        replicas = List.of();
        objects.forEach(object -> live.put(object.id(), object));
    }
}
