package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.plan.Drawing;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Exchanges the members of etcd one by one, each only while all others are ready, so that there is a quorum throughout. A
 * single member is missed until it is back.
 */
record DatastoreRoll(TenantCell cell, UnderCluster cluster, Time time, Lease lease) {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    String run(String applied, Drawing drawing) {
        long deadline = time.nanoTime() + LIMIT.toNanos();
        Rollout rollout = new Rollout(cell, cluster, time);
        List<String> exchanged = new ArrayList<>();
        while (true) {
            ClusterObject set = rollout.awaitWorkload(drawing.statefulSet(), DatastoreRoll::isObserved, deadline);
            Optional<ClusterObject> next = next(set, deadline);
            if (next.isEmpty()) {
                return exchanged.isEmpty() ? applied : "exchanged " + String.join(", ", exchanged);
            }
            cluster.objects().delete(lease, next.get());
            exchanged.add(next.get().name());
            awaitSuccessor(next.get(), deadline);
        }
    }

    private static boolean isObserved(ClusterObject set) {
        return set.number("status", "observedGeneration") >= set.number("metadata", "generation");
    }

    /** The last member that is to be exchanged: one that is not ready before others, since it is missed already. */
    private Optional<ClusterObject> next(ClusterObject set, long deadline) {
        List<ClusterObject> pods = cluster.objects().list(Kind.POD, Members.labels(cell.names()));
        List<ClusterObject> stale = Members.stale(pods, set);
        if (stale.isEmpty()) {
            return Optional.empty();
        }
        Optional<ClusterObject> broken =
                stale.stream().filter(pod -> !Members.isReady(pod)).findFirst();
        if (broken.isPresent()) {
            return broken;
        }
        Optional<ClusterObject> missed =
                pods.stream().filter(pod -> !Members.isReady(pod)).findFirst();
        missed.ifPresent(pod -> awaitReady(pod.name(), deadline));
        return Optional.of(stale.get(stale.size() - 1));
    }

    private void awaitSuccessor(ClusterObject before, long deadline) {
        await(before.name(), deadline, pod -> !pod.uid().equals(before.uid()) && Members.isReady(pod));
    }

    private void awaitReady(String name, long deadline) {
        await(name, deadline, Members::isReady);
    }

    private void await(String name, long deadline, java.util.function.Predicate<ClusterObject> done) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - time.nanoTime()));
        Optional<ClusterObject> seen = cluster.objects()
                .await(Kind.POD, name, left, found -> found.filter(done).isPresent());
        if (seen.filter(done).isEmpty()) {
            throw new HcpException(
                    ErrorKind.COMPONENT_FAILED,
                    "member " + name + " of etcd was not ready within " + LIMIT,
                    "look at its events and its log; the others are left as they are");
        }
    }
}
