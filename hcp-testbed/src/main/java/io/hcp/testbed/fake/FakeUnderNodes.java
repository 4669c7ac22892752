package io.hcp.testbed.fake;

import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.Nodes;
import io.hcp.core.internal.usage.Load;
import io.hcp.core.internal.usage.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What kubelets of imagined nodes say. They measure every ten seconds. */
final class FakeUnderNodes implements Nodes {
    private static final int MEASURED_EVERY = 10;

    private final UnderWorld world;

    FakeUnderNodes(UnderWorld world) {
        this.world = world;
    }

    @Override
    public Reading<Summary> summary(String node) {
        if (world.get(Kind.NODE, node).isEmpty()) {
            return Reading.failed("404 nodes \"" + node + "\" not found");
        }
        if (world.isSecretive(node)) {
            return Reading.failed("the user of the Kubernetes client may not ask it: bind role hcp-usage");
        }
        List<ClusterObject> pods = world.list(Kind.POD, Map.of()).stream()
                .filter(pod -> pod.text("spec", "nodeName").equals(Optional.of(node)))
                .toList();
        Map<Container, Load> containers = new HashMap<>();
        Instant now = measured();
        for (ClusterObject pod : pods) {
            Instant begun = begun(pod);
            if (begun.isBefore(now)) {
                Load load = world.loads().program(pod.label("hcp.io/tenant").orElse(""), begun, now);
                pod.objects("spec", "containers")
                        .forEach(container -> containers.put(
                                new Container(pod.uid().orElse(""), String.valueOf(container.get("name"))), load));
            }
        }
        Duration cpu = containers.values().stream().map(Load::cpu).reduce(Duration.ZERO, Duration::plus);
        long memory = containers.values().stream().mapToLong(Load::memoryBytes).sum();
        return Reading.of(new Summary(Optional.of(new Load(now, cpu, memory)), pods.size(), containers));
    }

    private Instant measured() {
        long seconds = world.time().instant().getEpochSecond();
        return Instant.ofEpochSecond(seconds - seconds % MEASURED_EVERY);
    }

    /** When a pod began. */
    static Instant begun(ClusterObject pod) {
        return Instant.parse(pod.text("metadata", "creationTimestamp").orElseThrow());
    }
}
