package io.hcp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.AuditLevel;
import io.hcp.api.model.AuditPolicy;
import io.hcp.api.model.AuditResources;
import io.hcp.api.model.AuditStage;
import io.hcp.api.model.EncryptionAtRest;
import io.hcp.api.model.EncryptionProvider;
import io.hcp.api.model.ExposureType;
import io.hcp.api.model.ImagePullPolicy;
import io.hcp.api.model.KeyAlgorithm;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.model.TokenRule;
import io.hcp.core.fixture.Goldens;
import io.hcp.core.fixture.SpecGenerator;
import io.hcp.core.fixture.Tenants;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestsTest {
    private static final TenantControlPlane PLAIN = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.36.3")
            .build();

    @Test
    void toYaml_everyField_isAResource() {
        TenantControlPlane full = full();

        Goldens.assertMatches(ManifestsTest.class, "full.yaml", Manifests.toYaml(full));
        Goldens.assertMatches(ManifestsTest.class, "full.json", Manifests.toJson(full));
        assertThat(Manifests.read(Manifests.toYaml(full))).isEqualTo(full);
        assertThat(Manifests.read(Manifests.toJson(full))).isEqualTo(full);
    }

    @Test
    void toYaml_onlyWhatIsRequired_hasNothingElse() {
        assertThat(Manifests.toYaml(PLAIN)).isEqualTo("""
                apiVersion: hcp.io/v1alpha1
                kind: TenantControlPlane
                metadata:
                  name: acme
                spec:
                  kubernetes:
                    version: 1.36.3
                """);
    }

    /** Present and empty is not absent: the one logs nothing, the other has no log. */
    @Test
    void toYaml_emptyGroupThatMayBeAbsent_isKept() {
        TenantControlPlane tenant =
                PLAIN.withKubernetes(k -> k.auditPolicy(AuditPolicy.builder().build())
                        .encryptionAtRest(EncryptionAtRest.builder().build()));

        assertThat(Manifests.toYaml(tenant)).endsWith("    auditPolicy: {}\n    encryptionAtRest: {}\n");
        assertThat(Manifests.read(Manifests.toYaml(tenant))).isEqualTo(tenant);
    }

    @Test
    void read_jsonAndNullsAndEmptyGroups_areAccepted() {
        assertThat(Manifests.read("""
                {
                \t"apiVersion": "hcp.io/v1alpha1", "kind": "TenantControlPlane",
                \t"metadata": {"name": "\\u0061cme"},
                \t"spec": {"kubernetes": {"version": "v1.36.3", "featureGates": {}}, "pki": null, "networkProfile": {}}
                }
                """)).isEqualTo(PLAIN);
    }

    @Test
    void read_manyProblems_namesAllWithRemedies() {
        assertProblems(
                """
                apiVersion: hcp.io/v1
                kind: TenantControlPlane
                metadata: {}
                spec:
                  controlplane: {}
                  kubernetes:
                    version: 1.36
                  networkProfile:
                    port: "6443"
                    exposure: Loadbalancer
                    serviceCidrs: [10.96.0.0/12, 10.97.0.0/12, 7]
                  pki: [a]
                """,
                new Problem("UnknownValue", "apiVersion", "hcp.io/v1", "write hcp.io/v1alpha1"),
                new Problem("Required", "metadata.name", "", "write a value"),
                new Problem(
                        "UnknownField",
                        "spec.controlplane",
                        "controlplane",
                        "did you mean controlPlane? the fields here are tenantId, controlPlane, kubernetes, networkProfile,"
                                + " dataStore, pki, lifecycle"),
                new Problem(
                        "WrongType",
                        "spec.kubernetes.version",
                        "1.36",
                        "write a released version as MAJOR.MINOR.PATCH, for example 1.36.3; YAML takes MAJOR.MINOR for a"
                                + " number"),
                new Problem(
                        "UnknownValue",
                        "spec.networkProfile.exposure",
                        "Loadbalancer",
                        "did you mean LoadBalancer? use one of LoadBalancer, NodePort, ClusterIP"),
                new Problem("WrongType", "spec.networkProfile.port", "6443", "write a whole number, without quotes"),
                new Problem(
                        "CidrHostBits",
                        "spec.networkProfile.serviceCidrs[1]",
                        "10.97.0.0/12",
                        "write the first address of the range: 10.96.0.0/12"),
                new Problem("WrongType", "spec.networkProfile.serviceCidrs[2]", "7", "write text: put it in quotes"),
                new Problem(
                        "WrongType",
                        "spec.pki",
                        "(list)",
                        "write fields: keyAlgorithm, leafValidity, authorityValidity, authorities"));
    }

    @Test
    void read_keysTwice_namesEachAtItsPath() {
        assertProblems(
                """
                metadata: {name: a, name: b}
                spec:
                  networkProfile: {}
                  x: [{y: 1, y: 2}]
                  networkProfile: {}
                """,
                new Problem("DuplicateKey", "metadata.name", "name", "write it once"),
                new Problem("DuplicateKey", "spec.x[0].y", "y", "write it once"),
                new Problem("DuplicateKey", "spec.networkProfile", "networkProfile", "write it once"));
    }

    @Test
    void read_noYaml_namesThePlaceAndQuotesNothing() {
        assertProblems(
                "spec: {password: \"secret",
                new Problem(
                        "YamlInvalid", "", "line 1, column 25", "correct the YAML: found unexpected end of stream"));
    }

    @Test
    void read_severalDocumentsOrBombs_areRefused() {
        assertCodes("a: 1\n---\nb: 2\n", "YamlInvalid");
        assertCodes("a: &a [x]\n" + "b: [" + "*a,".repeat(60) + "]\n", "YamlInvalid");
        assertCodes("&a {? *a : 1}", "YamlInvalid");
        assertCodes("x: !!java/object a\n", "YamlInvalid");
        assertCodes("[".repeat(20_000), "YamlInvalid");
        assertCodes("", "WrongType");
        assertCodes("just text", "WrongType");
    }

    @Test
    void read_privateKeyAnywhere_isNotRepeated() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> Manifests.read("""
                        apiVersion: hcp.io/v1alpha1
                        kind: TenantControlPlane
                        metadata: {name: acme}
                        spec:
                          kubernetes: {version: 1.36.3}
                          networkProfile:
                            address: "-----BEGIN PRIVATE KEY-----\\nc2VjcmV0\\n-----END PRIVATE KEY-----"
                        """))
                .withMessageContaining("AddressInvalid: spec.networkProfile.address is \"(private key)\"")
                .withMessageNotContaining("c2VjcmV0");
    }

    private static void assertProblems(String yaml, Problem... expected) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> Manifests.read(yaml))
                .satisfies(invalid -> assertThat(invalid.problems()).containsExactly(expected));
    }

    private static void assertCodes(String yaml, String... codes) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> Manifests.read(yaml))
                .satisfies(invalid ->
                        assertThat(invalid.problems()).extracting(Problem::code).containsExactly(codes));
    }

    private static TenantControlPlane full() {
        return TenantControlPlane.builder()
                .name("acme")
                .kubernetesVersion("1.36.3")
                .tenantId("t12345678")
                .controlPlane(c -> c.replicas(3)
                        .apiServer(a -> a.putExtraArg("profiling", "false").putExtraArg("max-requests-inflight", "800"))
                        .controllerManager(a -> a.putExtraArg("v", "2"))
                        .scheduler(a -> a.putExtraArg("v", "4")
                                .resources(r -> r.requests(q -> q.cpu("250m").memory("512Mi"))
                                        .limits(q -> q.cpu("1.5").memory("1Gi"))))
                        .pods(Tenants::everyPodField)
                        .registrySettings(r -> r.registry("registry.example.com/mirror")
                                .imagePullPolicy(ImagePullPolicy.ALWAYS)
                                .addImagePullSecret("pull"))
                        .startupTimeout(Duration.ofMinutes(10)))
                .kubernetes(k -> k.putFeatureGate("HPAScaleToZero", true)
                        .admissionPlugins(p -> p.addEnabled("AlwaysPullImages").addDisabled("DefaultStorageClass"))
                        .addJwtIssuer(i -> i.url("https://issuer.example.com")
                                .discoveryUrl("https://issuer.example.com/internal")
                                .addAudiences("hcp", "acme")
                                .certificateAuthority(SpecGenerator.CERTIFICATE)
                                .username(m -> m.claim("sub").prefix(""))
                                .groups(m -> m.expression("claims.roles"))
                                .addClaimValidationRules(TokenRule.builder()
                                        .claim("hd")
                                        .requiredValue("example.com")
                                        .build())
                                .addUserValidationRules(TokenRule.builder()
                                        .expression("!user.username.startsWith('system:')")
                                        .message("reserved")
                                        .build()))
                        .auditPolicy(a -> a.omitManagedFields(true)
                                .addOmitStage(AuditStage.REQUEST_RECEIVED)
                                .addRule(r -> r.level(AuditLevel.NONE).addNonResourceUrls("/healthz*", "/version"))
                                .addRule(r -> r.level(AuditLevel.REQUEST_RESPONSE)
                                        .addUser("jane")
                                        .addUserGroup("ops")
                                        .addVerbs("update", "create")
                                        .addNamespace("kube-system")
                                        .addOmitStage(AuditStage.PANIC)
                                        .omitManagedFields(false)
                                        .addResources(AuditResources.builder()
                                                .group("apps")
                                                .addResource("deployments")
                                                .addResourceName("web")
                                                .build())))
                        .encryptionAtRest(
                                e -> e.provider(EncryptionProvider.AESGCM).addResources("secrets", "configmaps")))
                .networkProfile(n -> n.exposure(ExposureType.LOAD_BALANCER)
                        .loadBalancerClass("example.com/internal")
                        .loadBalancerSourceRanges("203.0.113.0/24")
                        .putServiceLabel("team", "platform")
                        .putServiceAnnotation("metallb.io/address-pool", "tenants")
                        .address("192.0.2.1")
                        .port(6443)
                        .addCertSans("b.example.com", "a.example.com")
                        .serviceCidrs("10.96.0.0/16", "fd00:1::/112")
                        .podCidrs("10.244.0.0/16", "fd00:2::/56")
                        .clusterDomain("cluster.local")
                        .dnsServiceIps("10.96.0.10", "fd00:1::a"))
                .dataStore(d -> d.etcd(e -> e.quotaBackendBytes("8Gi")
                        .heartbeatInterval(Duration.ofMillis(100))
                        .electionTimeout(Duration.ofSeconds(1))
                        .snapshotCount(10_000)
                        .putExtraArg("log-level", "warn")
                        .members(3)
                        .resources(r -> r.requests(q -> q.cpu("100m")))
                        .storage(s -> s.size("40Gi").storageClassName("fast"))
                        .pods(p -> p.putNodeSelector("example.com/pool", "stores"))))
                .pki(p -> p.keyAlgorithm(KeyAlgorithm.RSA_3072)
                        .leafValidity(Duration.ofDays(90))
                        .authorityValidity(Duration.ofDays(3650))
                        .authorities(a ->
                                a.cluster("acme-ca").frontProxy("acme-front").etcd("acme-etcd")))
                .build();
    }

    @Test
    void read_textThatTheParserFallsOver_isAProblemWithoutTheText() {
        for (String text :
                List.of("{\"kind\": \"\\Uffffffff\"}", "kind: *SECRET", "kind: !SECRET x", "a".repeat(2_000_000))) {
            assertThatExceptionOfType(InvalidSpecException.class)
                    .isThrownBy(() -> Manifests.read(text))
                    .withMessageContaining("YamlInvalid")
                    .withMessageNotContaining("SECRET");
        }
    }

    @Test
    void read_privateKeyAsAKey_isNotRepeated() {
        String text = "{spec: {kubernetes: {featureGates: {\"-----BEGIN EC PRIVATE KEY-----MHcSECRET\": 3}}}}";

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> Manifests.read(text))
                .withMessageContaining("(private key)")
                .withMessageNotContaining("SECRET");
    }
}
