package io.hcp.testbed.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.LocalOptions;
import io.hcp.testbed.CommandLine;
import io.hcp.testbed.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A data directory of its own, in which nothing may be left running at the end. */
final class LocalTestbed implements AfterAllCallback {
    /** Long enough for programs to be built first. */
    static final Duration LIMIT = Duration.ofMinutes(40);

    static final Duration SOON = Duration.ofMinutes(2);

    private final Path directory = temporaryDirectory();

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("hcp-it-").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    Path tenant(String name) {
        return directory.resolve("tenants").resolve(name);
    }

    HostedControlPlanes open() {
        return open(options -> {});
    }

    HostedControlPlanes open(Consumer<LocalOptions> options) {
        return HostedControlPlanes.local(o -> options.accept(o.dataDirectory(directory)));
    }

    static TenantControlPlane describe(String name) {
        return TenantControlPlane.builder()
                .name(name)
                .kubernetesVersion(Programs.KUBERNETES_VERSION)
                .build();
    }

    /** The processes of a directory's tenants, as {@code PID COMPONENT}, found without the library's help. */
    static List<String> processes(Path directory) {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            List<String> found = new ArrayList<>();
            all.filter(process -> process.getFileName().toString().matches("\\d+"))
                    .forEach(process -> {
                        String environment = read(process.resolve("environ"));
                        if (environment.contains("HCP_TENANT_DIRECTORY=" + directory)) {
                            String component = Arrays.stream(environment.split("\0", -1))
                                    .filter(variable -> variable.startsWith("HCP_COMPONENT="))
                                    .findFirst()
                                    .orElse("=?");
                            found.add(process.getFileName() + " " + component.substring(component.indexOf('=') + 1));
                        }
                    });
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    List<String> components(String tenant) {
        return processes(tenant(tenant)).stream()
                .map(process -> process.substring(process.indexOf(' ') + 1))
                .sorted()
                .toList();
    }

    static long pid(Path directory, String component) {
        return processes(directory).stream()
                .filter(process -> process.endsWith(" " + component))
                .mapToLong(process -> Long.parseLong(process.substring(0, process.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    static void kill(long pid) {
        CommandLine.run(SOON, Map.of(), List.of("kill", "-KILL", Long.toString(pid)))
                .orThrow();
    }

    String fingerprint(String tenant) {
        try {
            byte[] ca = Files.readAllBytes(tenant(tenant).resolve("pki/ca.crt"));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(ca));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (!context.getEnclosingTestClasses().isEmpty()) {
            return; // the classes around a nested one go on
        }
        List<String> left = processes(directory);
        left.forEach(process -> kill(Long.parseLong(process.substring(0, process.indexOf(' ')))));
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
        assertThat(left)
                .as("processes left behind by %s", context.getDisplayName())
                .isEmpty();
    }
}
