package io.hcp.testbed.bench;

import io.hcp.testbed.CommandLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The floor: the same programs with the same flags, started by a shell script that does nothing else. Certificates and
 * kubeconfigs are copied from a tenant, so the script need not make them.
 */
final class BareControlPlane {
    private static final List<String> ORDER =
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");

    private final Path directory;
    private final Map<String, List<String>> commands;

    private BareControlPlane(Path directory, Map<String, List<String>> commands) {
        this.directory = directory;
        this.commands = commands;
    }

    /** Copies a running tenant: the command lines of its processes, its certificates and kubeconfigs. */
    static BareControlPlane like(Path tenant, Path directory) throws IOException {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        for (String component : ORDER) {
            commands.put(
                    component,
                    commandLine(tenant, component).stream()
                            .map(argument -> argument.replace(tenant.toString(), directory.toString()))
                            .toList());
        }
        for (String part : List.of("pki", "kubeconfig")) {
            CommandLine.run(
                            Duration.ofSeconds(10),
                            Map.of(),
                            List.of("cp", "-r", tenant.resolve(part).toString(), directory.toString()))
                    .orThrow();
        }
        try (Stream<Path> kubeconfigs = Files.list(directory.resolve("kubeconfig"))) {
            for (Path file : kubeconfigs.toList()) {
                Files.writeString(file, Files.readString(file).replace(tenant.toString(), directory.toString()));
            }
        }
        return new BareControlPlane(directory, commands);
    }

    private static List<String> commandLine(Path tenant, String component) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process ->
                            read(process.resolve("environ")).contains("HCP_TENANT_DIRECTORY=" + tenant + "\0"))
                    .filter(process -> read(process.resolve("environ")).contains("HCP_COMPONENT=" + component + "\0"))
                    .map(process ->
                            Arrays.asList(read(process.resolve("cmdline")).split("\0")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** Starts it from nothing, waits until it is ready as a tenant is, ends it, and returns the seconds it took. */
    double secondsToReady() {
        Path script = directory.resolve("start.sh");
        try {
            CommandLine.run(
                    Duration.ofSeconds(10),
                    Map.of(),
                    List.of("rm", "-rf", directory.resolve("etcd").toString()));
            Files.writeString(script, script());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String output = CommandLine.run(Duration.ofMinutes(4), Map.of(), List.of("bash", script.toString()))
                .orThrow();
        return Double.parseDouble(output.trim());
    }

    private String script() {
        String apiServer = flag("kube-apiserver", "secure-port");
        String scheduler = flag("kube-scheduler", "secure-port");
        String controllerManager = flag("kube-controller-manager", "secure-port");
        String etcd = flag("etcd", "listen-client-urls").replace("https://127.0.0.1:", "");
        return """
                cd %1$s || exit 1
                exec 2> script.log # the shell's own words about what it kills
                now() { date +%%s.%%N; }
                until_ok() { until curl --silent --fail --output /dev/null "$@"; do sleep 0.05; done; }
                cluster() { until_ok --cacert pki/ca.crt "$@"; }
                begun=$(now)
                %2$s
                until_ok --cacert pki/etcd/ca.crt --cert pki/apiserver-etcd-client.crt --key pki/apiserver-etcd-client.key https://127.0.0.1:%3$s/readyz
                %4$s
                cluster https://127.0.0.1:%5$s/livez
                %6$s
                %7$s
                cluster https://127.0.0.1:%5$s/readyz
                cluster https://127.0.0.1:%8$s/healthz
                cluster https://127.0.0.1:%9$s/readyz
                cluster --cert pki/controller-manager.crt --key pki/controller-manager.key \
                  https://127.0.0.1:%5$s/api/v1/namespaces/default/serviceaccounts/default
                ended=$(now)
                kill -KILL $(jobs -p)
                wait 2>/dev/null
                echo "$ended $begun" | awk '{ printf "%%.3f", $1 - $2 }'
                """.formatted(
                        directory,
                        background("etcd"),
                        etcd,
                        background("kube-apiserver"),
                        apiServer,
                        background("kube-controller-manager"),
                        background("kube-scheduler"),
                        controllerManager,
                        scheduler);
    }

    private String background(String component) {
        List<String> quoted = new ArrayList<>();
        commands.getOrDefault(component, List.of()).forEach(argument -> quoted.add("'" + argument + "'"));
        return quoted.stream().collect(Collectors.joining(" ", "", " > " + component + ".log 2>&1 &"));
    }

    private String flag(String component, String flag) {
        return commands.getOrDefault(component, List.of()).stream()
                .filter(argument -> argument.startsWith("--" + flag + "="))
                .map(argument -> argument.substring(flag.length() + 3))
                .findFirst()
                .orElseThrow();
    }
}
