package io.hcp.testbed.catalog;

import io.hcp.api.model.KeyAlgorithm;
import io.hcp.pki.ServiceAccountKey;
import io.hcp.testbed.CommandLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A control plane of one release with every setting at its default, started only to read its metrics. */
final class BriefControlPlane implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int TICK_MILLIS = 200;
    private static final String TOKEN = "brief";

    private final ReleasePrograms programs;
    private final Path directory;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final List<Process> processes = new ArrayList<>();

    /** Starts etcd and kube-apiserver, and when that serves, its clients. */
    BriefControlPlane(ReleasePrograms programs, Path directory) throws IOException, InterruptedException {
        this.programs = programs;
        this.directory = directory;
        try {
            startApiServer();
            await("kube-apiserver");
            for (String client : List.of("kube-controller-manager", "kube-scheduler")) {
                startClient(client);
                await(client);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startApiServer() throws IOException {
        String etcd = "http://127.0.0.1:" + freePort();
        start(
                "etcd",
                List.of(
                        "--data-dir=" + directory.resolve("etcd"),
                        "--listen-client-urls=" + etcd,
                        "--advertise-client-urls=" + etcd,
                        "--listen-peer-urls=http://127.0.0.1:" + freePort()));
        ServiceAccountKey key = ServiceAccountKey.create(KeyAlgorithm.ECDSA_P256);
        Path secret = Files.writeString(directory.resolve("sa.key"), key.privateKeyPem());
        Path open = Files.writeString(directory.resolve("sa.pub"), key.publicKeyPem());
        Path tokens = Files.writeString(directory.resolve("tokens.csv"), TOKEN + ",brief,1,system:masters\n");
        int port = freePort();
        ports.put("kube-apiserver", port);
        start(
                "kube-apiserver",
                List.of(
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--cert-dir=" + directory.resolve("kube-apiserver"),
                        "--etcd-servers=" + etcd,
                        "--authorization-mode=RBAC",
                        "--token-auth-file=" + tokens,
                        "--endpoint-reconciler-type=none",
                        "--service-cluster-ip-range=10.96.0.0/12",
                        "--service-account-issuer=https://kubernetes.default.svc",
                        "--service-account-key-file=" + open,
                        "--service-account-signing-key-file=" + secret));
        Files.writeString(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: brief, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
                users: [{name: brief, user: {token: %s}}]
                contexts: [{name: brief, context: {cluster: brief, user: brief}}]
                current-context: brief
                """.formatted(port, TOKEN));
    }

    private void startClient(String program) throws IOException {
        String kubeconfig = directory.resolve("kubeconfig").toString();
        int port = freePort();
        ports.put(program, port);
        start(
                program,
                List.of(
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--cert-dir=" + directory.resolve(program),
                        "--kubeconfig=" + kubeconfig,
                        "--authentication-kubeconfig=" + kubeconfig,
                        "--authorization-kubeconfig=" + kubeconfig));
    }

    /** {@return what a program's {@code /metrics} says} */
    String metrics(String program) {
        return get(program, "/metrics").orThrow();
    }

    private CommandLine.Result get(String program, String path) {
        return programs.run(
                "kubectl",
                List.of(
                        "--kubeconfig=" + directory.resolve("kubeconfig"),
                        "--server=https://127.0.0.1:" + ports.get(program),
                        "get",
                        "--raw",
                        path));
    }

    private void start(String program, List<String> arguments) throws IOException {
        processes.add(new ProcessBuilder(programs.command(program, arguments))
                .redirectErrorStream(true)
                .redirectOutput(log(program).toFile())
                .start());
    }

    private void await(String program) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (get(program, "/healthz").exitCode() != 0) {
            for (Process process : processes) {
                if (process.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            program + " does not become ready: " + Files.readString(log(program)));
                }
            }
        }
    }

    private Path log(String program) {
        return directory.resolve(program + ".log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Kills the processes; their data is of no use. */
    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
