package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.ClusterObjects;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.pki.SecretTexts;
import io.hcp.core.internal.cluster.record.OwnObject;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.Authority;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes a tenant away: clients before servers, what its object depends on before the object. */
record Removal(TenantCell cell, UnderCluster cluster, Time time, Lease lease) {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(500);

    String stopControlPlane() {
        return stop(Kind.DEPLOYMENT, Members.replicaLabels(cell.names()));
    }

    String stopDatastore() {
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
        delete(Set.of());
        cluster.objects()
                .list(Kind.VOLUME_CLAIM, cell.labels())
                .forEach(claim -> cluster.objects().delete(lease, claim));
        cell.resource().release(lease);
        return "nothing is left";
    }

    /** Volumes, authorities and keys stay, and on the cluster's authority what is needed to go on with them. */
    String retain(Optional<TenantRecord> from) {
        SecretTexts secrets = cell.readSecrets();
        TenantRecord record =
                from.or(() -> cell.resource().read().map(OwnObject::record)).orElseThrow();
        String tenantId = record.spec().tenantId().orElseThrow();
        String authority = cell.names().authority(Authority.CLUSTER);
        Optional.ofNullable(secrets.secrets().get(authority))
                .ifPresent(secret -> cluster.objects().replace(lease, OwnObject.retaining(secret, record)));
        Set<String> kept = new HashSet<>(SecretTexts.authorities(cell.names()));
        record.encryption().keys().forEach(key -> kept.add(cell.names().encryptionKey(key)));
        delete(kept);
        cell.resource().release(lease);
        return "apply the tenant with tenantId " + tenantId + " to bring it back";
    }

    private void delete(Set<String> keptSecrets) {
        for (Kind kind : Kind.OWNED) {
            cluster.objects().list(kind, cell.labels()).stream()
                    .filter(object -> !kind.equals(Kind.SECRET) || !keptSecrets.contains(object.name()))
                    .forEach(object -> cluster.objects().delete(lease, object));
        }
    }
}
