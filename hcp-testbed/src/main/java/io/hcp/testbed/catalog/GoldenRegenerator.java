package io.hcp.testbed.catalog;

import io.hcp.api.model.KubernetesVersion;
import io.hcp.testbed.CommandLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes the text of what kubeadm of one minor does anew. */
public final class GoldenRegenerator {
    private static final String GOLDEN = "hcp-testbed/src/test/resources/io/hcp/testbed/catalog/kubeadm-%s.txt";

    private GoldenRegenerator() {}

    /**
     * Writes the golden of a minor into the source tree: flags, certificates, kubeconfigs and defaults, as the real
     * kubeadm makes them. Programs that are not at hand are built. The same kubeadm gives the same bytes.
     *
     * @param top the top of the source tree
     * @param minor for example {@code 1.36}
     * @param out told which lines changed
     * @throws IOException if a file cannot be written
     */
    public static void regenerate(Path top, String minor, PrintStream out) throws IOException {
        KubernetesVersion version = ReleasePrograms.newest(minor);
        ReleasePrograms programs = new ReleasePrograms(version, CatalogRegenerator.knownEtcd(version));
        Path directory = Files.createTempDirectory("hcp-golden-").toRealPath();
        try {
            String header = "# What kubeadm " + version
                    + " makes of one control plane; by examples/run regenerate-goldens " + minor + "\n\n";
            SourceText.replace(
                    top.resolve(GOLDEN.formatted(minor)), header + KubeadmFacts.collect(programs, directory), out);
        } finally {
            CommandLine.run(Duration.ofMinutes(1), Map.of(), List.of("rm", "-rf", directory.toString()))
                    .orThrow();
        }
    }
}
