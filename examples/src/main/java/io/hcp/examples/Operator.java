package io.hcp.examples;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.KubernetesBackend;
import io.hcp.micrometer.TenantMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * Looks after the tenants of a namespace until it is stopped, for those that write TenantControlPlanes by {@code kubectl} or
 * GitOps. Started once more it is a second instance, which takes its share of the tenants. Given a port, too,
 * it measures what tenants use and serves that at {@code /metrics} for Prometheus; one instance is enough for that.
 */
public final class Operator {
    private Operator() {}

    /**
     * Runs the example.
     *
     * @param arguments the namespace, without it that of the kubeconfig, or of the pod that this runs in; and a port
     * @throws InterruptedException never: it is ended by a signal
     * @throws IOException if the port of the metrics is taken
     */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        KubernetesClient client = new KubernetesClientBuilder().build();
        KubernetesBackend backend = KubernetesBackend.using(client);
        HostedControlPlanes hcp = HostedControlPlanes.on(
                arguments.length == 0 ? backend : backend.inNamespace(arguments[0]), new ConsoleListener());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> { // gives the tenants to the other instances at once
                            hcp.close();
                            client.close();
                        }));
        System.out.println(hcp.install());
        hcp.maintain();
        if (arguments.length > 1) {
            serveMetrics(hcp, Integer.parseInt(arguments[1]));
        }
        System.out.println("Looking after the tenants of namespace "
                + (arguments.length == 0 ? client.getNamespace() : arguments[0]) + ". End it with Ctrl-C.");
        new CountDownLatch(1).await();
    }

    /** Reading the page asks the tenants for nothing: they are measured once a minute. */
    private static void serveMetrics(HostedControlPlanes hcp, int port) throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var unused = TenantMetrics.bind(hcp, registry); // ends with this program
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/metrics", exchange -> {
            byte[] page = registry.scrape().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(page);
            }
        });
        server.start();
    }
}
