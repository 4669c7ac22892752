package io.hcp.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a program of this machine and waits for it. */
public final class CommandLine {
    private CommandLine() {}

    /**
     * What a program left behind.
     *
     * @param exitCode 0 for success; 128 plus the signal's number if one ended it
     * @param output what it printed, to both streams
     */
    public record Result(int exitCode, String output) {
        /**
         * Returns the output of a program that must have succeeded.
         *
         * @return the output
         */
        public String orThrow() {
            if (exitCode != 0) {
                throw new IllegalStateException("exit code " + exitCode + ": " + output);
            }
            return output;
        }
    }

    /**
     * Runs a program.
     *
     * @param limit after which it is killed
     * @param environment variables added to those of this process
     * @param command the program and its arguments
     * @return what came of it
     */
    public static Result run(Duration limit, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(process::destroyForcibly);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
