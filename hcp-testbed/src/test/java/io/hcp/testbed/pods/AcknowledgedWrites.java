package io.hcp.testbed.pods;

import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Creates five ConfigMaps a second in a tenant, and knows which of them it was told to be stored. */
final class AcknowledgedWrites implements AutoCloseable {
    private static final String COLLECTION = "/api/v1/namespaces/default/configmaps";
    private static final String LABEL = "proof=acknowledged";
    private static final int CLIENTS = 60;
    private static final long PERIOD_MILLIS = 200;

    private final TenantAccess access;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final Set<String> acknowledged = new ConcurrentSkipListSet<>();
    private final AtomicInteger begun = new AtomicInteger();

    AcknowledgedWrites(TenantAccess access) {
        this.access = access;
        var unused =
                clock.scheduleAtFixedRate(() -> clients.execute(this::write), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void write() {
        String name = "w-%06d".formatted(begun.incrementAndGet());
        try {
            access.send("POST", COLLECTION, "application/json", """
                    {"apiVersion": "v1", "kind": "ConfigMap",
                     "metadata": {"name": "%s", "labels": {"proof": "acknowledged"}}}\
                    """.formatted(name));
            acknowledged.add(name);
        } catch (IOException e) {
            // Nobody was told that it is stored; whether it is does not matter.
        }
    }

    /** How many were acknowledged. */
    int count() {
        return acknowledged.size();
    }

    /** Returns those that were acknowledged and are not there. */
    Set<String> lost() throws IOException {
        Set<String> expected = new TreeSet<>(acknowledged);
        ConfigMapList list =
                Serialization.unmarshal(access.get(COLLECTION + "?labelSelector=" + LABEL), ConfigMapList.class);
        expected.removeAll(list.getItems().stream()
                .map(item -> item.getMetadata().getName())
                .collect(Collectors.toSet()));
        return expected;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        clients.shutdownNow();
    }
}
