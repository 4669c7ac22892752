package io.hcp.testbed.catalog;

import io.hcp.api.model.KubernetesVersion;
import io.hcp.core.internal.component.Program;
import io.hcp.testbed.CommandLine;
import io.hcp.testbed.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The real programs of one Kubernetes release, and the etcd that goes with it. */
final class ReleasePrograms {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String KUBERNETES = "kube-apiserver";

    private final KubernetesVersion kubernetes;
    private final String etcd;
    private final Map<String, Path> files;

    /** Finds or makes the programs; blocks for as long as that takes. */
    ReleasePrograms(KubernetesVersion kubernetes, String etcd) {
        this.kubernetes = kubernetes;
        this.etcd = etcd;
        List<Program> programs = Stream.concat(
                        Stream.of(KUBERNETES, "kube-controller-manager", "kube-scheduler", "kubeadm", "kubectl")
                                .map(name -> new Program(name, kubernetes.toString())),
                        Stream.of(new Program("etcd", etcd)))
                .toList();
        this.files = Programs.provide(programs).entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
    }

    /** The newest release of a minor that can be built. */
    static KubernetesVersion newest(String minor) {
        List<KubernetesVersion> versions = Program.buildableVersions(KUBERNETES).stream()
                .map(KubernetesVersion::parse)
                .filter(version -> version.minorVersion().equals(minor))
                .sorted()
                .toList();
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("there is no recipe for Kubernetes " + minor + "; there are "
                    + Program.buildableVersions(KUBERNETES) + "; see docs/design/006-release-catalog.md");
        }
        return versions.get(versions.size() - 1);
    }

    KubernetesVersion kubernetes() {
        return kubernetes;
    }

    String etcd() {
        return etcd;
    }

    /** A command line; the program's path comes first. */
    List<String> command(String program, List<String> arguments) {
        Path file = files.get(program);
        if (file == null) {
            throw new IllegalArgumentException("there is no program " + program);
        }
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(arguments);
        return command;
    }

    /** Runs a program to its end, which has to come within a minute. */
    CommandLine.Result run(String program, List<String> arguments) {
        return run(program, arguments, Map.of());
    }

    CommandLine.Result run(String program, List<String> arguments, Map<String, String> environment) {
        return CommandLine.run(LIMIT, environment, command(program, arguments));
    }
}
