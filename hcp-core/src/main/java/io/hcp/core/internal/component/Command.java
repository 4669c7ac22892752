package io.hcp.core.internal.component;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A program to run without a shell.
 *
 * @param words the file and its arguments
 * @param environment all of its environment
 * @param directory where it runs
 * @param output the file that gets what it prints, both streams
 */
record Command(List<String> words, Map<String, String> environment, Path directory, Path output) {
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration BUSY_WAIT = Duration.ofMillis(50);
    private static final int BUSY_ATTEMPTS = 40;

    /** Finds an executable in the absolute directories of a search path. */
    static Optional<Path> onPath(String searchPath, String name) {
        return candidates(searchPath, name).stream().findFirst();
    }

    static List<Path> candidates(String searchPath, String name) {
        // An empty or relative entry means the working directory, from which nothing should be run unasked.
        return Arrays.stream(searchPath.split(File.pathSeparator, -1))
                .filter(entry -> entry.startsWith("/"))
                .map(entry -> Path.of(entry, name))
                .filter(Command::runnable)
                .distinct()
                .toList();
    }

    static boolean runnable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /**
     * Runs the program to its end. If the limit passes or the thread is interrupted, the program and all that it
     * started are killed.
     *
     * @param limit how long it may take
     * @param onTick called every now and then while it runs
     * @return its exit code, or empty if the limit passed
     */
    OptionalInt run(Duration limit, Tick onTick) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Process process = start();
        try {
            while (!process.waitFor(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() - deadline > 0) {
                    return OptionalInt.empty();
                }
                onTick.run();
            }
            return OptionalInt.of(process.exitValue());
        } finally {
            killTree(process);
        }
    }

    /**
     * A file that was just written can be "busy" for a moment, when another thread of this JVM started a process while
     * it was open for writing (see https://github.com/golang/go/issues/22315).
     */
    private Process start() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        for (int attempt = 1; ; attempt++) {
            try {
                return builder.start();
            } catch (IOException e) {
                if (attempt == BUSY_ATTEMPTS || !String.valueOf(e.getMessage()).contains("error=26,")) {
                    throw e;
                }
                Pause.of(BUSY_WAIT);
            }
        }
    }

    private static void killTree(Process process) {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        for (ProcessHandle descendant : descendants) {
            descendant.descendants().forEach(ProcessHandle::destroyForcibly);
            descendant.destroyForcibly();
        }
    }

    /** Something to do while a program runs. */
    interface Tick {
        /** Does nothing. */
        Tick NONE = () -> {};

        void run() throws IOException;
    }
}
