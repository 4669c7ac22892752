package io.hcp.core.internal.local;

import io.hcp.api.model.Component;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the processes of a tenant. What each one is stands in its environment, which the kernel keeps for as long as it
 * lives: there is no file of process ids that could be lost, left behind, or not yet written when a JVM is killed.
 */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final String TENANT_DIRECTORY = "HCP_TENANT_DIRECTORY";
    private static final String COMPONENT = "HCP_COMPONENT";
    private static final String DIGEST = "HCP_DIGEST";
    private static final int LOOKS = 5;
    private static final Duration PAUSE = Duration.ofMillis(1);

    private ProcessTable() {}

    /**
     * A process of a tenant.
     *
     * @param component what it is
     * @param digest the fingerprint of the settings it was started with
     * @param process the process itself
     */
    record Entry(Component component, String digest, RunningProcess process) {}

    /** The environment variables that make a process findable. */
    static Map<String, String> marks(Path tenantDirectory, Component component, String digest) {
        return Map.of(TENANT_DIRECTORY, tenantDirectory.toString(), COMPONENT, component.binaryName(), DIGEST, digest);
    }

    /** Finds all processes of a tenant, whoever started them. */
    static List<Entry> find(Path tenantDirectory) {
        List<Entry> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                entry(process, tenantDirectory).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw PrivateFiles.failure("list", PROC, e);
        } catch (DirectoryIteratorException e) {
            throw PrivateFiles.failure("list", PROC, new IOException(e));
        }
        return found;
    }

    private static Optional<Entry> entry(Path process, Path tenantDirectory) {
        Map<String, String> environment = environment(process);
        if (!tenantDirectory.toString().equals(environment.get(TENANT_DIRECTORY))) {
            return Optional.empty();
        }
        String component = environment.getOrDefault(COMPONENT, "");
        String digest = environment.getOrDefault(DIGEST, "");
        return RunningProcess.of(Long.parseLong(process.getFileName().toString()))
                .flatMap(running -> Arrays.stream(Component.values())
                        .filter(candidate -> candidate.binaryName().equals(component))
                        .findFirst()
                        .map(known -> new Entry(known, digest, running)));
    }

    /** Empty for processes that have ended meanwhile or belong to another user. */
    private static Map<String, String> environment(Path process) {
        try {
            byte[] environ = environ(process);
            return Arrays.stream(new String(environ, StandardCharsets.UTF_8).split("\0", -1))
                    .filter(variable -> variable.startsWith("HCP_") && variable.contains("="))
                    .collect(Collectors.toMap(
                            variable -> variable.substring(0, variable.indexOf('=')),
                            variable -> variable.substring(variable.indexOf('=') + 1),
                            (first, second) -> first));
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** While a process becomes another program, which it does twice when it is started, it has no environment for a moment. */
    private static byte[] environ(Path process) throws IOException {
        byte[] environ = Files.readAllBytes(process.resolve("environ"));
        for (int look = 1; environ.length == 0 && look < LOOKS && Files.exists(process.resolve("exe")); look++) {
            Time.system().pause(PAUSE);
            environ = Files.readAllBytes(process.resolve("environ"));
        }
        return environ;
    }
}
