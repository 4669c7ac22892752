package io.hcp.testbed.under.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks for what an under cluster makes on its machine, without the help of what makes or removes it. */
public final class Leftovers {
    private static final String TENANT_MARK = "HCP_TENANT_DIRECTORY=" + Names.DIRECTORY + "/";
    private static final String NODE_MARK = Names.MARK + "=" + Names.DIRECTORY;

    private Leftovers() {}

    /**
     * Looks for processes, mounts, network namespaces, links, cgroups, packet filter rules and files.
     *
     * @return a line for each; empty if there is nothing
     */
    public static List<String> find() {
        List<String> found = new ArrayList<>();
        processes(found);
        lines(found, "mount", read(Path.of("/proc/self/mountinfo")), Names.DIRECTORY + "", "/" + Names.PREFIX + "-");
        lines(found, "network namespace", list(Path.of("/run/netns")), Names.PREFIX + "-");
        lines(found, "link", list(Path.of("/sys/class/net")), Names.PREFIX);
        cgroups(found);
        rules(found, "iptables-save");
        rules(found, "iptables-legacy-save");
        lines(found, "file", list(Path.of("/run")), Names.PREFIX, "hcp-under");
        if (Files.exists(Names.DIRECTORY)) {
            found.add("file " + Names.DIRECTORY);
        }
        return found;
    }

    private static void processes(List<String> found) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                List<String> environment =
                        List.of(read(process.resolve("environ")).split("\0", -1));
                boolean ours = environment.contains(NODE_MARK)
                        || environment.stream().anyMatch(variable -> variable.startsWith(TENANT_MARK));
                if (ours || read(process.resolve("cgroup")).contains(":/" + Names.PREFIX + "-")) {
                    found.add("process " + process.getFileName() + " "
                            + read(process.resolve("cmdline")).replace('\0', ' '));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void cgroups(List<String> found) {
        Path top = Path.of("/sys/fs/cgroup");
        lines(found, "cgroup", list(top), Names.PREFIX + "-");
        for (String hierarchy : list(top).lines().toList()) {
            lines(found, "cgroup", list(Path.of(hierarchy)), "/" + Names.PREFIX + "-");
        }
    }

    private static void rules(List<String> found, String program) {
        if (Files.isExecutable(Path.of("/usr/sbin", program))) {
            String rules = Shell.attempt(program).output();
            lines(found, "packet filter rule", rules, Names.PREFIX, "10.203.", "10.204.", "10.205.");
        }
    }

    private static void lines(List<String> found, String kind, String text, String... marks) {
        text.lines()
                .filter(line -> Stream.of(marks).anyMatch(line::contains))
                .forEach(line -> found.add(kind + " " + line));
    }

    private static String list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return "";
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return String.join("\n", entries.map(Path::toString).toList());
        } catch (IOException e) {
            return "";
        }
    }

    private static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // it ended meanwhile
        }
    }
}
