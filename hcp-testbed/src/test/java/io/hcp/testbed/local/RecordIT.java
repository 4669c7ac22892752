package io.hcp.testbed.local;

import static io.hcp.testbed.local.LocalTestbed.LIMIT;
import static io.hcp.testbed.local.LocalTestbed.SOON;
import static io.hcp.testbed.local.LocalTestbed.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.ControlPlane;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.plan.Plan;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.Kubectl;
import io.hcp.testbed.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is stored about a tenant, by this library and by its first version. */
class RecordIT {
    private static final Pattern PORTS = Pattern.compile("ports:\\s*((?:- \\d+\\s*|\\[[^]]*])+)");

    @RegisterExtension
    static final LocalTestbed TESTBED = new LocalTestbed();

    @Test
    void apply_planOfATenantThatWasMadeMeanwhile_isStale() {
        try (HostedControlPlanes hcp = TESTBED.open()) {
            Plan first = hcp.plan(describe("twice"));
            Plan second = hcp.plan(describe("twice"));
            hcp.apply(first).awaitReady(LIMIT);

            assertThatExceptionOfType(HcpException.class)
                    .isThrownBy(() -> hcp.apply(second))
                    .satisfies(stale -> assertThat(stale.kind()).isEqualTo(ErrorKind.PLAN_STALE));
            hcp.delete("twice").await(SOON);
        }
    }

    /** No id, no served version, no trust bundles; the API server's client of etcd had a fixed name. */
    @Test
    void apply_tenantOfTheFirstVersion_convergesAtOnce() throws IOException {
        Path tenant = TESTBED.tenant("old");
        try (HostedControlPlanes hcp = TESTBED.open()) {
            ControlPlane made = hcp.apply(describe("old")).awaitReady(LIMIT);
            try (Kubectl kubectl = new Kubectl(made.kubeconfig(k -> k.user("tester")))) {
                kubectl.run("create", "configmap", "kept").orThrow();
            }
        }
        String authority = TESTBED.fingerprint("old");
        Path record = tenant.resolve("tenant.yaml");
        Matcher ports = PORTS.matcher(Files.readString(record));
        assertThat(ports.find()).isTrue();
        Files.writeString(record, """
                apiVersion: hcp.io/v1alpha1
                kind: TenantControlPlane
                metadata:
                  name: old
                spec:
                  kubernetes:
                    version: %s
                status:
                  ports: [%s]
                  bootstrapped: true
                  deleting: false
                """.formatted(
                Programs.KUBERNETES_VERSION,
                String.join(
                        ", ", ports.group(1).replaceAll("[^0-9]+", " ").trim().split(" ", -1))));
        for (String bundle : List.of("ca-bundle.crt", "etcd/ca-bundle.crt", "front-proxy-ca-bundle.crt")) {
            Files.delete(tenant.resolve("pki").resolve(bundle));
        }

        try (HostedControlPlanes hcp = TESTBED.open()) {
            ControlPlane raised = hcp.apply(describe("old")).awaitReady(LIMIT);

            assertThat(hcp.plan(describe("old")).steps()).isEmpty();
            assertThat(TESTBED.fingerprint("old")).isEqualTo(authority);
            try (Kubectl kubectl = new Kubectl(raised.kubeconfig(k -> k.user("tester")))) {
                assertThat(kubectl.run("get", "configmap", "kept", "-o", "name").orThrow())
                        .contains("configmap/kept");
            }
            hcp.delete("old").await(SOON);
        }
    }
}
