package io.hcp.core.internal.cluster.fabric;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.Nodes.Container;
import io.hcp.core.internal.cluster.gateway.Nodes.Summary;
import io.hcp.core.internal.usage.Load;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Understands what a kubelet says of what runs on its node. Pure.
 *
 * @see <a href="https://kubernetes.io/docs/reference/instrumentation/node-metrics/#summary-api-source">Summary API</a>
 */
final class SummaryForm {
    private SummaryForm() {}

    static Summary read(Map<String, Object> tree) {
        ClusterObject summary = new ClusterObject(Kind.NODE, tree);
        List<Map<String, Object>> pods = summary.objects("pods");
        Map<Container, Load> containers = new HashMap<>();
        for (Map<String, Object> one : pods) {
            ClusterObject pod = new ClusterObject(Kind.POD, one);
            String uid = pod.text("podRef", "uid").orElse("");
            for (Map<String, Object> container : pod.objects("containers")) {
                load(container)
                        .ifPresent(load ->
                                containers.put(new Container(uid, String.valueOf(container.get("name"))), load));
            }
        }
        return new Summary(load(summary.object("node")), pods.size(), containers);
    }

    /** Of a container that has just begun there is nothing yet. */
    private static Optional<Load> load(Map<String, Object> measured) {
        ClusterObject stats = new ClusterObject(Kind.NODE, measured);
        boolean whole = stats.object("cpu").get("usageCoreNanoSeconds") instanceof Number
                && stats.object("memory").get("workingSetBytes") instanceof Number;
        try {
            return stats.text("cpu", "time")
                    .filter(time -> whole)
                    .map(time -> new Load(
                            OffsetDateTime.parse(time).toInstant(),
                            Duration.ofNanos(stats.number("cpu", "usageCoreNanoSeconds")),
                            stats.number("memory", "workingSetBytes")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
