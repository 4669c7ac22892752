package io.hcp.testbed.catalog;

import io.hcp.api.model.Component;
import io.hcp.api.model.KubernetesVersion;
import io.hcp.core.internal.catalog.Configuration;
import io.hcp.core.internal.catalog.Flag;
import io.hcp.core.internal.catalog.Gate;
import io.hcp.core.internal.catalog.Release;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import io.hcp.core.internal.catalog.Versions;
import io.hcp.testbed.CommandLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the catalog's data of one minor anew from the real programs. */
public final class CatalogRegenerator {
    private static final String DATA = "hcp-core/src/main/resources/io/hcp/core/internal/catalog/kubernetes-%s.yaml";

    private CatalogRegenerator() {}

    /**
     * Writes the data file of a minor into the source tree. Programs that are not at hand are built. The same programs
     * give the same bytes.
     *
     * @param top the top of the source tree
     * @param minor for example {@code 1.36}
     * @param etcd the etcd that goes with it; empty to keep what the catalog has
     * @param out told which lines changed
     * @throws IOException if a file cannot be written
     * @throws InterruptedException if interrupted
     * @throws IllegalStateException if the programs contradict themselves or each other
     */
    public static void regenerate(Path top, String minor, Optional<String> etcd, PrintStream out)
            throws IOException, InterruptedException {
        KubernetesVersion version = ReleasePrograms.newest(minor);
        ReleasePrograms programs = new ReleasePrograms(version, etcd.orElseGet(() -> knownEtcd(version)));
        Path directory = Files.createTempDirectory("hcp-catalog-").toRealPath();
        try {
            SourceText.replace(
                    top.resolve(DATA.formatted(minor)), ReleaseWriter.write(release(programs, directory)), out);
        } finally {
            CommandLine.run(Duration.ofMinutes(1), Map.of(), List.of("rm", "-rf", directory.toString()))
                    .orThrow();
        }
    }

    /** The etcd that the catalog runs with a release. */
    static String knownEtcd(KubernetesVersion version) {
        return ReleaseCatalog.bundled()
                .find(version)
                .orElseThrow(() -> new IllegalArgumentException("the catalog does not know Kubernetes "
                        + version.minorVersion() + ": name the etcd that goes with it"))
                .etcdVersion();
    }

    private static Release release(ReleasePrograms programs, Path directory) throws IOException, InterruptedException {
        Map<Component, String> helpTexts = new EnumMap<>(Component.class);
        Map<Component, SortedMap<String, Flag>> flags = new EnumMap<>(Component.class);
        FlagProbe flagProbe = new FlagProbe(programs);
        for (Component component : Component.values()) {
            String help =
                    programs.run(component.binaryName(), List.of("--help")).output();
            helpTexts.put(component, help);
            flags.put(component, flagProbe.flags(component, help));
        }
        String images = programs.run(
                        "kubeadm",
                        List.of("config", "images", "list", "--kubernetes-version=v" + programs.kubernetes()))
                .orThrow();
        Versions versions = new Versions(
                programs.kubernetes(), programs.etcd(), imageVersion(images, "coredns"), imageVersion(images, "pause"));
        Configuration configuration = new Configuration(
                HelpText.admissionPlugins(helpTexts.getOrDefault(Component.KUBE_APISERVER, "")),
                new ApiVersionProbe(programs, directory).apiVersions(),
                KubeletDefaults.printedBy(programs));
        SortedMap<String, Gate> gates = GateProbe.gates(programs, helpTexts, directory);
        return new Release(versions, configuration, () -> gates, () -> flags);
    }

    private static String imageVersion(String images, String name) {
        Matcher matcher =
                Pattern.compile("/" + name + ":v?(\\S+)$", Pattern.MULTILINE).matcher(images);
        if (!matcher.find()) {
            throw new IllegalStateException("kubeadm names no image " + name + ": " + images);
        }
        return matcher.group(1);
    }
}
