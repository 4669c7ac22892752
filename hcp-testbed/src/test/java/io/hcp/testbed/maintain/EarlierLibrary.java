package io.hcp.testbed.maintain;

import io.hcp.testbed.CommandLine;
import io.hcp.testbed.proof.Jvm;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The library as it was some changes before, compiled from the repository's history into a directory of its own. */
final class EarlierLibrary {
    private static final List<String> MODULES = List.of("hcp-api", "hcp-pki", "hcp-core");
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Path TOP =
            Path.of(System.getProperty("hcp.top", ".")).toAbsolutePath().normalize();

    private EarlierLibrary() {}

    /** Finds the commit before the last changes of what the library is made of; {@code -Dhcp.earlier=...} names another. */
    static String commit(int changes) {
        String named = System.getProperty("hcp.earlier", "");
        if (!named.isEmpty()) {
            return named;
        }
        String sources = MODULES.stream().map(module -> module + "/src/main").collect(Collectors.joining(" "));
        List<String> commits = shell(TOP, "git rev-list --max-count=" + (changes + 1) + " HEAD -- " + sources)
                .lines()
                .toList();
        return commits.get(commits.size() - 1);
    }

    /** What a commit says of itself. */
    static String subject(String commit) {
        return shell(TOP, "git log -1 --format='%h \"%s\"' " + commit).strip();
    }

    /**
     * Compiles it.
     *
     * @param commit which one
     * @param directory an empty one
     * @return this JVM's class path, with that library in place of this one
     */
    static String classPath(String commit, Path directory) {
        String unused = shell(TOP, "git archive " + commit + " | tar --extract --directory=" + directory);
        String unusedToo = shell(
                directory,
                "./mvnw --batch-mode --quiet --offline -Dspotless.check.skip --projects hcp-core --also-make compile");
        return Arrays.stream(Jvm.classPath().split(File.pathSeparator, -1))
                .map(entry -> replaced(entry, directory))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String replaced(String entry, Path directory) {
        for (String module : MODULES) {
            if (entry.endsWith(module + "/target/classes")) {
                return directory.resolve(module).resolve("target/classes").toString();
            }
        }
        return entry;
    }

    private static String shell(Path directory, String command) {
        return CommandLine.run(
                        LIMIT,
                        Map.of("HOME", System.getProperty("user.home", "")),
                        List.of("sh", "-c", "cd '" + directory + "' && " + command))
                .orThrow();
    }

    /** Removes what was compiled. */
    static void remove(Path directory) {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
