package io.hcp.core.internal.component;

import io.hcp.core.internal.files.ProcessLock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Programs kept between runs. An entry is a directory that appears whole, by one rename, or not at all; what is under
 * way is in {@code work/}, where only the holder of the lock of the same name writes.
 */
final class ComponentCache implements Source.OneByOne {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Written in a form that {@code sha256sum --check} reads too. */
    private static final Pattern RECORD = Pattern.compile("([0-9a-f]{64})  (\\S+)\n# (\\d{1,18}) bytes\n");

    private final Path root;
    private final Platform platform;
    private final VersionProbe probe;

    ComponentCache(Path root, Platform platform, VersionProbe probe) {
        this.root = root;
        this.platform = platform;
        this.probe = probe;
    }

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public Finding find(Program program) throws IOException {
        Path file = entry(program).resolve(program.name());
        return damage(program).map(Finding::none).orElseGet(() -> Finding.of(file));
    }

    /** A name for all that belongs to one program. */
    String key(Program program) {
        return program.name() + "-" + program.version() + "-" + platform;
    }

    /** A directory for unfinished work; only for the holder of the lock of the same name. */
    Path workspace(String name) throws IOException {
        return Files.createDirectories(root.resolve("work").resolve(name));
    }

    Path log(String name) throws IOException {
        return Files.createDirectories(root.resolve("logs")).resolve(name + ".log");
    }

    Path lockFile(String name) {
        return root.resolve("locks").resolve(name + ".lock");
    }

    /** Does something while holding the lock of a name, which is waited for. */
    @SuppressWarnings("try") // the lock is held, not used
    <T, X extends Exception> T locked(String name, Runnable onFirstWait, Work<T, X> work)
            throws X, IOException, InterruptedException {
        try (ProcessLock lock = ProcessLock.acquire(lockFile(name), POLL, onFirstWait)) {
            return work.run();
        }
    }

    /**
     * Makes a finished file an entry. The caller holds the program's lock; the file is moved.
     *
     * @return where it is now, or why it is not what it should be
     */
    Finding publish(Program program, Path file) throws IOException, InterruptedException {
        Path staging = workspace(key(program)).resolve("entry");
        deleteTree(staging);
        Files.createDirectories(staging);
        Path staged = staging.resolve(program.name());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(file, staged, StandardCopyOption.ATOMIC_MOVE);
        // Only what was built from its recipe comes here without a version to tell.
        Optional<String> mismatch =
                program.family().tellsVersion() ? probe.mismatch(staged, program) : Optional.empty();
        if (mismatch.isPresent()) {
            deleteTree(staging);
            return Finding.none("the " + program.name() + " that was delivered " + mismatch.get());
        }
        String digest = Digests.sha256(staged);
        Path record = staging.resolve(program.name() + ".sha256");
        Files.writeString(record, digest + "  " + program.name() + "\n# " + Files.size(staged) + " bytes\n");
        for (Path path : List.of(staged, record)) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
        return replace(program, staging);
    }

    private Finding replace(Program program, Path staging) throws IOException {
        Path entry = entry(program);
        Files.createDirectories(root.resolve("components"));
        if (Files.exists(entry)) {
            // Damaged, or there would have been no need for another. A directory cannot be renamed onto it.
            Path damaged = staging.resolveSibling("damaged");
            deleteTree(damaged);
            Files.move(entry, damaged, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(staging, entry, StandardCopyOption.ATOMIC_MOVE);
        deleteTree(workspace(key(program)));
        return Finding.of(entry.resolve(program.name()));
    }

    private Optional<String> damage(Program program) throws IOException {
        Path entry = entry(program);
        Path file = entry.resolve(program.name());
        Path record = entry.resolve(program.name() + ".sha256");
        if (!Files.exists(entry)) {
            return Optional.of("nothing at " + entry);
        }
        if (!Command.runnable(file) || !Files.isRegularFile(record)) {
            return Optional.of(entry + " is damaged: a file is missing");
        }
        Matcher matcher = RECORD.matcher(Files.readString(record));
        if (!matcher.matches() || !matcher.group(2).equals(program.name())) {
            return Optional.of(entry + " is damaged: " + record.getFileName() + " is not readable");
        }
        long expected = Long.parseLong(matcher.group(3));
        long actual = Files.size(file);
        return actual == expected
                ? Optional.empty()
                : Optional.of(entry + " is damaged: " + actual + " bytes instead of " + expected);
    }

    private Path entry(Program program) {
        return root.resolve("components").resolve(key(program));
    }

    static void deleteTree(Path top) throws IOException {
        if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(top)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    /** What is done under a lock. */
    interface Work<T, X extends Exception> {
        T run() throws X, IOException, InterruptedException;
    }
}
