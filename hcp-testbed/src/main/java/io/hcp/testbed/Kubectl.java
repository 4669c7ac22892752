package io.hcp.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real kubectl, with one kubeconfig. */
public final class Kubectl implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path program = Programs.provide("kubectl");
    private final Path kubeconfig;

    /**
     * Prepares kubectl.
     *
     * @param kubeconfig as YAML
     */
    public Kubectl(String kubeconfig) {
        try {
            this.kubeconfig = Files.writeString(Files.createTempFile("hcp-", ".kubeconfig"), kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs kubectl.
     *
     * @param arguments its arguments
     * @return what came of it
     */
    public CommandLine.Result run(String... arguments) {
        return run(LIMIT, arguments);
    }

    /**
     * Runs kubectl for longer, or less long.
     *
     * @param limit after which it is killed
     * @param arguments its arguments
     * @return what came of it
     */
    public CommandLine.Result run(Duration limit, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--kubeconfig=" + kubeconfig));
        command.addAll(List.of(arguments));
        return CommandLine.run(
                limit, Map.of("HOME", kubeconfig.resolveSibling("").toString()), command);
    }

    /**
     * Runs {@code kubectl apply} on a manifest.
     *
     * @param manifest YAML or JSON
     * @return what came of it
     */
    public CommandLine.Result apply(String manifest) {
        try {
            Path file = Files.writeString(Files.createTempFile("hcp-", ".manifest"), manifest);
            try {
                return run("apply", "--filename=" + file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the kubeconfig. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
