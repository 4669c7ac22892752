package io.hcp.testbed.local;

import static io.hcp.testbed.local.LocalTestbed.LIMIT;
import static io.hcp.testbed.local.LocalTestbed.SOON;
import static io.hcp.testbed.local.LocalTestbed.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hcp.api.ControlPlane;
import io.hcp.api.model.AuditLevel;
import io.hcp.api.model.EncryptionProvider;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.pki.Credential;
import io.hcp.pki.TlsContexts;
import io.hcp.testbed.Kubectl;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a description asks of Kubernetes is in effect in the running control plane. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FeaturesIT {
    private static final String GATE = "HPAScaleToZero"; // alpha in every catalogued minor, and needs no other gate
    private static final String NAME = "rich";

    @RegisterExtension
    static final LocalTestbed TESTBED = new LocalTestbed();

    private final OidcIssuer issuer = new OidcIssuer();
    private final OidcIssuer stranger = new OidcIssuer();
    private final HostedControlPlanes hcp = TESTBED.open();
    private ControlPlane tenant = hcp.apply(rich());
    private Kubectl kubectl = new Kubectl("");

    FeaturesIT() throws IOException, GeneralSecurityException {}

    private TenantControlPlane rich() {
        return describe(NAME)
                .withControlPlane(plane -> plane.apiServer(server -> server.putExtraArg("max-requests-inflight", "321"))
                        .scheduler(scheduler -> scheduler.putExtraArg("pod-max-in-unschedulable-pods-duration", "4m")))
                .withKubernetes(kubernetes -> kubernetes
                        .putFeatureGate(GATE, true)
                        .admissionPlugins(plugins -> plugins.addEnabled("AlwaysPullImages"))
                        .addJwtIssuer(jwt -> jwt.url(issuer.url())
                                .addAudience(OidcIssuer.AUDIENCE)
                                .certificateAuthority(issuer.authorityPem())
                                .username(username -> username.claim("sub").prefix("oidc:"))
                                .groups(groups -> groups.claim("groups").prefix("oidc:")))
                        .auditPolicy(policy -> policy.addRule(rule -> rule.level(AuditLevel.METADATA)))
                        .encryptionAtRest(encryption -> {}))
                .withNetworkProfile(network -> network.serviceCidrs("10.96.0.0/16", "fd00:10:96::/112")
                        .addCertSan("api.rich.example")
                        .addCertSan("192.0.2.10"))
                .withDataStore(store -> store.etcd(etcd -> etcd.quotaBackendBytes("1Gi")));
    }

    @BeforeAll
    void awaitTenant() {
        tenant.awaitReady(LIMIT);
        kubectl.close();
        kubectl = new Kubectl(tenant.kubeconfig(k -> k.user("tester")));
    }

    @AfterAll
    void close() {
        kubectl.close();
        hcp.delete(NAME).await(SOON);
        hcp.close();
        issuer.close();
        stranger.close();
    }

    @Test
    @Order(1)
    void featureGate_enabled_isInEffect() {
        assertThat(kubectl.run("get", "--raw", "/metrics").orThrow())
                .contains("kubernetes_feature_enabled{name=\"" + GATE + "\",stage=\"ALPHA\"} 1");
        // The API server of a tenant without the gate refuses this.
        kubectl.run("create", "deployment", "idle", "--image=registry.k8s.io/pause:3.10")
                .orThrow();
        String autoscaler = """
                {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "idle"},
                 "spec": {"minReplicas": 0, "maxReplicas": 2,
                          "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "idle"},
                          "metrics": [{"type": "External", "external": {"metric": {"name": "queue"},
                                       "target": {"type": "Value", "value": "1"}}}]}}
                """;
        kubectl.apply(autoscaler).orThrow();
    }

    @Test
    @Order(1)
    void admissionPlugin_enabled_isInEffect() {
        kubectl.run("run", "pulled", "--image=registry.k8s.io/pause:3.10", "--image-pull-policy=Never")
                .orThrow();

        assertThat(kubectl.run("get", "pod", "pulled", "-o", "jsonpath={.spec.containers[0].imagePullPolicy}")
                        .orThrow())
                .isEqualTo("Always");
    }

    @Test
    @Order(1)
    void auditPolicy_set_tellsOfARequest() {
        kubectl.run("create", "configmap", "audited").orThrow();

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(Files.readString(TESTBED.tenant(NAME).resolve("logs/audit.log")))
                                .containsPattern(
                                        "\"verb\":\"create\",\"user\":\\{\"username\":\"tester\"[^\n]*\"name\":\"audited\""));
    }

    @Test
    @Order(1)
    void encryption_set_isOfSecretsAlone() throws Exception {
        kubectl.run("create", "secret", "generic", "hidden", "--from-literal=word=opensesame")
                .orThrow();
        kubectl.run("create", "configmap", "open", "--from-literal=word=opensesame")
                .orThrow();

        assertThat(stored("/registry/secrets/default/hidden"))
                .startsWith("k8s:enc:secretbox:v1:secretbox-1:")
                .doesNotContain("opensesame");
        assertThat(stored("/registry/configmaps/default/open")).contains("opensesame");
    }

    @Test
    @Order(1)
    void token_ofTheIssuer_isAccepted_andOfAnotherIsNot() throws Exception {
        kubectl.run("create", "clusterrolebinding", "oidc", "--clusterrole=view", "--group=oidc:viewers")
                .orThrow();
        String token = issuer.token("jane", List.of("viewers"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get("/api/v1/namespaces/default/pods", token))
                        .isEqualTo(200));
        assertThat(get("/api/v1/namespaces/default/secrets", token)).isEqualTo(403);
        assertThat(get("/api/v1/namespaces/default/pods", stranger.token("jane", List.of("viewers"))))
                .isEqualTo(401);
        assertThat(get("/api/v1/namespaces/default/pods", issuer.token("joe", List.of())))
                .isEqualTo(403);
    }

    @Test
    @Order(1)
    void service_dualStack_hasAnAddressOfEachFamily() {
        kubectl.apply("""
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "both"},
                 "spec": {"ipFamilyPolicy": "RequireDualStack", "ports": [{"port": 80}], "selector": {"app": "x"}}}
                """).orThrow();

        assertThat(kubectl.run("get", "service", "both", "-o", "jsonpath={.spec.clusterIPs}")
                        .orThrow())
                .matches("\\[\"10\\.96\\.\\d+\\.\\d+\",\"fd00:10:96::[0-9a-f]+\"]");
    }

    @Test
    @Order(1)
    void certificate_extraNames_areServed() throws Exception {
        assertThat(servedNames()).contains("api.rich.example", "192.0.2.10", "10.96.0.1", "fd00:10:96:0:0:0:0:1");
    }

    @Test
    @Order(1)
    void kubeletClient_ofTheApiServer_mayUseKubelets() {
        String client = "--as=kube-apiserver-kubelet-client";
        assertThat(kubectl.run("auth", "can-i", "create", "nodes", "--subresource=proxy", client)
                        .output())
                .contains("yes");
        assertThat(kubectl.run("auth", "can-i", "get", "secrets", client).output())
                .contains("no");
    }

    @Test
    @Order(1)
    void extraArguments_set_areInEffect() {
        assertThat(commandLine("kube-apiserver")).contains("--max-requests-inflight=321");
        assertThat(commandLine("kube-scheduler")).contains("--pod-max-in-unschedulable-pods-duration=4m");
        assertThat(commandLine("etcd")).contains("--quota-backend-bytes=1073741824");
    }

    /** Last, since it changes the tenant: a name is added while the API server runs, and encryption is exchanged. */
    @Test
    @Order(2)
    void changedDescription_isInEffect_andWhatWasEncryptedStaysReadable() {
        long before = LocalTestbed.pid(TESTBED.tenant(NAME), "etcd");
        tenant = hcp.apply(rich().withNetworkProfile(network -> network.addCertSan("second.rich.example"))
                        .withKubernetes(kubernetes -> kubernetes.encryptionAtRest(
                                e -> e.provider(EncryptionProvider.AESGCM).addResource("configmaps"))))
                .awaitReady(SOON);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(servedNames()).contains("api.rich.example", "second.rich.example"));
        assertThat(word("secret", "hidden")).isEqualTo("b3BlbnNlc2FtZQ==");
        kubectl.run("create", "configmap", "closed", "--from-literal=word=opensesame")
                .orThrow();
        assertThat(stored("/registry/configmaps/default/closed")).startsWith("k8s:enc:aesgcm:v1:aesgcm-1:");
        assertThat(LocalTestbed.pid(TESTBED.tenant(NAME), "etcd"))
                .as("etcd ran on")
                .isEqualTo(before);

        tenant = hcp.apply(rich().withKubernetes(kubernetes -> kubernetes.encryptionAtRest(Optional.empty())))
                .awaitReady(SOON);

        assertThat(word("secret", "hidden")).isEqualTo("b3BlbnNlc2FtZQ==");
        assertThat(word("configmap", "closed")).isEqualTo("opensesame");
        kubectl.run("create", "secret", "generic", "clear", "--from-literal=word=opensesame")
                .orThrow();
        assertThat(stored("/registry/secrets/default/clear")).contains("opensesame");
    }

    private String word(String kind, String name) {
        return kubectl.run("get", kind, name, "-o", "jsonpath={.data.word}").orThrow();
    }

    private int get(String path, String token) {
        try {
            // Not HTTP/2: the API server takes its leave of clients that it does not know.
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(TlsContexts.client(authority("ca")))
                    .build();
            HttpRequest request = HttpRequest.newBuilder(tenant.endpoint().resolve(path))
                    .header("Authorization", "Bearer " + token)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks etcd itself, by its JSON gateway, for what it holds. */
    private String stored(String key) {
        try {
            Credential identity = Credential.parse(pem("apiserver-etcd-client.crt"), pem("apiserver-etcd-client.key"));
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(TlsContexts.client(authority("etcd/ca"), identity))
                    .build();
            String etcd = commandLine("etcd").stream()
                    .filter(word -> word.startsWith("--listen-client-urls="))
                    .map(word -> word.substring(word.indexOf('=') + 1))
                    .findFirst()
                    .orElseThrow();
            String body =
                    "{\"key\": \"" + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)) + "\"}";
            HttpRequest request = HttpRequest.newBuilder(URI.create(etcd + "/v3/kv/range"))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            String answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            String value = answer.replaceAll("(?s).*\"value\": ?\"([^\"]*)\".*", "$1");
            return new String(Base64.getDecoder().decode(value), StandardCharsets.ISO_8859_1);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> servedNames() throws IOException, GeneralSecurityException {
        SSLContext context = TlsContexts.client(authority("ca"));
        try (Socket socket = context.getSocketFactory()
                .createSocket("127.0.0.1", tenant.endpoint().getPort())) {
            SSLSocket tls = (SSLSocket) socket;
            tls.startHandshake();
            X509Certificate served = (X509Certificate) tls.getSession().getPeerCertificates()[0];
            return served.getSubjectAlternativeNames().stream()
                    .map(name -> name.get(1).toString())
                    .toList();
        }
    }

    private List<String> commandLine(String component) {
        long pid = LocalTestbed.pid(TESTBED.tenant(NAME), component);
        try {
            return List.of(Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .split("\0", -1));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate authority(String path) {
        return Credential.parse(pem(path + ".crt"), pem(path + ".key")).certificate();
    }

    private String pem(String file) {
        try {
            return Files.readString(TESTBED.tenant(NAME).resolve("pki").resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
