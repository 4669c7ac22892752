package io.hcp.testbed.maintain;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.hcp.core.internal.threads.Daemons;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who deletes and edits objects of tenants all the time: of each tenant the next one some seconds after the last one
 * was mended.
 */
final class Mischief implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int LEAST_PAUSE = 6_000;
    private static final int MORE_PAUSE = 6_000;
    private static final IntOrString NOWHERE = new IntOrString(1);

    /**
     * What was done to an object.
     *
     * @param at when, by the clock of this machine
     * @param mended when the object was as before again
     */
    record Drift(String tenant, String object, Instant at, Instant mended) {
        Duration took() {
            return Duration.between(at, mended);
        }
    }

    private record Open(String object, Object whole, String state, Instant at) {}

    private final KubernetesClient client;
    private final String namespace;
    private final List<String> tenants;
    private final Random random;
    private final SharedIndexInformer<Service> services;
    private final SharedIndexInformer<PodDisruptionBudget> budgets;
    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private final Map<String, Instant> due = new ConcurrentHashMap<>();
    private final List<Drift> drifts = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("mischief-"));
    private volatile boolean ended;

    Mischief(Plain plain, List<String> tenants, Random random) {
        this.client = plain.client();
        this.namespace = plain.namespace();
        this.tenants = tenants;
        this.random = random;
        services = client.services().inNamespace(namespace).inform();
        budgets = client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(namespace)
                .inform();
        tenants.forEach(this::pause);
        var unused = thread.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void pause(String tenant) {
        due.put(tenant, Instant.now().plusMillis(LEAST_PAUSE + random.nextInt(MORE_PAUSE)));
    }

    private synchronized void look() {
        try {
            for (String tenant : tenants) {
                Optional.ofNullable(open.get(tenant)).ifPresent(drift -> lookAt(tenant, drift));
                if (!ended
                        && !open.containsKey(tenant)
                        && Instant.now().isAfter(due.getOrDefault(tenant, Instant.MAX))) {
                    begin(tenant);
                }
            }
        } catch (KubernetesClientException | NullPointerException e) {
            System.out.println("  mischief: " + e); // what is not there yet cannot be damaged
        }
    }

    private void lookAt(String tenant, Open drift) {
        Optional<HasMetadata> now = find(drift.object());
        boolean mended = now.filter(found -> whole(found).equals(drift.whole()))
                .filter(found -> !state(drift.object(), found).equals(drift.state()))
                .isPresent();
        if (mended) {
            drifts.add(new Drift(tenant, drift.object(), drift.at(), Instant.now()));
            open.remove(tenant);
            pause(tenant);
        }
    }

    /** What is deleted comes back as another one; what is edited is the same one in another version. */
    private static String state(String object, HasMetadata found) {
        return object.startsWith("services/") && !object.endsWith("-etcd")
                ? found.getMetadata().getResourceVersion()
                : found.getMetadata().getUid();
    }

    private Optional<HasMetadata> find(String object) {
        String name = object.substring(object.indexOf('/') + 1);
        String key = namespace + "/" + name;
        return Optional.ofNullable(
                object.startsWith("services/")
                        ? services.getStore().getByKey(key)
                        : budgets.getStore().getByKey(key));
    }

    private static Object whole(HasMetadata object) {
        return object instanceof Service service ? service.getSpec() : ((PodDisruptionBudget) object).getSpec();
    }

    private void begin(String tenant) {
        String object = switch (random.nextInt(3)) {
            case 0 -> "poddisruptionbudgets/" + tenant;
            case 1 -> "services/" + tenant + "-etcd";
            default -> "services/" + tenant;
        };
        HasMetadata found = Objects.requireNonNull(find(object).orElse(null), object);
        Open drift = new Open(object, whole(found), state(object, found), Instant.now());
        if (object.equals("services/" + tenant)) {
            // The address of a tenant is not taken away: that would be more than a repair.
            var unused = client.resource(new ServiceBuilder((Service) found)
                            .editMetadata()
                            .withResourceVersion(null)
                            .endMetadata()
                            .editSpec()
                            .editFirstPort()
                            .withTargetPort(NOWHERE)
                            .endPort()
                            .endSpec()
                            .build())
                    .update();
        } else {
            var unused = client.resource(found).delete();
        }
        open.put(tenant, drift);
    }

    /** Damages something of each of some tenants now, unless something of it is damaged already. */
    synchronized List<String> now(List<String> wanted) {
        List<String> begun = new ArrayList<>();
        for (String tenant : wanted) {
            due.remove(tenant);
            if (!open.containsKey(tenant)) {
                begin(tenant);
                begun.add(tenant);
            }
        }
        return begun;
    }

    /** What was mended by now. */
    List<Drift> drifts() {
        return List.copyOf(drifts);
    }

    /** The tenants of which something is damaged now. */
    List<String> damaged() {
        return List.copyOf(open.keySet());
    }

    /** Damages nothing more. */
    void end() {
        ended = true;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        services.close();
        budgets.close();
    }
}
