package io.hcp.testbed.under.host;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.testbed.CommandLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an under cluster needs of its machine. */
public final class Requirements {
    /** Files that must be there, and the Debian package that brings each. */
    private static final Map<String, String> PACKAGES = Map.ofEntries(
            Map.entry("/usr/bin/containerd", "containerd"),
            Map.entry("/usr/bin/ctr", "containerd"),
            Map.entry("/usr/sbin/runc", "runc"),
            Map.entry("/usr/lib/cni/bridge", "containernetworking-plugins"),
            Map.entry("/usr/sbin/iptables", "iptables"),
            Map.entry("/usr/sbin/conntrack", "conntrack"),
            Map.entry("/bin/ip", "iproute2"),
            Map.entry("/bin/busybox", "busybox-static"),
            Map.entry("/bin/mount", "mount"),
            Map.entry("/usr/bin/nsenter", "util-linux"));

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final long STATIC_BUSYBOX = 1_500_000;

    private Requirements() {}

    /**
     * Tells what stands in the way, without changing anything.
     *
     * @return what {@code UnderCluster.start} would throw; empty if nothing does, or if only packages are missing that can
     *     be installed
     */
    public static Optional<HcpException> obstacle() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return blocked("an under cluster needs Linux", "use a Linux machine or virtual machine");
        }
        if (!System.getProperty("user.name", "").equals("root")) {
            return blocked("an under cluster makes network namespaces and mounts and so needs root", "use sudo");
        }
        if (Shell.attempt("unshare", "--mount", "true").exitCode() != 0) {
            return blocked("this root may not make mount namespaces", "use a privileged container, or none");
        }
        List<String> missing = missing();
        if (!missing.isEmpty() && !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            return Optional.of(new HcpException(
                    ErrorKind.COMPONENT_UNAVAILABLE,
                    "an under cluster needs " + String.join(", ", missing),
                    "install what your distribution has for Debian's packages " + packages()));
        }
        return Optional.empty();
    }

    private static Optional<HcpException> blocked(String problem, String remedy) {
        return Optional.of(new HcpException(ErrorKind.BLOCKED, problem, remedy));
    }

    /**
     * Installs the Debian packages that are missing.
     *
     * @param progress hears what is going on
     */
    public static void install(Consumer<String> progress) {
        if (missing().isEmpty()) {
            return;
        }
        String packages = packages();
        progress.accept("installing Debian packages: " + packages);
        String script = "apt-get update -qq && apt-get install -y -qq --no-install-recommends " + packages;
        CommandLine.Result result =
                CommandLine.run(LIMIT, Map.of("DEBIAN_FRONTEND", "noninteractive"), List.of("bash", "-euc", script));
        if (!missing().isEmpty()) {
            throw new HcpException(
                    ErrorKind.COMPONENT_UNAVAILABLE,
                    "still missing after \"" + script + "\": " + String.join(", ", missing()),
                    "install them by hand; apt-get said: " + result.output());
        }
    }

    /** The packages that bring what is missing. */
    private static String packages() {
        return missing().stream().map(PACKAGES::get).distinct().sorted().collect(Collectors.joining(" "));
    }

    private static List<String> missing() {
        return Stream.concat(
                        PACKAGES.keySet().stream().filter(file -> !Files.isExecutable(Path.of(file))),
                        dynamicBusybox() ? Stream.of("/bin/busybox") : Stream.empty())
                .distinct()
                .sorted()
                .toList();
    }

    /** Debian's other busybox needs libraries and is no good as an image. */
    private static boolean dynamicBusybox() {
        Path file = Path.of("/bin/busybox");
        return Files.isExecutable(file) && file.toFile().length() < STATIC_BUSYBOX;
    }
}
