package io.hcp.testbed.under.host;

import io.hcp.testbed.CommandLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
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
     * @return the reason and a remedy; empty if nothing does, or if only packages are missing that can be installed
     */
    public static Optional<String> obstacle() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return Optional.of("an under cluster needs Linux");
        }
        if (!System.getProperty("user.name", "").equals("root")) {
            return Optional.of("an under cluster makes network namespaces and mounts and so needs root: use sudo");
        }
        if (Shell.attempt("unshare", "--mount", "true").exitCode() != 0) {
            return Optional.of(
                    "this root may not make mount namespaces: run in a privileged container, or outside one");
        }
        List<String> missing = missing();
        if (!missing.isEmpty() && !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            return Optional.of("the under cluster needs " + String.join(", ", missing) + ": install what brings them");
        }
        return Optional.empty();
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
        String packages = String.join(
                " ", new TreeSet<>(missing().stream().map(PACKAGES::get).toList()));
        progress.accept("installing Debian packages: " + packages);
        CommandLine.Result result = CommandLine.run(
                LIMIT,
                Map.of("DEBIAN_FRONTEND", "noninteractive"),
                List.of(
                        "bash",
                        "-euc",
                        "apt-get update -qq && apt-get install -y -qq --no-install-recommends " + packages));
        if (!missing().isEmpty()) {
            throw new IllegalStateException("still missing after apt-get install: " + String.join(", ", missing())
                    + ". Remedy: install " + packages + " by hand. apt-get said: " + result.output());
        }
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
