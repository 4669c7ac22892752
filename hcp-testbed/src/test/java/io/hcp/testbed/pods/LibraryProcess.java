package io.hcp.testbed.pods;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.KubernetesBackend;
import io.hcp.core.Manifests;
import io.hcp.testbed.proof.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A JVM of its own that applies, reconciles or deletes a tenant, says {@code done}, and then is there until it is killed. It kills itself
 * with SIGKILL at a point named as {@code begun STEP} or {@code done STEP}.
 */
final class LibraryProcess {
    static final String NEVER = "never";

    private static final Duration LIMIT = Duration.ofMinutes(6);

    private LibraryProcess() {}

    /** Arguments: file of the kubeconfig, namespace, point, {@code apply} and a manifest's file, or {@code reconcile} or {@code delete} and a name. */
    public static void main(String[] arguments) throws Exception {
        Config config = Config.fromKubeconfig(Files.readString(Path.of(arguments[0])));
        try (KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(config).build();
                HostedControlPlanes hcp = HostedControlPlanes.on(
                        KubernetesBackend.using(client).inNamespace(arguments[1]), mortal(arguments[2]))) {
            ask(hcp, arguments[3], arguments[4]);
            System.out.println("done");
            int unused = System.in.read(); // until it is killed
        }
    }

    /** The one before this was killed, and its right to the tenant ends only after a while. */
    private static void ask(HostedControlPlanes hcp, String verb, String argument) throws IOException {
        long begun = System.nanoTime();
        while (true) {
            try {
                askOnce(hcp, verb, argument);
                return;
            } catch (HcpException e) {
                if (e.kind() != ErrorKind.LOCKED || System.nanoTime() - begun > LIMIT.toNanos()) {
                    throw e;
                }
                Jvm.sleep(Duration.ofSeconds(1));
            }
        }
    }

    private static void askOnce(HostedControlPlanes hcp, String verb, String argument) throws IOException {
        switch (verb) {
            case "apply" ->
                hcp.apply(Manifests.read(Files.readString(Path.of(argument)))).awaitReady(LIMIT);
            case "reconcile" -> hcp.reconcile(argument).await(LIMIT);
            default -> hcp.delete(argument).await(LIMIT);
        }
    }

    private static HcpListener mortal(String point) {
        return new HcpListener() {
            @Override
            public void stepStarted(String tenant, String step) {
                dieAt("begun " + step);
            }

            @Override
            public void stepFinished(String tenant, String step, Duration took) {
                dieAt("done " + step);
            }

            private void dieAt(String here) {
                if (here.equals(point)) {
                    Jvm.killMyself();
                }
            }
        };
    }
}
