package io.hcp.testbed.under.host;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.testbed.CommandLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Commands of the machine, run as root. */
public final class Shell {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Shell() {}

    /**
     * Runs a program that must succeed.
     *
     * @param command the program and its arguments
     * @return what it printed
     */
    public static String run(String... command) {
        CommandLine.Result result = attempt(command);
        if (result.exitCode() != 0) {
            throw new HcpException(
                    ErrorKind.COMPONENT_FAILED,
                    "\"" + String.join(" ", command) + "\" ended with exit code " + result.exitCode(),
                    "see what it said: " + result.output().strip());
        }
        return result.output();
    }

    /**
     * Runs a program that may fail.
     *
     * @param command the program and its arguments
     * @return what came of it
     */
    public static CommandLine.Result attempt(String... command) {
        return CommandLine.run(LIMIT, Map.of(), List.of(command));
    }

    /**
     * Runs lines of a script, each of which must succeed.
     *
     * @param script for bash
     * @return what it printed
     */
    public static String script(String script) {
        return run("bash", "-euc", script);
    }

    /**
     * Copies a resource to a file.
     *
     * @param owner whose package it is in
     * @param name its name
     * @param target the file, which is replaced
     * @return the file
     */
    public static Path unpack(Class<?> owner, String name, Path target) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            Files.createDirectories(target.resolveSibling(""));
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes a file, with its directories.
     *
     * @param file which is replaced
     * @param content all of it
     */
    public static void write(Path file, String content) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
