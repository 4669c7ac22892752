package io.hcp.testbed.under.host;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.testbed.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Removes everything when told to, or when this process ends in any way: a shell that waits for the end of its standard
 * input, which the kernel closes with the JVM.
 */
public final class Sweeper implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    private final Process process;

    private Sweeper(Process process) {
        this.process = process;
    }

    /** Removes what an earlier run left behind. */
    public static void sweepNow() {
        Shell.run("bash", script().toString(), "now", Names.DIRECTORY.toString(), lock().toString());
    }

    /**
     * Makes the cluster's directory and begins to wait.
     *
     * @return close it to remove everything now
     */
    public static Sweeper begin() {
        String token = UUID.randomUUID().toString();
        Shell.run("install", "-d", "-m", "0700", Names.DIRECTORY.toString()); // keys are in it
        Shell.write(Names.DIRECTORY.resolve("token"), token);
        ProcessBuilder builder = new ProcessBuilder(
                        "setsid",
                        "bash",
                        script().toString(),
                        "at-end",
                        Names.DIRECTORY.toString(),
                        lock().toString(),
                        token)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return new Sweeper(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes everything, and waits for that. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new HcpException(
                        ErrorKind.TIMEOUT,
                        "the under cluster was not removed within " + LIMIT_SECONDS + " s",
                        "start another one, which removes the rest");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Outside of what it removes. */
    private static Path script() {
        Path file = Programs.cache().resolve("under").resolve("sweep.sh");
        try (InputStream in = Sweeper.class.getResourceAsStream("sweep.sh")) {
            byte[] wanted = in == null ? new byte[0] : in.readAllBytes();
            // bash reads a script while it runs: one that is in use must not change under it.
            if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), wanted)) {
                Path next = Files.createTempFile(Files.createDirectories(file.resolveSibling("")), "sweep", ".new");
                Files.write(next, wanted);
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path lock() {
        return Programs.cache().resolve("under").resolve("sweep.lock");
    }
}
