package io.hcp.testbed.local;

import io.hcp.api.progress.HcpListener;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.LocalOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A JVM of its own that creates or deletes a tenant, and kills itself with SIGKILL at a point named as {@code started
 * STEP}, {@code finished STEP} or {@code MILLIS after STEP}, where the step has begun that many milliseconds ago.
 */
final class TenantProcess {
    private TenantProcess() {}

    /** Arguments: {@code create|delete|ephemeral|hold}, data directory, tenant, point. */
    public static void main(String[] arguments) throws Exception {
        String point = arguments[3];
        HcpListener listener = new HcpListener() {
            @Override
            public void stepStarted(String tenant, String step) {
                if (point.equals("started " + step)) {
                    killMyself();
                }
                if (point.endsWith(" after " + step)) {
                    Duration delay = Duration.ofMillis(Long.parseLong(point.substring(0, point.indexOf(' '))));
                    new Thread(() -> {
                                sleep(delay);
                                killMyself();
                            })
                            .start();
                }
            }

            @Override
            public void stepFinished(String tenant, String step, Duration took) {
                if (point.equals("finished " + step)) {
                    killMyself();
                }
            }
        };
        Consumer<LocalOptions> where = arguments[0].equals("ephemeral")
                ? LocalOptions::ephemeral
                : options -> options.dataDirectory(Path.of(arguments[1]));
        HostedControlPlanes hcp = HostedControlPlanes.local(options -> where.accept(options.listener(listener)));
        if (arguments[0].equals("delete")) {
            hcp.delete(arguments[2]).await(LocalTestbed.SOON);
        } else {
            hcp.apply(LocalTestbed.describe(arguments[2])).awaitReady(LocalTestbed.SOON);
        }
        System.out.println("done");
        if (!arguments[0].equals("delete")) {
            int unused = System.in.read(); // until the parent has seen enough
        }
        if (arguments[0].equals("hold")) {
            hcp.close();
        }
    }

    private static void sleep(Duration delay) {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void killMyself() {
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

    static Process start(Map<String, String> environment, String... arguments) {
        return start(TenantProcess.class, environment, arguments);
    }

    static Process start(Class<?> program, Map<String, String> environment, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = Objects.requireNonNull(System.getProperty("java.class.path"));
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
}
