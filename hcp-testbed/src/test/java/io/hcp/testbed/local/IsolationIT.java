package io.hcp.testbed.local;

import static io.hcp.testbed.local.LocalTestbed.LIMIT;
import static io.hcp.testbed.local.LocalTestbed.describe;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.core.HostedControlPlanes;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.spec.TenantYaml;
import io.hcp.pki.ApiServerNames;
import io.hcp.pki.Authority;
import io.hcp.pki.CertificateSettings;
import io.hcp.pki.Credential;
import io.hcp.pki.KubernetesCertificates;
import io.hcp.pki.LeafDefinition;
import io.hcp.pki.PkiDirectory;
import io.hcp.pki.TenantPki;
import io.hcp.pki.TlsContexts;
import io.hcp.testbed.Kubectl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two tenants at once: nothing that one of them has is worth anything at the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationIT {
    private static final List<LeafDefinition> LEAVES =
            KubernetesCertificates.definitions(CertificateSettings.of(new ApiServerNames(List.of(), List.of())));
    private static final String NOBODY = "none";

    @RegisterExtension
    static final LocalTestbed TESTBED = new LocalTestbed();

    private final HostedControlPlanes hcp = TESTBED.open();

    @BeforeAll
    void createBoth() {
        var red = hcp.apply(describe("red"));
        var blue = hcp.apply(describe("blue"));
        red.awaitReady(LIMIT);
        blue.awaitReady(LIMIT);
    }

    @AfterAll
    void removeBoth() {
        hcp.delete("red").await(LocalTestbed.SOON);
        hcp.delete("blue").await(LocalTestbed.SOON);
        hcp.close();
    }

    /** One tenant with all it has. */
    private record Tenant(String name, TenantPki pki, TenantRecord record) {
        static Tenant of(String name) {
            try {
                return new Tenant(
                        name,
                        PkiDirectory.at(TESTBED.tenant(name).resolve("pki")).load(LEAVES),
                        TenantYaml.read(Files.readString(TESTBED.tenant(name).resolve("tenant.yaml"))));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        SSLContext trusting(Authority authority, String leaf) {
            return leaf.equals(NOBODY)
                    ? TlsContexts.client(pki.authority(authority).certificate())
                    : TlsContexts.client(pki.authority(authority).certificate(), pki.leaf(leaf));
        }
    }

    static Stream<List<String>> pairs() {
        return Stream.of(List.of("red", "blue"), List.of("blue", "red"));
    }

    static Stream<List<String>> certificatesAndPairs() {
        return LEAVES.stream()
                .map(LeafDefinition::path)
                .flatMap(leaf -> pairs().map(pair -> List.of(leaf, pair.get(0), pair.get(1))));
    }

    @ParameterizedTest
    @MethodSource("certificatesAndPairs")
    void certificate_ofOneTenant_isRefusedByEveryComponentOfTheOther(List<String> attempt) {
        Credential stolen = Tenant.of(attempt.get(1)).pki().leaf(attempt.get(0));
        Tenant victim = Tenant.of(attempt.get(2));
        SSLContext cluster =
                ForcedIdentity.tls(victim.pki().authority(Authority.CLUSTER).certificate(), stolen);
        SSLContext etcd =
                ForcedIdentity.tls(victim.pki().authority(Authority.ETCD).certificate(), stolen);

        assertThat(ask(cluster, victim.record().ports().apiServer(), "/api/v1/namespaces/default/secrets"))
                .isEqualTo("401");
        assertThat(ask(cluster, victim.record().ports().controllerManager(), "/metrics"))
                .isEqualTo("401");
        assertThat(ask(cluster, victim.record().ports().scheduler(), "/metrics"))
                .isEqualTo("401");
        assertThat(ask(etcd, victim.record().ports().etcdClient(), "/version")).startsWith("refused");
        assertThat(ask(etcd, victim.record().ports().etcdPeer(), "/members")).startsWith("refused");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void certificate_atItsOwnTenant_isAccepted(List<String> pair) {
        Tenant own = Tenant.of(pair.get(0));

        assertThat(ask(
                        own.trusting(Authority.ETCD, "apiserver-etcd-client"),
                        own.record().ports().etcdClient(),
                        "/version"))
                .isEqualTo("200");
        assertThat(ask(
                        own.trusting(Authority.ETCD, "etcd/peer"),
                        own.record().ports().etcdPeer(),
                        "/members"))
                .isEqualTo("200");
        assertThat(ask(
                        own.trusting(Authority.CLUSTER, "scheduler"),
                        own.record().ports().apiServer(),
                        "/api/v1/nodes"))
                .isEqualTo("200");
        assertThat(ask(
                        own.trusting(Authority.CLUSTER, NOBODY),
                        own.record().ports().etcdClient(),
                        "/version"))
                .as("the etcd certificate is not from the cluster CA")
                .startsWith("refused");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void authority_ofOneTenant_vouchesForNoServerOfTheOther(List<String> pair) {
        Tenant own = Tenant.of(pair.get(0));
        Tenant other = Tenant.of(pair.get(1));

        assertThat(ask(
                        own.trusting(Authority.CLUSTER, NOBODY),
                        own.record().ports().apiServer(),
                        "/readyz"))
                .isEqualTo("200");
        for (Authority authority : Authority.values()) {
            for (int port : other.record().ports().asList()) {
                assertThat(ask(own.trusting(authority, NOBODY), port, "/readyz"))
                        .as("%s of %s at port %d of %s", authority, own.name(), port, other.name())
                        .startsWith("refused");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void token_ofOneTenant_isRefusedByTheOther(List<String> pair) {
        String kubeconfig = hcp.get(pair.get(0)).orElseThrow().kubeconfig(k -> {});
        try (Kubectl kubectl = new Kubectl(kubeconfig)) {
            String token = kubectl.run("create", "token", "default").orThrow().trim();

            assertThat(askWithToken(Tenant.of(pair.get(0)), token))
                    .as("at home: known, without rights")
                    .isEqualTo("403");
            assertThat(askWithToken(Tenant.of(pair.get(1)), token))
                    .as("elsewhere: unknown")
                    .isEqualTo("401");
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void frontProxyCertificate_ofOneTenant_impersonatesNobodyAtTheOther(List<String> pair) {
        Tenant own = Tenant.of(pair.get(0));
        Tenant other = Tenant.of(pair.get(1));

        assertThat(askAsProxy(own, own)).as("at home it may name any user").isEqualTo("200");
        assertThat(askAsProxy(own, other)).isEqualTo("401");
    }

    private static String askAsProxy(Tenant thief, Tenant victim) {
        SSLContext tls = ForcedIdentity.tls(
                victim.pki().authority(Authority.CLUSTER).certificate(),
                thief.pki().leaf("front-proxy-client"));
        HttpRequest.Builder request = request(victim.record().ports().apiServer(), "/api/v1/nodes")
                .header("X-Remote-User", "boss")
                .header("X-Remote-Group", "system:masters");
        return send(tls, request);
    }

    private static String askWithToken(Tenant tenant, String token) {
        HttpRequest.Builder request = request(tenant.record().ports().apiServer(), "/api/v1/nodes")
                .header("Authorization", "Bearer " + token);
        return send(tenant.trusting(Authority.CLUSTER, NOBODY), request);
    }

    private static String ask(SSLContext tls, int port, String path) {
        return send(tls, request(port, path));
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path));
    }

    /** The status code, or {@code refused} and why. */
    private static String send(SSLContext tls, HttpRequest.Builder request) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .build();
        try {
            return Integer.toString(client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode());
        } catch (IOException e) {
            return "refused: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
