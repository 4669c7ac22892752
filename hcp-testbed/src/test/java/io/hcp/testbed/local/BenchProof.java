package io.hcp.testbed.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.testbed.bench.LocalBench;
import io.hcp.testbed.bench.Ratio;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

@Proof(
        name = "local-bench",
        shows = "a tenant starts about as fast as a bare script, certificates beat kubeadm, an idle JVM costs nothing",
        minutes = 10,
        programs = "kubeadm")
class BenchProof {
    @Test
    void start_besideABareScript(TestReporter reporter) throws Exception {
        Ratio ratio = LocalBench.start(7);
        System.out.println(ratio.describe("apply to ready, with certificates", "bare script, same programs and flags"));
        Figure.publish(reporter, String.format(Locale.ROOT, "start %.2f of a bare script", ratio.ofMedians()));
        assertThat(ratio.ofMedians()).isLessThanOrEqualTo(1.15);
    }

    @Test
    void certificates_besideKubeadm(TestReporter reporter) throws Exception {
        Ratio ratio = LocalBench.pki(7);
        System.out.println(ratio.describe("certificates of a tenant", "kubeadm init phase certs all"));
        Figure.publish(reporter, String.format(Locale.ROOT, "certificates %.3f of kubeadm", ratio.ofMedians()));
        assertThat(ratio.ofMedians()).isLessThanOrEqualTo(0.2);
    }

    @Test
    void idle_fiveTenants(TestReporter reporter) throws Exception {
        LocalBench.Idle idle = LocalBench.idle(5, Duration.ofSeconds(60));
        System.out.printf(
                Locale.ROOT,
                "  %d idle tenants: this JVM %.2f %% of a core; each tenant %.1f %% of a core, %.0f MiB resident%n",
                idle.tenants(),
                100 * idle.jvmShare(),
                100 * idle.tenantShare(),
                idle.tenantMebibytes());
        Figure.publish(reporter, String.format(Locale.ROOT, "idle JVM %.2f %% of a core", 100 * idle.jvmShare()));
        assertThat(idle.jvmShare()).isLessThan(0.01);
    }
}
