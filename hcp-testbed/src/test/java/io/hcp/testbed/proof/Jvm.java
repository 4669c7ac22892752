package io.hcp.testbed.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** JVMs of their own, for programs that are killed. */
public final class Jvm {
    private Jvm() {}

    /**
     * Starts a program with the classes of the tests.
     *
     * @param program the class with {@code main}
     * @param environment what is added to this JVM's
     * @param arguments of the program
     * @return the running JVM; what it says of errors is said here
     */
    public static Process start(Class<?> program, Map<String, String> environment, String... arguments) {
        return start(program, classPath(), environment, arguments);
    }

    /** The class path of this JVM. */
    public static String classPath() {
        return Objects.requireNonNull(System.getProperty("java.class.path"));
    }

    /**
     * Starts a program with other classes.
     *
     * @param program the class with {@code main}
     * @param classPath where its classes are
     * @param environment what is added to this JVM's
     * @param arguments of the program
     * @return the running JVM; what it says of errors is said here
     */
    public static Process start(
            Class<?> program, String classPath, Map<String, String> environment, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(
                List.of(java, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", classPath, program.getName()));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends this JVM by SIGKILL. */
    public static void killMyself() {
        try {
            new ProcessBuilder(
                            "kill",
                            "-KILL",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
            sleep(Duration.ofMinutes(1)); // no step goes on meanwhile
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets a thread of such a program wait for the moment at which it is to be killed. */
    public static void sleep(Duration delay) {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
