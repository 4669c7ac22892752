package io.hcp.core.internal.component;

import io.hcp.api.progress.HcpListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A machine in a directory: a PATH of scripts, a cache, a fake Go, and download addresses where nobody listens. */
final class Machine {
    static final Program APISERVER = new Program("kube-apiserver", "1.36.3");
    static final Program SCHEDULER = new Program("kube-scheduler", "1.36.3");
    static final Program ETCD = new Program("etcd", "3.6.16");
    /** Port 1 of the loopback interface refuses connections. */
    static final URI NOBODY = URI.create("http://127.0.0.1:1/release");

    static final ResolverLimits FAST = new ResolverLimits(
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofMillis(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20));

    final Path root;
    final Path bin;
    final Path cache;
    final List<String> activities = new CopyOnWriteArrayList<>();
    private final List<Path> tools;

    Machine(Path root) throws IOException {
        this.root = root;
        this.bin = Files.createDirectory(root.resolve("bin"));
        this.cache = root.resolve("cache");
        this.tools = List.of(Path.of("/usr/bin"), Path.of("/bin"));
    }

    ResolverSettings settings() {
        return ResolverSettings.defaults(Map.of("PATH", bin.toString()), root)
                .withCacheDirectory(cache)
                .withKubernetesDownloads(NOBODY)
                .withEtcdDownloads(NOBODY)
                .withLimits(FAST)
                .withClock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                .withListener(new HcpListener() {
                    @Override
                    public void providing(String component, String activity) {
                        activities.add(component + ": " + activity);
                    }
                });
    }

    /** What a program looks like here: a script that prints its version. */
    static String program(Program program) {
        String text = program.family() == Family.ETCD ? "etcd Version: " : "Kubernetes v";
        return "#!/bin/sh\necho '" + text + program.version() + "'\n";
    }

    static Path script(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    /** Puts real tools on the PATH of this machine. */
    void link(String... names) throws IOException {
        for (String name : names) {
            for (Path directory : tools) {
                if (Files.exists(directory.resolve(name)) && !Files.exists(bin.resolve(name))) {
                    Files.createSymbolicLink(bin.resolve(name), directory.resolve(name));
                }
            }
        }
    }

    /** A Go that notes its arguments and makes what it is asked to. */
    void installGo() throws IOException {
        installGo("");
    }

    /** The same, which first runs some lines of shell; there, {@code $out} and {@code $packages} are known. */
    void installGo(String before) throws IOException {
        script(bin.resolve("go"), """
                #!/bin/sh
                PATH=/usr/bin:/bin
                printf '%%s\\n' "$@" "CGO_ENABLED=$CGO_ENABLED GOWORK=$GOWORK" --- >> '%1$s/go.args'
                cat go.mod > '%1$s/go.mod' && test -s go.sum || exit 9
                while [ $# -gt 0 ]; do
                  case "$1" in
                    -o) out=$2; shift ;;
                    k8s.io/*|go.etcd.io/*|github.com/*|go.universe.tf/*)
                      package=${1%%/v[0-9]}
                      packages="$packages ${package##*/}" ;;
                  esac
                  shift
                done
                %2$s
                echo 'example.org/a/package' >&2
                for package in $packages; do
                  case "$package" in
                    server) says='etcd Version: 3.6.16' ;;
                    coredns) says='CoreDNS-1.14.7' ;;
                    controller) says='unknown flag' ;;
                    *) says='Kubernetes v1.36.3' ;;
                  esac
                  printf '#!/bin/sh\\necho %%s\\n' "$says" > "$out$package" && chmod +x "$out$package"
                done
                """.formatted(root, before));
    }

    /** The arguments of each call of Go. */
    List<String> goCalls() throws IOException {
        Path file = root.resolve("go.args");
        return Files.exists(file) ? List.of(Files.readString(file).split("---\n", 0)) : Collections.emptyList();
    }

    Path cached(Program program) {
        String key = program.name() + "-" + program.version() + "-" + Platform.current();
        return cache.resolve("components").resolve(key).resolve(program.name());
    }
}
