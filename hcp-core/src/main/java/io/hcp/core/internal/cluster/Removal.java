package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.ClusterObjects;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.plan.VolumeClaims;
import io.hcp.core.internal.cluster.record.Kept;
import io.hcp.core.internal.cluster.record.OwnObject;
import io.hcp.core.internal.cluster.render.Frame;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.Authority;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Takes a tenant away: clients before servers, what its object depends on before the object. */
record Removal(TenantCell cell, UnderCluster cluster, Time time, Lease lease) {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(500);

    String stopControlPlane() {
        return stop(Kind.DEPLOYMENT, Members.replicaLabels(cell.names()));
    }

    /** With the members go the claims that somebody has deleted: none may go of a tenant whose data is to stay. */
    String stopDatastore(boolean retain) {
        List<String> deleted = retain
                ? VolumeClaims.of(cluster.objects().list(Kind.VOLUME_CLAIM, cell.labels()), List.of())
                        .deleted()
                : List.of();
        if (!deleted.isEmpty()) {
            throw VolumeClaims.deleted(cell.names().tenant(), deleted).asException();
        }
        return stop(Kind.STATEFUL_SET, Members.labels(cell.names()));
    }

    private String stop(Kind workloads, Map<String, String> pods) {
        ClusterObjects objects = cluster.objects();
        objects.list(workloads, cell.labels()).forEach(workload -> objects.delete(lease, workload));
        long deadline = time.nanoTime() + LIMIT.toNanos();
        List<ClusterObject> left = objects.list(Kind.POD, pods);
        while (!left.isEmpty()) {
            if (deadline - time.nanoTime() <= 0) {
                throw new HcpException(
                        ErrorKind.TIMEOUT,
                        "pod %s did not end within %s".formatted(left.get(0).name(), LIMIT),
                        "see whether its node is there; force its deletion if it is gone for good");
            }
            time.pause(PAUSE);
            left = objects.list(Kind.POD, pods);
        }
        return "no pod is left";
    }

    String remove() {
        delete(object -> false);
        cluster.objects()
                .list(Kind.VOLUME_CLAIM, cell.labels())
                .forEach(claim -> cluster.objects().delete(lease, claim));
        cell.release(lease);
        return "nothing is left";
    }

    /** Volumes, authorities and keys stay, and on the cluster's authority what is needed to go on with them. */
    String retain(TenantRecord from) {
        Optional<ClusterObject> authority = Optional.ofNullable(
                cell.readSecrets().secrets().get(cell.names().authority(Authority.CLUSTER)));
        String tenantId = authority
                .map(secret -> note(secret, from))
                .orElseGet(() -> from.spec().tenantId().orElseThrow());
        delete(object -> object.kind().equals(Kind.SECRET)
                && object.label(Frame.COMPONENT_LABEL)
                        .filter(Frame::isIrreplaceable)
                        .isPresent());
        boolean data = !cluster.objects().list(Kind.VOLUME_CLAIM, cell.labels()).isEmpty();
        cell.release(lease);
        return data
                ? "apply the tenant with tenantId " + tenantId + " to bring it back"
                : "there was no volume any more; its keys are kept under tenantId " + tenantId;
    }

    /** Notes whose data it is, and returns the id; a note about another tenant's data stays as it is. */
    private String note(ClusterObject authority, TenantRecord from) {
        Optional<Kept> own = cell.resource().read().flatMap(OwnObject::kept);
        Optional<String> noted = authority.annotation(OwnObject.RETAINED_ID);
        if (own.isEmpty() && noted.isPresent() && !noted.equals(from.spec().tenantId())) {
            return noted.get();
        }
        Optional<Kept> kept = own.or(() -> OwnObject.noted(authority));
        cluster.objects().replace(lease, OwnObject.retaining(authority, from.spec(), kept));
        return from.spec().tenantId().orElseThrow();
    }

    /** What is kept is told by what it is: a record that names the keys may be lost. */
    private void delete(Predicate<ClusterObject> kept) {
        for (Kind kind : Kind.OWNED) {
            cluster.objects().list(kind, cell.labels()).stream()
                    .filter(kept.negate())
                    .forEach(object -> cluster.objects().delete(lease, object));
        }
    }
}
