package io.hcp.testbed.local;

import static io.hcp.testbed.local.LocalTestbed.LIMIT;
import static io.hcp.testbed.local.LocalTestbed.SOON;
import static io.hcp.testbed.local.LocalTestbed.describe;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.ControlPlane;
import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.Kubectl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A tenant whose data outlives it. */
class RetainIT {
    private static final TenantControlPlane KEPT =
            describe("kept").withLifecycle(l -> l.deletionPolicy(DeletionPolicy.RETAIN));

    @RegisterExtension
    static final LocalTestbed TESTBED = new LocalTestbed();

    @Test
    void deletedTenant_appliedWithItsId_isAsItWas() {
        try (HostedControlPlanes hcp = TESTBED.open()) {
            ControlPlane first = hcp.apply(KEPT).awaitReady(LIMIT);
            TenantControlPlane again = KEPT.withTenantId(first.spec().tenantId().orElseThrow());
            String authority = TESTBED.fingerprint("kept");
            try (Kubectl kubectl = new Kubectl(first.kubeconfig(k -> k.user("tester")))) {
                kubectl.run("create", "configmap", "memory", "--from-literal=word=value")
                        .orThrow();

                hcp.delete("kept").await(SOON);

                assertThat(LocalTestbed.processes(TESTBED.directory())).isEmpty();
                assertThat(TESTBED.tenant("kept")).doesNotExist();
                assertThat(hcp.list()).isEmpty();
                assertThat(hcp.plan(KEPT).steps()).noneMatch(step -> step.id().equals("bring back data"));

                hcp.apply(again).awaitReady(SOON);

                assertThat(kubectl.run("get", "configmap", "memory", "-o", "jsonpath={.data.word}")
                                .orThrow())
                        .isEqualTo("value");
            }
            assertThat(TESTBED.fingerprint("kept")).isEqualTo(authority);
            assertThat(hcp.plan(again).isEmpty()).isTrue();
            hcp.apply(again.withLifecycle(l -> l.deletionPolicy(DeletionPolicy.DELETE)))
                    .awaitReady(SOON);
            hcp.delete("kept").await(SOON);
        }
        assertThat(TESTBED.directory().resolve("retained"))
                .satisfiesAnyOf(
                        left -> assertThat(left).doesNotExist(),
                        left -> assertThat(left).isEmptyDirectory());
    }
}
