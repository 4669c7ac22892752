package io.hcp.testbed.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** How the requests of {@link LongLivedClients} are spread over a tenant's API servers, as these count them. */
final class ReplicaShares {
    private static final double LEAST = 0.20;
    private static final double MOST = 0.45;
    private static final Duration PERIOD = Duration.ofSeconds(15);

    private final TenantAccess access;
    private final Supplier<List<Pod>> replicas;
    private SortedMap<String, Double> counted = new TreeMap<>();

    ReplicaShares(TenantAccess access, Supplier<List<Pod>> replicas) {
        this.access = access;
        this.replicas = replicas;
    }

    /** Waits until each replica has its part; returns the seconds that took. */
    double awaitEven(int copies, Duration limit) {
        long begun = System.nanoTime();
        // A server that is busy with its new clients may be late with its figures.
        await().atMost(limit).ignoreExceptions().until(() -> {
            counted = count();
            return true;
        });
        await().atMost(limit)
                .ignoreExceptions()
                .pollDelay(PERIOD)
                .pollInterval(PERIOD)
                .untilAsserted(() -> {
                    SortedMap<String, Double> shares = next();
                    Screen.tell(String.format(
                            Locale.ROOT,
                            "after %.0f s the clients are spread %s",
                            since(begun),
                            shares.values().stream()
                                    .map(share -> String.format(Locale.ROOT, "%.0f %%", 100 * share))
                                    .toList()));
                    assertThat(shares.values()).hasSize(copies).allMatch(share -> share >= LEAST && share <= MOST);
                });
        return since(begun);
    }

    private SortedMap<String, Double> next() {
        SortedMap<String, Double> before = counted;
        counted = count();
        SortedMap<String, Double> shares = new TreeMap<>();
        counted.forEach((pod, count) -> shares.put(pod, count - before.getOrDefault(pod, 0.0)));
        double all = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        shares.replaceAll((pod, count) -> count / all);
        return shares;
    }

    private SortedMap<String, Double> count() {
        SortedMap<String, Double> counts = new TreeMap<>();
        for (Pod pod : replicas.get()) {
            try {
                double requests = access.at(pod.getStatus().getPodIP())
                        .get("/metrics")
                        .lines()
                        .filter(line -> line.startsWith("apiserver_request_total{"))
                        .filter(line -> line.contains("resource=\"" + LongLivedClients.RESOURCE + "\"")
                                && line.contains("verb=\"LIST\""))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum();
                counts.put(pod.getMetadata().getName(), requests);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return counts;
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
