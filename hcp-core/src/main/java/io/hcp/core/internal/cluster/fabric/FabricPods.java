package io.hcp.core.internal.cluster.fabric;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.HealthCheck;
import io.hcp.core.internal.blueprint.TenantObject;
import io.hcp.core.internal.cluster.gateway.Pods;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.tenant.TenantClient;
import io.hcp.core.internal.usage.ApiMetrics;
import io.hcp.core.internal.usage.Reading;
import io.hcp.pki.Authority;
import io.hcp.pki.TenantPki;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ways into pods through the API of the under cluster. What is said there is encrypted from this program to the API
 * server in the pod. A way stays open for the next question, see {@link OpenWays}; each connection over it is a request to the
 * under cluster, so there is one.
 */
final class FabricPods implements Pods {
    private static final Logger LOG = LoggerFactory.getLogger(FabricPods.class);
    private static final int API_SERVER = 6443;
    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** Megabytes, that have to be gathered first. */
    private static final Duration METRICS_LIMIT = Duration.ofSeconds(10);

    private static final String DEFAULT_ACCOUNT = "/api/v1/namespaces/default/serviceaccounts/default";
    private static final Pattern VERSION = Pattern.compile("\"gitVersion\": *\"v([^\"]*)\"");

    private final KubernetesClient client;
    private final String namespace;
    private final Clock clock;
    private final OpenWays<Way> ways = new OpenWays<>(System::nanoTime);

    FabricPods(KubernetesClient client, String namespace, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.clock = clock;
    }

    /** An open way into a pod of a tenant with these authorities. */
    private record Way(LocalPortForward forward, X509Certificate ca, TenantClient tenant, HealthCheck health)
            implements Closeable {
        boolean leadsTo(TenantPki authorities) {
            return forward.isAlive()
                    && !forward.errorOccurred()
                    && ca.equals(authorities.authority(Authority.CLUSTER).certificate());
        }

        @Override
        public void close() throws IOException {
            forward.close();
        }
    }

    @Override
    public Answer ask(String pod, TenantPki authorities) {
        Optional<Way> open = way(pod, authorities);
        if (open.isEmpty()) {
            return Answer.NONE;
        }
        Way way = open.get();
        Optional<HttpResponse<String>> ready = way.tenant.get(way.health, "/readyz", LIMIT);
        if (ready.isEmpty()) {
            ways.forget(pod);
            return Answer.NONE;
        }
        String version = way.tenant
                .get(way.health, "/version", LIMIT)
                .map(response -> VERSION.matcher(response.body()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .orElse("");
        return new Answer(
                true,
                ready.get().statusCode() == 200,
                version,
                serial(ready.get()),
                way.tenant.answers(way.health, DEFAULT_ACCOUNT, LIMIT));
    }

    @Override
    public Reading<ApiMetrics> metrics(String pod, TenantPki authorities) {
        Optional<Way> way = way(pod, authorities);
        if (way.isEmpty()) {
            return Reading.failed("the pod cannot be reached");
        }
        Reading<ApiMetrics> read = way.get().tenant.metrics(way.get().health, METRICS_LIMIT);
        if (read.value().isEmpty()) {
            ways.forget(pod);
        }
        return read;
    }

    private static String serial(HttpResponse<String> response) {
        try {
            Certificate[] chain = response.sslSession().orElseThrow().getPeerCertificates();
            return ((X509Certificate) chain[0]).getSerialNumber().toString(16);
        } catch (SSLPeerUnverifiedException e) {
            return "";
        }
    }

    @Override
    public Optional<String> shown(String pod, int port) {
        try (LocalPortForward forward =
                client.pods().inNamespace(namespace).withName(pod).portForward(port)) {
            return Showing.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), forward.getLocalPort()), LIMIT)
                    .map(shown -> shown.getSerialNumber().toString(16));
        } catch (KubernetesClientException | IllegalStateException | IOException e) {
            LOG.debug("port {} of pod {} cannot be reached", port, pod, e);
            return Optional.empty();
        }
    }

    @Override
    public void write(Lease lease, String pod, TenantPki authorities, List<TenantObject> objects) {
        FabricLeases.checkToMake(lease);
        Way way = way(pod, authorities)
                .orElseThrow(() -> new HcpException(
                        ErrorKind.TENANT_API,
                        "pod %s in namespace %s cannot be reached".formatted(pod, namespace),
                        "see whether it runs, and whether the user of the Kubernetes client may forward its ports"));
        way.tenant.write(way.health.url("/"), objects);
    }

    private Optional<Way> way(String pod, TenantPki authorities) {
        try {
            return ways.way(pod, way -> way.leadsTo(authorities), () -> open(pod, authorities));
        } catch (KubernetesClientException | IllegalStateException e) {
            LOG.debug("pod {} cannot be reached", pod, e);
            return Optional.empty();
        }
    }

    @Override
    public void leave(String pod) {
        ways.forget(pod);
    }

    private Way open(String pod, TenantPki authorities) {
        X509Certificate ca = authorities.authority(Authority.CLUSTER).certificate();
        TenantClient tenant = TenantClient.overOneConnection(() -> authorities, clock);
        LocalPortForward forward =
                client.pods().inNamespace(namespace).withName(pod).portForward(API_SERVER);
        HealthCheck health =
                new HealthCheck(Blueprint.LOOPBACK, forward.getLocalPort(), "/livez", "/readyz", Authority.CLUSTER);
        return new Way(forward, ca, tenant, health);
    }

    void closeIdle() {
        ways.closeIdle();
    }

    @Override
    public void close() {
        ways.close();
    }
}
