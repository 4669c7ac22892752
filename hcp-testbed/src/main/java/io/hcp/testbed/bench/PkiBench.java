package io.hcp.testbed.bench;

import io.hcp.api.model.KeyAlgorithm;
import io.hcp.pki.ApiServerNames;
import io.hcp.pki.CertificateSettings;
import io.hcp.pki.KubernetesCertificates;
import io.hcp.pki.LeafDefinition;
import io.hcp.pki.PkiDirectory;
import io.hcp.pki.PkiPolicy;
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
import java.util.Locale;
import java.util.Map;

/**
 * Measures making all certificates and keys of a tenant, on disk, in a warm JVM. The floor is {@code openssl} making
 * as many keys of the same algorithm and nothing else, one process for each; it signs nothing and keeps nothing.
 */
public final class PkiBench {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final double NANOS = 1e9;
    private static final int WARM_UP = 20;

    private final KeyAlgorithm algorithm;
    private final Path directory;

    private PkiBench(KeyAlgorithm algorithm, Path directory) {
        this.algorithm = algorithm;
        this.directory = directory;
    }

    /**
     * How long it took, in seconds, each list measured in turns with the others.
     *
     * @param algorithm of the keys
     * @param keys how many there are
     * @param ours making and writing everything
     * @param floor {@code openssl} making the keys
     * @param starts {@code openssl version} as often: what of the floor is the start of processes
     * @param kubeadm {@code kubeadm init phase certs all}
     */
    public record Result(
            KeyAlgorithm algorithm,
            int keys,
            List<Double> ours,
            List<Double> floor,
            List<Double> starts,
            List<Double> kubeadm) {
        /** {@return beside the floor} */
        public Ratio besideFloor() {
            return new Ratio(ours, floor);
        }

        /** {@return beside the floor without the start of its processes} */
        public Ratio besideStrictFloor() {
            List<Double> strict = new ArrayList<>();
            for (int round = 0; round < floor.size(); round++) {
                strict.add(floor.get(round) - starts.get(round));
            }
            return new Ratio(ours, strict);
        }

        /** {@return beside kubeadm} */
        public Ratio besideKubeadm() {
            return new Ratio(ours, kubeadm);
        }

        /** {@return the figures, in lines} */
        public String describe() {
            String our = "all certificates and keys, on disk";
            return String.join(
                    System.lineSeparator(),
                    String.format(Locale.ROOT, "%s, %d keys:", algorithm, keys),
                    besideFloor().describe(our, "openssl, the keys alone"),
                    besideStrictFloor().describe(our, "the same without process starts"),
                    besideKubeadm().describe(our, "kubeadm init phase certs all"));
        }
    }

    /**
     * Measures one algorithm.
     *
     * @param algorithm of all keys
     * @param rounds how many of each, in turns, after some that do not count
     * @return the times
     * @throws IOException if a program cannot be run
     */
    public static Result measure(KeyAlgorithm algorithm, int rounds) throws IOException {
        Path directory = Files.createTempDirectory("hcp-bench-").toRealPath();
        try {
            return new PkiBench(algorithm, directory).measure(rounds);
        } finally {
            CommandLine.run(LIMIT, Map.of(), List.of("rm", "-rf", directory.toString()))
                    .orThrow();
        }
    }

    private Result measure(int rounds) throws IOException {
        List<LeafDefinition> leaves = KubernetesCertificates.definitions(
                CertificateSettings.of(new ApiServerNames(List.of("localhost"), List.of("127.0.0.1", "10.96.0.1")))
                        .withPolicy(PkiPolicy.DEFAULT.withAlgorithm(algorithm)));
        // The authorities, of which there are three, and the service accounts' key have keys too.
        int keys = leaves.size() + 3 + 1;
        Path configuration = kubeadmConfiguration();
        for (int i = 0; i < (algorithm == KeyAlgorithm.ECDSA_P256 ? WARM_UP : 1); i++) {
            double unused = ours(leaves, "warm-up-" + i);
        }
        double unusedFloor = run(keys, key());
        List<Double> ours = new ArrayList<>();
        List<Double> floor = new ArrayList<>();
        List<Double> starts = new ArrayList<>();
        List<Double> kubeadm = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ours.add(ours(leaves, "round-" + round));
            floor.add(run(keys, key()));
            starts.add(run(keys, List.of("openssl", "version")));
            kubeadm.add(run(
                    1,
                    List.of(
                            Programs.provide("kubeadm").toString(),
                            "init",
                            "phase",
                            "certs",
                            "all",
                            "--config=" + configuration)));
            CommandLine.run(
                            LIMIT,
                            Map.of(),
                            List.of("rm", "-rf", kubeadmDirectory().toString()))
                    .orThrow();
        }
        return new Result(algorithm, keys, ours, floor, starts, kubeadm);
    }

    private double ours(List<LeafDefinition> leaves, String name) {
        long begun = System.nanoTime();
        PkiPolicy policy = PkiPolicy.DEFAULT.withAlgorithm(algorithm);
        PkiDirectory.at(directory.resolve(name)).create(TenantPki.create(leaves, policy, Map.of(), Clock.systemUTC()));
        return (System.nanoTime() - begun) / NANOS;
    }

    private List<String> key() {
        return switch (algorithm) {
            case ECDSA_P256 -> List.of("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout");
            case RSA_2048, RSA_3072, RSA_4096 ->
                List.of(
                        "openssl",
                        "genpkey",
                        "-quiet",
                        "-algorithm",
                        "RSA",
                        "-pkeyopt",
                        "rsa_keygen_bits:" + algorithm.toString().substring("RSA-".length()));
        };
    }

    /** One after the other, by a shell, which starts processes faster than a JVM does. */
    private static double run(int times, List<String> command) {
        String loop = "i=0; while [ $i -lt " + times + " ]; do \"$@\" >/dev/null || exit 1; i=$((i+1)); done";
        List<String> shell = new ArrayList<>(List.of("sh", "-c", loop, "sh"));
        shell.addAll(command);
        long begun = System.nanoTime();
        CommandLine.run(LIMIT, Map.of(), shell).orThrow();
        return (System.nanoTime() - begun) / NANOS;
    }

    private Path kubeadmDirectory() {
        return directory.resolve("kubeadm");
    }

    private Path kubeadmConfiguration() throws IOException {
        return Files.writeString(directory.resolve("kubeadm.yaml"), """
                apiVersion: kubeadm.k8s.io/v1beta4
                kind: InitConfiguration
                localAPIEndpoint: {advertiseAddress: 192.0.2.1}
                ---
                apiVersion: kubeadm.k8s.io/v1beta4
                kind: ClusterConfiguration
                kubernetesVersion: v%s
                certificatesDir: %s
                encryptionAlgorithm: %s
                """.formatted(
                        Programs.KUBERNETES_VERSION, kubeadmDirectory(), algorithm));
    }
}
