package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.record.OwnObject;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tenant's own object in the under cluster. What was read or stored last is remembered, so that a change needs no
 * reading; every change names the state that it starts from. Thread-safe.
 */
final class TenantResource {
    /** Others write it too: kubectl, other holders of the tenant before. */
    private static final int ATTEMPTS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(TenantResource.class);

    private final String tenant;
    private final UnderCluster cluster;
    private final Time time;
    private @Nullable ClusterObject last;
    private volatile Optional<String> uid = Optional.empty();
    private long lookedAt;
    private boolean looked;
    private volatile boolean pruned;
    private volatile Claims claims = new Claims(Optional.empty(), List.of());

    TenantResource(String tenant, UnderCluster cluster, Time time) {
        this.tenant = tenant;
        this.cluster = cluster;
        this.time = time;
    }

    /** The uids of the claims of its volumes, and of which object they are. */
    private record Claims(Optional<String> owner, List<String> uids) {}

    /** Takes the claims of its volumes, which its status notes when it is written next. */
    void found(List<ClusterObject> volumes) {
        claims = new Claims(
                uid,
                volumes.stream().flatMap(claim -> claim.uid().stream()).sorted().toList());
    }

    /** Adds to a status that is to be stored which claims are the tenant's. */
    ClusterObject noting(ClusterObject object) {
        Claims found = claims;
        return found.owner().equals(object.uid()) ? OwnObject.withVolumes(object, found.uids()) : object;
    }

    /** Whether the status says of all claims that were found that they are the tenant's, or must not say so. */
    boolean isNoted() {
        return pruned
                || known().map(OwnObject::object)
                        .filter(object -> !noting(object).equals(object))
                        .isEmpty();
    }

    synchronized Optional<OwnObject> read() {
        last = cluster.objects().get(Kind.TENANT, tenant).orElse(null);
        uid = Optional.ofNullable(last).flatMap(ClusterObject::uid);
        lookedAt = time.nanoTime();
        looked = true;
        return known();
    }

    /** Returns the uid of the object that was there when it was looked for or made last; empty if there was none. */
    Optional<String> uid() {
        return uid;
    }

    /** Reads it, unless that was done a moment ago. */
    synchronized Optional<OwnObject> readUnlessFresh(Duration fresh) {
        return looked && time.nanoTime() - lookedAt <= fresh.toNanos() ? known() : read();
    }

    /** Returns what was read or stored last; reads it if what is there now is not known. */
    synchronized Optional<OwnObject> present() {
        return looked ? known() : read();
    }

    /** Returns what was read or stored last; empty if what is there now is not known. */
    synchronized Optional<OwnObject> known() {
        return Optional.ofNullable(last).map(OwnObject::new);
    }

    OwnObject require() {
        return read().orElseThrow(this::missing);
    }

    private HcpException missing() {
        return new HcpException(
                ErrorKind.NOT_FOUND,
                "tenant \"" + tenant + "\" does not exist in " + cluster.name(),
                "apply it first, or look for it with list()");
    }

    synchronized void create(Lease lease, TenantRecord record) {
        forget(); // if it cannot be made, somebody else may have made it
        stored(cluster.objects().create(lease, OwnObject.fresh(cluster.namespace(), record)));
    }

    private void stored(ClusterObject object) {
        last = object;
        uid = object.uid();
        lookedAt = time.nanoTime();
        looked = true;
    }

    /** The next one reads it. */
    private void forget() {
        last = null;
        looked = false;
    }

    /** Changes all but the status; writes nothing if the change is there already. */
    synchronized void edit(Lease lease, UnaryOperator<ClusterObject> change) {
        write(change, changed -> cluster.objects().replace(lease, changed));
    }

    /** Changes what is kept of the tenant. */
    void editRecord(Lease lease, UnaryOperator<TenantRecord> change) {
        edit(lease, object -> OwnObject.with(object, change.apply(new OwnObject(object).record())));
    }

    /** Changes the status; writes nothing if the change is there already. */
    synchronized void editStatus(Lease lease, UnaryOperator<ClusterObject> change) {
        write(change, changed -> cluster.objects().replaceStatus(lease, changed));
        if (!pruned && !isNoted()) {
            pruned = true;
            LOG.warn("the custom resource in {} is an older one: call install() once more", cluster.name());
        }
    }

    private void write(UnaryOperator<ClusterObject> change, UnaryOperator<ClusterObject> store) {
        for (int attempt = 1; ; attempt++) {
            ClusterObject before =
                    known().or(this::read).orElseThrow(this::missing).object();
            ClusterObject changed = change.apply(before);
            if (changed.equals(before)) {
                return;
            }
            try {
                stored(store.apply(changed));
                return;
            } catch (HcpException e) {
                forget();
                if (e.kind() != ErrorKind.CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Begins its deletion; its finalizer keeps it. */
    synchronized void delete(Lease lease) {
        known().or(this::read).ifPresent(found -> cluster.objects().delete(lease, found.object()));
        forget();
    }

    /** Lets it go. */
    synchronized void release(Lease lease) {
        if (read().isPresent()) {
            edit(lease, OwnObject::released);
        }
        last = null;
        uid = Optional.empty();
    }
}
