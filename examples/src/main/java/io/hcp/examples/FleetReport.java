package io.hcp.examples;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.hcp.api.usage.FleetUsage;
import io.hcp.api.usage.TenantShare;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.KubernetesBackend;
import io.hcp.core.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Measures all tenants for half a minute and writes {@code fleet-report.html}: {@code examples/run fleet-report NAMESPACE} those
 * of a namespace of the cluster of the kubeconfig, without a namespace those of this machine.
 */
public final class FleetReport {
    private static final Path FILE = Path.of("fleet-report.html");
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private FleetReport() {}

    /**
     * Runs the example.
     *
     * @param arguments the namespace; without it, tenants are processes of this machine
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        System.out.println("Measuring for " + WINDOW.toSeconds() + " seconds.");
        FleetUsage fleet = measure(List.of(arguments));
        Files.writeString(FILE, Reports.toHtml(fleet));
        for (TenantShare share : fleet.tenants()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-20s %-8s %6.2f cores %6d MiB %s%n",
                    share.usage().tenant(),
                    share.activity(),
                    share.usage().cpu(),
                    share.usage().memoryBytes() >> 20,
                    String.join("; ", share.reasons()));
        }
        fleet.missing().forEach(line -> System.out.println("Not measured: " + line));
        System.out.println("Open " + FILE.toAbsolutePath() + " in a browser.");
    }

    private static FleetUsage measure(List<String> namespace) {
        if (namespace.isEmpty()) {
            try (HostedControlPlanes hcp = HostedControlPlanes.local()) {
                return hcp.fleet(WINDOW);
            }
        }
        try (KubernetesClient client = new KubernetesClientBuilder().build();
                HostedControlPlanes hcp =
                        HostedControlPlanes.on(KubernetesBackend.using(client).inNamespace(namespace.get(0)))) {
            return hcp.fleet(WINDOW);
        }
    }
}
