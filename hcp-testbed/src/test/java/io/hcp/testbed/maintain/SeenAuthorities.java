package io.hcp.testbed.maintain;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many authorities each tenant was seen to have, one after the other. */
final class SeenAuthorities implements AutoCloseable {
    private final SortedMap<String, Integer> seen = new TreeMap<>();
    private final Map<String, String> last = new TreeMap<>();
    private final SharedIndexInformer<Secret> informer;

    SeenAuthorities(KubernetesClient client, String namespace) {
        informer = client.secrets()
                .inNamespace(namespace)
                .withLabel("hcp.io/tenant")
                .inform(new Told());
    }

    private synchronized void see(Secret secret) {
        String name = secret.getMetadata().getName();
        if (name.endsWith("-ca") && !name.endsWith("-etcd-ca")) {
            String certificate = secret.getData().getOrDefault("tls.crt", "");
            if (!certificate.equals(last.put(name, certificate))) {
                seen.merge(name, 1, Integer::sum);
            }
        }
    }

    /** How many, by the name of their Secret. */
    synchronized SortedMap<String, Integer> seen() {
        return new TreeMap<>(seen);
    }

    private final class Told implements ResourceEventHandler<Secret> {
        @Override
        public void onAdd(Secret secret) {
            see(secret);
        }

        @Override
        public void onUpdate(Secret before, Secret secret) {
            see(secret);
        }

        @Override
        public void onDelete(Secret secret, boolean unknown) {}
    }

    @Override
    public void close() {
        informer.close();
    }
}
