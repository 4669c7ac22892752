package io.hcp.examples;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hcp.api.ControlPlane;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import java.time.Duration;
import java.util.List;

/** Two tenants at once, and what happens when one knocks at the other's door. */
public final class TwoTenants {
    private static final Duration FIRST_TIME = Duration.ofMinutes(60); // programs may have to be built

    private TwoTenants() {}

    /**
     * Runs the example.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (HostedControlPlanes hcp =
                HostedControlPlanes.local(o -> o.ephemeral().listener(new ConsoleListener()))) {
            List<ControlPlane> tenants = List.of("red", "blue").stream()
                    .map(name -> TenantControlPlane.builder()
                            .name(name)
                            .kubernetesVersion("1.36.3")
                            .build())
                    .map(hcp::apply) // both start at the same time
                    .toList();
            tenants.forEach(tenant -> tenant.awaitReady(FIRST_TIME));

            for (ControlPlane tenant : tenants) {
                try (KubernetesClient client = client(Config.fromKubeconfig(tenant.kubeconfig(k -> {})))) {
                    client.configMaps()
                            .inNamespace("default")
                            .resource(new ConfigMapBuilder()
                                    .withNewMetadata()
                                    .withName(tenant.spec().name())
                                    .endMetadata()
                                    .build())
                            .create();
                    System.out.println(tenant.spec().name() + " sees "
                            + client.configMaps().inNamespace("default").list().getItems().stream()
                                    .map(map -> map.getMetadata().getName())
                                    .toList());
                }
            }
            knock(tenants.get(0), tenants.get(1));
            knock(tenants.get(1), tenants.get(0));
        }
        System.out.println("Both are gone.");
    }

    private static void knock(ControlPlane guest, ControlPlane host) {
        Config stolen = Config.fromKubeconfig(guest.kubeconfig(k -> {}));
        Config hosts = Config.fromKubeconfig(host.kubeconfig(k -> {}));
        Config mixed = new ConfigBuilder(stolen)
                .withMasterUrl(hosts.getMasterUrl())
                .withCaCertData(hosts.getCaCertData())
                .build();
        try (KubernetesClient client = client(mixed)) {
            client.configMaps().inNamespace("default").list();
            throw new IllegalStateException(
                    guest.spec().name() + " got into " + host.spec().name());
        } catch (KubernetesClientException refused) {
            System.out.println(guest.spec().name() + " at " + host.spec().name() + "'s door: " + refused.getCode() + " "
                    + refused.getStatus().getMessage());
        }
    }

    private static KubernetesClient client(Config config) {
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
