package io.hcp.testbed.local;

import io.hcp.api.progress.HcpListener;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.LocalOptions;
import io.hcp.testbed.proof.Jvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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
                    Jvm.killMyself();
                }
                if (point.endsWith(" after " + step)) {
                    Duration delay = Duration.ofMillis(Long.parseLong(point.substring(0, point.indexOf(' '))));
                    new Thread(() -> {
                                Jvm.sleep(delay);
                                Jvm.killMyself();
                            })
                            .start();
                }
            }

            @Override
            public void stepFinished(String tenant, String step, Duration took) {
                if (point.equals("finished " + step)) {
                    Jvm.killMyself();
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

    static Process start(Map<String, String> environment, String... arguments) {
        return Jvm.start(TenantProcess.class, environment, arguments);
    }
}
