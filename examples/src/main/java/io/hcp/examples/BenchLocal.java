package io.hcp.examples;

import io.hcp.testbed.bench.LocalBench;
import java.time.Duration;
import java.util.Locale;

/** Measures the local backend on this machine; the argument is the number of rounds, 5 by default. */
public final class BenchLocal {
    private BenchLocal() {}

    /**
     * Runs the benchmark.
     *
     * @param arguments the number of rounds
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        System.out.println("From apply to ready:");
        System.out.println(LocalBench.start(rounds).describe("apply, with certificates", "bare script, same flags"));
        System.out.println("Certificates of a tenant:");
        System.out.println(LocalBench.pki(rounds).describe("TenantPki.create", "kubeadm init phase certs all"));
        System.out.println("Five idle tenants:");
        LocalBench.Idle idle = LocalBench.idle(5, Duration.ofSeconds(30));
        System.out.printf(Locale.ROOT, "  this JVM          %6.2f %% of a core%n", 100 * idle.jvmShare());
        System.out.printf(Locale.ROOT, "  each tenant       %6.2f %% of a core%n", 100 * idle.tenantShare());
        System.out.printf(Locale.ROOT, "  each tenant       %6.0f MiB resident%n", idle.tenantMebibytes());
    }
}
