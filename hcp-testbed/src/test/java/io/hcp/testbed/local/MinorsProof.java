package io.hcp.testbed.local;

import static io.hcp.testbed.local.LocalTestbed.LIMIT;
import static io.hcp.testbed.local.LocalTestbed.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.ControlPlane;
import io.hcp.api.model.AuditLevel;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.Kubectl;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

@Proof(
        name = "minors",
        shows =
                "tenants of every catalogued minor with all that a description can ask for, and one raised through them all",
        minutes = 10,
        programs = "kubectl",
        releases = {"1.34.4", "1.35.4", "1.37.2"})
class MinorsProof {
    private static final List<String> VERSIONS = List.of("1.34.4", "1.35.4", "1.36.3", "1.37.2");
    private static final String GATE = "HPAScaleToZero";

    @RegisterExtension
    static final LocalTestbed TESTBED = new LocalTestbed();

    private static TenantControlPlane describe(String version) {
        return TenantControlPlane.builder()
                .name("raised")
                .kubernetesVersion(version)
                .kubernetes(k -> k.putFeatureGate(GATE, true)
                        .addJwtIssuer(issuer ->
                                issuer.url("https://login.example.com").addAudience("raised"))
                        .auditPolicy(policy -> policy.addRule(rule -> rule.level(AuditLevel.METADATA)))
                        .encryptionAtRest(e -> {}))
                .networkProfile(n -> n.serviceCidrs("10.96.0.0/16", "fd00:10:96::/112"))
                .build();
    }

    @Test
    void oneTenantThroughAllMinors(TestReporter reporter) throws Exception {
        try (HostedControlPlanes hcp = TESTBED.open()) {
            String authority = "";
            for (String version : VERSIONS) {
                ControlPlane tenant = hcp.apply(describe(version)).awaitReady(LIMIT);
                try (Kubectl kubectl = new Kubectl(tenant.kubeconfig(k -> k.user("tester")))) {
                    assertThat(kubectl.run("version").orThrow()).contains("Server Version: v" + version);
                    assertThat(kubectl.run("get", "--raw", "/metrics").orThrow())
                            .containsPattern("kubernetes_feature_enabled\\{name=\"" + GATE + "\",stage=\"[A-Z]*\"} 1");
                    kubectl.run("create", "secret", "generic", "from-" + version, "--from-literal=word=" + version)
                            .orThrow();
                    for (String earlier : VERSIONS.subList(0, VERSIONS.indexOf(version) + 1)) {
                        assertThat(kubectl.run("get", "secret", "from-" + earlier, "-o", "name")
                                        .orThrow())
                                .contains("secret/from-" + earlier);
                    }
                }
                assertThat(authority).isIn("", TESTBED.fingerprint("raised"));
                authority = TESTBED.fingerprint("raised");
                assertThat(Files.readString(TESTBED.tenant("raised").resolve("logs/audit.log")))
                        .contains("from-" + version);
                System.out.println("  Kubernetes " + version + ": ready, with the secrets of all earlier ones");
            }
            hcp.delete("raised").await(SOON);
        }
        Figure.publish(reporter, "one tenant from " + VERSIONS.get(0) + " to " + VERSIONS.get(3) + ", nothing lost");
    }
}
