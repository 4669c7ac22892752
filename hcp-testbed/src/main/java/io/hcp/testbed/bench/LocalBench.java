package io.hcp.testbed.bench;

import io.hcp.api.ControlPlane;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.pki.ApiServerNames;
import io.hcp.pki.CertificateSettings;
import io.hcp.pki.KubernetesCertificates;
import io.hcp.pki.LeafDefinition;
import io.hcp.pki.TenantPki;
import io.hcp.testbed.CommandLine;
import io.hcp.testbed.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures the local backend. */
public final class LocalBench {
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(40);
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final double NANOS = 1e9;

    private LocalBench() {}

    private static TenantControlPlane tenant(String name) {
        return TenantControlPlane.builder()
                .name(name)
                .kubernetesVersion(Programs.KUBERNETES_VERSION)
                .build();
    }

    /**
     * Measures {@code apply} until ready, certificates included, beside {@link BareControlPlane the floor}.
     *
     * @param rounds how many of each, in turns, after one of each that does not count
     * @return seconds
     * @throws IOException if the floor cannot be set up
     */
    public static Ratio start(int rounds) throws IOException {
        Path directory = Files.createTempDirectory("hcp-bench-").toRealPath();
        Path bare = Files.createDirectory(directory.resolve("bare"));
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        try (HostedControlPlanes hcp = HostedControlPlanes.local(o -> o.dataDirectory(directory))) {
            hcp.apply(tenant("bench")).awaitReady(BUILD_LIMIT);
            BareControlPlane floor = BareControlPlane.like(directory.resolve("tenants/bench"), bare);
            hcp.delete("bench").await(LIMIT);
            double unused = floor.secondsToReady();
            for (int round = 0; round < rounds; round++) {
                long begun = System.nanoTime();
                hcp.apply(tenant("bench")).awaitReady(LIMIT);
                ours.add((System.nanoTime() - begun) / NANOS);
                hcp.delete("bench").await(LIMIT);
                theirs.add(floor.secondsToReady());
            }
        } finally {
            remove(directory);
        }
        return new Ratio(ours, theirs);
    }

    /**
     * Measures making a tenant's authorities, certificates and keys beside {@code kubeadm init phase certs all}.
     *
     * @param rounds how many of each, in turns, after one of each that does not count
     * @return seconds
     * @throws IOException if kubeadm cannot be run
     */
    public static Ratio pki(int rounds) throws IOException {
        Path directory = Files.createTempDirectory("hcp-bench-").toRealPath();
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        try {
            double unusedOurs = secondsForPki();
            double unusedTheirs = secondsForKubeadm(directory.resolve("warm-up"));
            for (int round = 0; round < rounds; round++) {
                ours.add(secondsForPki());
                theirs.add(secondsForKubeadm(directory.resolve("round-" + round)));
            }
        } finally {
            remove(directory);
        }
        return new Ratio(ours, theirs);
    }

    private static double secondsForPki() {
        List<LeafDefinition> leaves = KubernetesCertificates.definitions(
                CertificateSettings.of(new ApiServerNames(List.of("localhost"), List.of("127.0.0.1", "10.96.0.1"))));
        long begun = System.nanoTime();
        TenantPki pki = TenantPki.create(leaves, Clock.systemUTC());
        double seconds = (System.nanoTime() - begun) / NANOS;
        if (pki.leaf("apiserver").certificatePem().isEmpty()) {
            throw new IllegalStateException("no certificate was made");
        }
        return seconds;
    }

    private static double secondsForKubeadm(Path directory) {
        List<String> command = List.of(
                Programs.provide("kubeadm").toString(),
                "init",
                "phase",
                "certs",
                "all",
                "--kubernetes-version=v" + Programs.KUBERNETES_VERSION,
                "--apiserver-advertise-address=192.0.2.1",
                "--cert-dir=" + directory);
        long begun = System.nanoTime();
        CommandLine.run(LIMIT, Map.of(), command).orThrow();
        return (System.nanoTime() - begun) / NANOS;
    }

    /**
     * What tenants cost while nobody uses them.
     *
     * @param tenants how many ran
     * @param jvmShare the share of a core that this JVM used, 1 being a whole core
     * @param tenantShare the share of a core that the processes of one tenant used, on average
     * @param tenantMebibytes the resident memory of the processes of one tenant, on average
     */
    public record Idle(int tenants, double jvmShare, double tenantShare, double tenantMebibytes) {}

    /**
     * Measures this JVM and its tenants while nothing is asked of them.
     *
     * @param tenants how many to run
     * @param duration for how long to look
     * @return what they cost
     * @throws IOException if the processes cannot be looked at
     * @throws InterruptedException if interrupted
     */
    public static Idle idle(int tenants, Duration duration) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("hcp-bench-").toRealPath();
        try (HostedControlPlanes hcp = HostedControlPlanes.local(o -> o.dataDirectory(directory))) {
            List<ProcessHandle> processes = new ArrayList<>();
            for (int i = 0; i < tenants; i++) {
                ControlPlane ready = hcp.apply(tenant("idle-" + i)).awaitReady(BUILD_LIMIT);
                ready.status()
                        .components()
                        .values()
                        .forEach(component -> component
                                .pid()
                                .ifPresent(pid -> ProcessHandle.of(pid).ifPresent(processes::add)));
            }
            Thread.sleep(Duration.ofSeconds(20).toMillis()); // until controllers and caches have settled
            double jvm = cpuSeconds(Stream.of(ProcessHandle.current()));
            double all = cpuSeconds(processes.stream());
            Thread.sleep(duration.toMillis());
            double jvmShare = (cpuSeconds(Stream.of(ProcessHandle.current())) - jvm) / duration.toSeconds();
            double tenantShare = (cpuSeconds(processes.stream()) - all) / duration.toSeconds() / tenants;
            double mebibytes = mebibytes(processes) / tenants;
            for (int i = 0; i < tenants; i++) {
                hcp.delete("idle-" + i).await(LIMIT);
            }
            return new Idle(tenants, jvmShare, tenantShare, mebibytes);
        } finally {
            remove(directory);
        }
    }

    private static double cpuSeconds(Stream<ProcessHandle> processes) {
        return processes
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToDouble(cpu -> cpu.toNanos() / NANOS)
                .sum();
    }

    private static double mebibytes(List<ProcessHandle> processes) throws IOException {
        double kibibytes = 0;
        for (ProcessHandle process : processes) {
            kibibytes += Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
        return kibibytes / 1024;
    }

    private static void remove(Path directory) {
        CommandLine.run(LIMIT, Map.of(), List.of("rm", "-rf", directory.toString()))
                .orThrow();
    }
}
