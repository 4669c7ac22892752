package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.plan.Drawing;
import io.hcp.core.internal.cluster.plan.VolumeClaims;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Exchanges the members of etcd one by one, each only while all others are there and ready, so that there is a quorum
 * throughout. A single member is missed until it is back.
 *
 * <p>What is not ready is exchanged before anything else, also if all members are: as long as they run with what breaks them
 * none can become ready, and no budget would let them go. They are deleted, the others are evicted: the
 * PodDisruptionBudget knows of what others take away at the same moment. None goes whose claim would go with it.
 */
final class DatastoreRoll {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** One that is not ready may still vote: its successor is given this time to do so before the next one goes. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final TenantCell cell;
    private final UnderCluster cluster;
    private final Time time;
    private final Lease lease;
    private final long deadline;
    private final Set<String> exchanged = new TreeSet<>();
    private final Set<String> longBroken = new TreeSet<>();
    private Duration pause = FIRST_PAUSE;

    DatastoreRoll(TenantCell cell, UnderCluster cluster, Time time, Lease lease) {
        this.cell = cell;
        this.cluster = cluster;
        this.time = time;
        this.lease = lease;
        this.deadline = time.nanoTime() + LIMIT.toNanos();
    }

    String run(String applied, Drawing drawing) {
        Rollout rollout = new Rollout(cell, cluster, time);
        while (true) {
            ClusterObject set =
                    rollout.awaitWorkload(drawing.statefulSet(), drawing.statefulSet(), Members::isObserved, deadline);
            List<ClusterObject> pods = cluster.objects().list(Kind.POD, Members.labels(cell.names()));
            List<ClusterObject> stale = Members.stale(pods, set);
            if (stale.isEmpty()) {
                return exchanged.isEmpty() ? applied : "exchanged " + String.join(", ", exchanged);
            }
            Optional<ClusterObject> broken = stale.stream()
                    .filter(pod -> !pod.isDeleting() && !Members.isReady(pod))
                    .findFirst();
            Optional<String> missed = Members.missed(pods, set);
            if (broken.isPresent()) {
                exchange(broken.get(), pods, set);
            } else if (missed.isPresent()) {
                awaitReady(missed.get(), Members::isReady);
            } else {
                evict(stale.get(stale.size() - 1), outage(set));
            }
        }
    }

    private void exchange(ClusterObject broken, List<ClusterObject> pods, ClusterObject set) {
        if (isSpared(pods, set) || isLongBroken(broken, pods)) {
            delete(broken, outage(set));
        }
    }

    /** Whether a member that is not ready can go at once: the others have the quorum, or there are none. */
    private static boolean isSpared(List<ClusterObject> pods, ClusterObject set) {
        long members = set.number("spec", "replicas");
        return members == 1 || pods.stream().filter(Members::isReady).count() > members / 2;
    }

    /**
     * Without a quorum a member that is not ready for a moment may be the one that brings it back: it goes only if it stays
     * as it is. The others that stay so, too, need not be waited for once more.
     */
    private boolean isLongBroken(ClusterObject member, List<ClusterObject> pods) {
        if (longBroken.contains(member.uid().orElse(""))) {
            return true;
        }
        if (await(member.name(), min(PATIENCE, left()), Members::isReady).isPresent()) {
            return false;
        }
        List<String> before = unready(pods);
        unready(cluster.objects().list(Kind.POD, Members.labels(cell.names()))).stream()
                .filter(before::contains)
                .forEach(longBroken::add);
        return longBroken.contains(member.uid().orElse(""));
    }

    private static List<String> unready(List<ClusterObject> pods) {
        return pods.stream()
                .filter(pod -> !Members.isReady(pod))
                .map(pod -> pod.uid().orElse(""))
                .toList();
    }

    /** The plan saw its claim too, but that was a while ago. One that is gone altogether had its finalizers taken off. */
    private void requireVolume(ClusterObject member) {
        String name = cell.names().claim(member.name());
        boolean lasts = cluster.objects().list(Kind.VOLUME_CLAIM, cell.labels()).stream()
                .anyMatch(claim -> claim.name().equals(name) && !claim.isDeleting());
        if (!lasts) {
            throw VolumeClaims.deleted(cell.names().tenant(), List.of(name)).asException();
        }
    }

    private void delete(ClusterObject broken, Optional<Finding> outage) {
        requireVolume(broken);
        cluster.objects().delete(lease, broken);
        outage.ifPresent(told -> cell.journal().note(facts -> facts.withWaiting(outage)));
        exchanged.add(broken.name());
        Optional<ClusterObject> unused = await(broken.name(), min(PATIENCE, left()), successor(broken));
    }

    /** What is to be told while the only member is gone. */
    private static Optional<Finding> outage(ClusterObject set) {
        return set.number("spec", "replicas") > 1
                ? Optional.empty()
                : Optional.of(new Finding(
                                "DatastoreExchanged",
                                "the only member of etcd is being exchanged",
                                "wait until it is back; with three members nothing would be missed")
                        .asOutage());
    }

    private void evict(ClusterObject member, Optional<Finding> outage) {
        requireVolume(member);
        Optional<String> refusal = cluster.objects().evict(lease, member);
        Optional<Finding> waiting = refusal.map(why -> new Finding(
                "DisruptionBudget",
                "PodDisruptionBudgets do not let member " + member.name() + " of etcd go: " + why,
                "see with kubectl describe poddisruptionbudgets which pods are not healthy"));
        cell.journal().note(facts -> facts.withWaiting(waiting.or(() -> outage)));
        if (waiting.isEmpty()) {
            exchanged.add(member.name());
            pause = FIRST_PAUSE;
            awaitReady(member.name(), successor(member));
            return;
        }
        if (left().isZero()) {
            throw new HcpException(
                    ErrorKind.TIMEOUT,
                    waiting.get().problem() + "; it was asked for " + LIMIT,
                    waiting.get().remedy());
        }
        time.pause(min(pause, left()));
        pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
    }

    private static Predicate<ClusterObject> successor(ClusterObject before) {
        return pod -> !pod.uid().equals(before.uid()) && Members.isReady(pod);
    }

    private void awaitReady(String name, Predicate<ClusterObject> done) {
        if (await(name, left(), done).isEmpty()) {
            throw new HcpException(
                    ErrorKind.COMPONENT_FAILED,
                    "member " + name + " of etcd was not ready within " + LIMIT,
                    "look at its events and its log; the others are left as they are");
        }
    }

    private Optional<ClusterObject> await(String name, Duration limit, Predicate<ClusterObject> done) {
        return cluster.objects()
                .await(Kind.POD, name, limit, found -> found.filter(done).isPresent())
                .filter(done);
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - time.nanoTime()));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
