package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.Pods.Answer;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.pki.SecretTexts;
import io.hcp.core.internal.cluster.plan.ClusterObserved.Authorities;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.PkiContent;
import io.hcp.pki.TenantPki;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks every replica of a control plane, each by itself. */
record Replicas(TenantCell cell, UnderCluster cluster) {
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** Between two looks at which pods there are. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    /** Those that are to stay. */
    List<ClusterObject> list() {
        return staying(cluster.objects().list(Kind.POD, Members.replicaLabels(cell.names())));
    }

    private static List<ClusterObject> staying(List<ClusterObject> pods) {
        return pods.stream()
                .filter(pod -> !pod.isDeleting() && !Members.isOver(pod))
                .toList();
    }

    TenantPki authorities() {
        return new PkiContent(secrets()).load(List.of());
    }

    /** The authorities of a tenant never change: those that were read once are enough. */
    private SecretTexts secrets() {
        SecretTexts known = cell.secrets();
        return Observation.authoritiesOf(known) == Authorities.PRESENT ? known : cell.readSecrets();
    }

    Answer ask(ClusterObject pod, TenantPki authorities) {
        return cluster.pods().ask(pod.name(), authorities);
    }

    /** What the control plane still waits for, in words; empty if it is ready. */
    List<String> notReady(TenantControlPlane tenant, List<ClusterObject> pods) {
        if (Observation.authoritiesOf(secrets()) != Authorities.PRESENT) {
            return List.of("certificates");
        }
        List<ClusterObject> replicas =
                staying(pods).stream().filter(Members::isReplica).toList();
        int wanted = tenant.controlPlane().replicas().orElse(1);
        List<String> missing = new ArrayList<>();
        if (replicas.size() < wanted) {
            missing.add((wanted - replicas.size()) + " of " + wanted + " replicas");
        }
        TenantPki authorities = authorities();
        for (ClusterObject pod : replicas) {
            if (!Members.isReady(pod)) {
                missing.add("pod " + pod.name());
            } else {
                Answer answer = ask(pod, authorities);
                if (!answer.ready()) {
                    missing.add("kube-apiserver in pod " + pod.name());
                } else if (!answer.defaultAccount()) {
                    missing.add("ServiceAccount default/default");
                }
            }
        }
        return missing.stream().distinct().toList();
    }

    /** Asks the pods that were there again and again, and looks for others, or another tenant, only now and then. */
    void awaitReady(Time time, Duration limit) {
        TenantControlPlane tenant = cell.resource()
                .readUnlessFresh(LOOK_AGAIN)
                .orElseGet(() -> cell.resource().require()) // throws: it does not exist
                .spec();
        long deadline = time.nanoTime() + Time.nanos(limit);
        long looked = time.nanoTime();
        List<ClusterObject> pods = cell.replicas().isEmpty() ? list() : cell.replicas();
        List<String> missing = notReady(tenant, pods);
        while (!missing.isEmpty()) {
            if (deadline - time.nanoTime() <= 0) {
                throw new HcpException(
                        ErrorKind.TIMEOUT,
                        "tenant \"%s\" was not ready within %s; it waits for %s"
                                .formatted(tenant.name(), limit, String.join(", ", missing)),
                        "wait longer, or look at the pods and their logs");
            }
            time.pause(PAUSE);
            if (time.nanoTime() - looked > LOOK_AGAIN.toNanos()) {
                looked = time.nanoTime();
                tenant = cell.resource().require().spec();
                pods = list();
            }
            missing = notReady(tenant, pods);
        }
    }
}
