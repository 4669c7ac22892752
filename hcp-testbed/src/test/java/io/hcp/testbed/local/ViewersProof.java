package io.hcp.testbed.local;

import static io.hcp.testbed.local.LocalTestbed.LIMIT;
import static io.hcp.testbed.local.LocalTestbed.SOON;
import static io.hcp.testbed.local.LocalTestbed.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hcp.api.ControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.Kubectl;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

@Proof(
        name = "viewers-kubeconfig",
        shows =
                "a kubeconfig for a group and ten minutes does what RBAC gives the group, and nothing after ten minutes",
        minutes = 12,
        programs = "kubectl")
class ViewersProof {
    private static final Duration VALIDITY = Duration.ofMinutes(10);

    @RegisterExtension
    static final LocalTestbed TESTBED = new LocalTestbed();

    @Test
    void tenMinutes(TestReporter reporter) {
        try (HostedControlPlanes hcp = TESTBED.open()) {
            ControlPlane acme = hcp.apply(describe("acme")).awaitReady(LIMIT);
            Instant issued = Instant.now();
            try (Kubectl admin = new Kubectl(acme.kubeconfig(k -> {}));
                    Kubectl viewer = new Kubectl(acme.kubeconfig(
                            k -> k.user("jane").addGroup("viewers").validFor(VALIDITY)))) {
                assertThat(viewer.run("get", "pods").output()).contains("User \"jane\" cannot list resource \"pods\"");
                admin.run("create", "clusterrolebinding", "viewers", "--clusterrole=view", "--group=viewers")
                        .orThrow();
                await().atMost(SOON).until(() -> viewer.run("get", "pods").exitCode() == 0);
                assertThat(viewer.run("get", "secrets").output()).contains("cannot list resource \"secrets\"");
                assertThat(viewer.run("delete", "configmap", "kube-root-ca.crt").output())
                        .contains("cannot delete resource \"configmaps\"");

                await().atMost(VALIDITY.plus(SOON))
                        .pollInterval(Duration.ofSeconds(2))
                        .until(() ->
                                viewer.run("get", "pods").output().contains("You must be logged in to the server"));
                Duration worked = Duration.between(issued, Instant.now());
                assertThat(worked).isBetween(VALIDITY.minusSeconds(5), VALIDITY.plusSeconds(15));
                assertThat(admin.run("get", "pods").exitCode()).isZero();
                Figure.publish(
                        reporter,
                        "list pods: yes; list secrets, delete: no; refused after " + worked.toSeconds() + " s");
            }
            hcp.delete("acme").await(SOON);
        }
    }
}
