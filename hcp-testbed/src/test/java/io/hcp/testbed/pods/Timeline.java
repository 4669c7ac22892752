package io.hcp.testbed.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Prints when the pods of a tenant's control plane become ready, are told to end, and are gone. */
final class Timeline implements Watcher<Pod>, AutoCloseable {
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final Watch watch;

    Timeline(KubernetesClient client, String namespace, Map<String, String> labels) {
        watch = client.pods().inNamespace(namespace).withLabels(labels).watch(this);
    }

    static String now() {
        return LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS).toString();
    }

    @Override
    public void eventReceived(Action action, Pod pod) {
        String state = action == Action.DELETED
                ? "gone"
                : (pod.getMetadata().getDeletionTimestamp() != null ? "ending, " : "")
                        + (Readiness.isPodReady(pod) ? "ready" : "not ready");
        String name = pod.getMetadata().getName();
        if (!Objects.equals(states.put(name, state), state)) {
            System.out.println("      " + now() + " " + name + " on "
                    + Objects.requireNonNullElse(pod.getSpec().getNodeName(), "no node") + ": " + state);
        }
    }

    @Override
    public void onClose(WatcherException cause) {
        System.out.println("      the pods are not watched any more: " + cause.getMessage());
    }

    @Override
    public void close() {
        watch.close();
    }
}
