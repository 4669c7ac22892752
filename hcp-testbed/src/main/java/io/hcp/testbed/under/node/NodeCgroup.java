package io.hcp.testbed.under.node;

import io.hcp.testbed.under.host.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A node's own cgroup in every hierarchy: two kubelets below one root take each other's pods for orphans and kill them.
 * The node's programs are in {@code NAME/system}, its pods below {@code NAME/kubepods}.
 */
final class NodeCgroup {
    private static final Path TOP = Path.of("/sys/fs/cgroup");
    private static final Path UNIFIED = TOP.resolve("cgroup.controllers");

    private final String name;

    NodeCgroup(String name) {
        this.name = name;
    }

    void create() {
        for (Path hierarchy : hierarchies()) {
            Path group = hierarchy.resolve(name);
            Path system = group.resolve("system");
            Shell.script("mkdir -p " + system);
            if (Files.exists(hierarchy.resolve("cpuset.cpus")) && !Files.exists(UNIFIED)) {
                // In version 1 a new group of this hierarchy has no processors and takes no processes.
                Shell.script("""
                        for f in cpuset.cpus cpuset.mems; do
                          cat %1$s/$f >%2$s/$f
                          cat %1$s/$f >%3$s/$f
                        done
                        """.formatted(hierarchy, group, system));
            }
            if (Files.exists(UNIFIED)) {
                Shell.script("""
                        for c in $(cat %1$s/cgroup.controllers); do
                          echo +$c >%1$s/cgroup.subtree_control || true
                          echo +$c >%2$s/cgroup.subtree_control || true
                        done
                        """.formatted(hierarchy, group));
            }
        }
    }

    /** {@return lines of a shell script by which the shell joins the group} */
    String joinScript() {
        StringBuilder script = new StringBuilder();
        hierarchies()
                .forEach(hierarchy -> script.append("echo $$ >%s/cgroup.procs\n"
                        .formatted(hierarchy.resolve(name).resolve("system"))));
        return script.toString();
    }

    /** Stops or continues every process of the node, pods too. */
    void freeze(boolean frozen) {
        if (Files.exists(UNIFIED)) {
            write(TOP.resolve(name).resolve("cgroup.freeze"), frozen ? "1" : "0");
        } else {
            write(TOP.resolve("freezer").resolve(name).resolve("freezer.state"), frozen ? "FROZEN" : "THAWED");
        }
    }

    private static void write(Path file, String value) {
        try {
            Files.writeString(file, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> hierarchies() {
        if (Files.exists(UNIFIED)) {
            return List.of(TOP);
        }
        try (Stream<Path> all = Files.list(TOP)) {
            // Links such as "cpuacct" to "cpu,cpuacct" would be the same directory again.
            return all.filter(path -> Files.isDirectory(path) && !Files.isSymbolicLink(path))
                    .filter(path -> Files.exists(path.resolve("tasks")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
