package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.Pods.Answer;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.pki.PodFiles;
import io.hcp.core.internal.cluster.plan.Drawing;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.InventoryEntry;
import io.hcp.pki.TenantPki;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Waits until pods are what they should be. First for what the under cluster's controllers say, by watching, then every
 * replica is asked for itself: which version it runs, which certificate it shows, whether it is ready.
 */
record Rollout(TenantCell cell, UnderCluster cluster, Time time) {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** Certificates come to a pod that runs within a minute or two, and each look for them is a new connection. */
    private static final Duration CERTIFICATE_PAUSE = Duration.ofSeconds(2);

    private static final String OTHER_CERTIFICATE = "shows another certificate";

    /**
     * Waits for everything.
     *
     * @param members whether every member of etcd has to be ready: those that were just made or exchanged. Otherwise a quorum
     *     is enough, so that replicas can be exchanged while a node with a member is gone.
     */
    String await(TenantRecord tenant, Drawing drawing, boolean members) {
        long deadline = time.nanoTime() + LIMIT.toNanos();
        ClusterObject etcd = drawing.statefulSet();
        awaitWorkload(etcd, etcd, members ? Rollout::areMembersReady : Rollout::hasQuorum, deadline);
        ClusterObject deployment = awaitWorkload(drawing.deployment(), etcd, Rollout::isRolledOut, deadline);
        List<ClusterObject> pods = awaitAnswers(tenant, deadline);
        String selector = Members.replicaLabels(cell.names()).entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .collect(Collectors.joining(","));
        cell.journal()
                .note(facts -> facts.withReplicas(
                                deployment.number("status", "replicas"),
                                deployment.number("status", "updatedReplicas"),
                                deployment.number("status", "readyReplicas"),
                                selector)
                        .withVersion(tenant.spec().kubernetesVersion().toString())
                        .withWaiting(Optional.empty()));
        return pods.stream()
                .map(ClusterObject::name)
                .collect(Collectors.joining(", ", "version " + tenant.spec().kubernetesVersion() + " in ", ""));
    }

    static boolean areMembersReady(ClusterObject set) {
        return Members.isObserved(set) && set.number("status", "readyReplicas") >= set.number("spec", "replicas");
    }

    private static boolean hasQuorum(ClusterObject set) {
        return Members.isObserved(set) && set.number("status", "readyReplicas") > set.number("spec", "replicas") / 2;
    }

    private static boolean isRolledOut(ClusterObject deployment) {
        long replicas = deployment.number("spec", "replicas");
        return Members.isObserved(deployment)
                && deployment.number("status", "updatedReplicas") == replicas
                && deployment.number("status", "replicas") == replicas
                && deployment.number("status", "availableReplicas") == replicas;
    }

    /** Looks for what is in the way only if it takes long. */
    ClusterObject awaitWorkload(
            ClusterObject workload, ClusterObject etcd, Predicate<ClusterObject> done, long deadline) {
        while (true) {
            Optional<ClusterObject> seen = cluster.objects()
                    .await(
                            workload.kind(),
                            workload.name(),
                            PATIENCE,
                            found -> found.filter(done).isPresent());
            if (seen.filter(done).isPresent()) {
                return seen.get();
            }
            Optional<Finding> finding = Diagnosis.of(cluster.objects().list(Kind.POD, cell.labels()), etcd);
            cell.journal().note(facts -> facts.withWaiting(finding));
            if (deadline - time.nanoTime() <= 0) {
                throw new HcpException(
                        ErrorKind.COMPONENT_FAILED,
                        "%s was not ready within %s: %s"
                                .formatted(
                                        workload.id(),
                                        LIMIT,
                                        finding.map(Finding::problem).orElse("its pods are not there")),
                        finding.map(Finding::remedy).orElse("look at its events"));
            }
        }
    }

    private List<ClusterObject> awaitAnswers(TenantRecord tenant, long deadline) {
        Replicas replicas = new Replicas(cell, cluster);
        TenantPki authorities = replicas.authorities();
        String certificate = certificate(tenant.spec());
        List<ClusterObject> pods = replicas.list();
        long looked = time.nanoTime();
        while (true) {
            List<String> wrong = new ArrayList<>();
            Duration pause = PAUSE;
            for (ClusterObject pod : pods) {
                Answer answer = replicas.ask(pod, authorities);
                Optional<String> problem = problem(answer, tenant.spec(), certificate);
                problem.ifPresent(what -> wrong.add(pod.name() + " " + what));
                if (problem.equals(Optional.of(OTHER_CERTIFICATE))) {
                    cluster.pods().leave(pod.name());
                    pause = CERTIFICATE_PAUSE;
                }
            }
            if (wrong.isEmpty() && !pods.isEmpty()) {
                cell.seenReplicas(pods);
                return pods;
            }
            if (deadline - time.nanoTime() <= 0) {
                throw new HcpException(
                        ErrorKind.TENANT_API,
                        "replicas are not what they should be: " + String.join(", ", wrong),
                        "look at the logs of kube-apiserver");
            }
            time.pause(pause);
            if (time.nanoTime() - looked > Replicas.LOOK_AGAIN.toNanos()) {
                looked = time.nanoTime();
                pods = replicas.list();
            }
        }
    }

    private String certificate(TenantControlPlane tenant) {
        return new PodFiles(cell.secrets(), tenant, time.clock())
                .inventory().stream()
                        .filter(entry -> entry.path().equals("apiserver"))
                        .map(InventoryEntry::serial)
                        .map(serial -> serial.toString(16))
                        .findFirst()
                        .orElse("");
    }

    private static Optional<String> problem(Answer answer, TenantControlPlane tenant, String certificate) {
        if (!answer.answers()) {
            return Optional.of("does not answer");
        }
        Map<String, Boolean> checks = Map.of(
                "is not ready",
                answer.ready(),
                "runs version " + answer.version(),
                answer.version().equals(tenant.kubernetesVersion().toString()),
                OTHER_CERTIFICATE,
                answer.certificate().equals(certificate));
        return checks.entrySet().stream()
                .filter(check -> !check.getValue())
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
