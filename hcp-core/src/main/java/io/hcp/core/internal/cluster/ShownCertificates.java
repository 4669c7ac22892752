package io.hcp.core.internal.cluster;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.PodTopology;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.cluster.pki.PodFiles;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.InventoryEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Waits until every program of a tenant shows the certificate that was issued for it last. The kubelet brings new files to a
 * running pod within a minute or two, all those of a program at once; each program reads them again by itself.
 */
record ShownCertificates(TenantCell cell, UnderCluster cluster, Time time) {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** Where a program shows a certificate, and which one it should be. */
    private record Showing(String pod, int port, String path) {}

    /** Pods that are not ready begin with the files that are there by then. */
    String await(TenantRecord tenant) {
        long begun = time.nanoTime();
        Map<String, String> issued = new PodFiles(cell.secrets(), tenant.spec(), time.clock())
                .inventory().stream()
                        .collect(Collectors.toMap(
                                InventoryEntry::path, entry -> entry.serial().toString(16), (one, same) -> one));
        List<Showing> all = all();
        List<Showing> others = others(all, issued);
        while (!others.isEmpty()) {
            Duration waited = Duration.ofNanos(time.nanoTime() - begun);
            if (waited.compareTo(LIMIT) > 0) {
                throw stuck(others.get(0));
            }
            if (waited.compareTo(PATIENCE) > 0) {
                tell(others);
            }
            time.pause(PAUSE);
            all = all();
            others = others(others.stream().filter(all::contains).toList(), issued);
        }
        cell.journal().note(facts -> facts.withWaiting(Optional.empty()));
        return all.stream().map(Showing::pod).distinct().count() + " pods show their certificates";
    }

    private List<Showing> all() {
        return cluster.objects().list(Kind.POD, cell.labels()).stream()
                .filter(pod -> !pod.isDeleting() && Members.isReady(pod))
                .flatMap(this::of)
                .toList();
    }

    private Stream<Showing> of(ClusterObject pod) {
        String name = pod.name();
        if (Members.isReplica(pod)) {
            return Stream.of(
                    new Showing(name, PodTopology.PORTS.apiServer(), "apiserver"),
                    new Showing(name, PodTopology.PORTS.controllerManager(), "controller-manager-server"),
                    new Showing(name, PodTopology.PORTS.scheduler(), "scheduler-server"));
        }
        String number = name.substring(name.lastIndexOf('-') + 1);
        return Stream.of(
                new Showing(name, PodTopology.PORTS.etcdClient(), "etcd/server-" + number),
                new Showing(name, PodTopology.PORTS.etcdPeer(), "etcd/peer-" + number));
    }

    private List<Showing> others(List<Showing> asked, Map<String, String> issued) {
        List<Showing> others = new ArrayList<>();
        for (Showing one : asked) {
            Optional<String> shown = cluster.pods().shown(one.pod(), one.port());
            if (!shown.equals(Optional.ofNullable(issued.get(one.path())))) {
                others.add(one);
            }
        }
        return others;
    }

    private void tell(List<Showing> others) {
        String pods = others.stream().map(Showing::pod).distinct().sorted().collect(Collectors.joining(", "));
        Finding finding = new Finding(
                "CertificatesOnTheirWay",
                "new certificates are not shown yet by " + pods,
                "wait: the kubelet brings them within a minute or two");
        cell.journal().note(facts -> facts.withWaiting(Optional.of(finding)));
    }

    private static HcpException stuck(Showing one) {
        return new HcpException(
                ErrorKind.COMPONENT_FAILED,
                "pod %s did not show its new certificate %s on port %d within %s"
                        .formatted(one.pod(), one.path(), one.port(), LIMIT),
                "see whether its kubelet works; the certificate before is valid for a while yet, and a pod that is"
                        + " deleted comes back with the new one");
    }
}
