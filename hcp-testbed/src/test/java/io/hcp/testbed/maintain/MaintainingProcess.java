package io.hcp.testbed.maintain;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.proof.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A JVM of its own that looks after the tenants of a namespace until its input ends. A line {@code reconcile NAME ...} has it
 * reconcile tenants besides, one after the other; it says {@code done} afterwards.
 */
final class MaintainingProcess {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private MaintainingProcess() {}

    /** Arguments: file of the kubeconfig, namespace, name in requests. */
    public static void main(String[] arguments) throws IOException {
        String kubeconfig = Files.readString(Path.of(arguments[0]));
        try (KubernetesClient client = client(kubeconfig, arguments[2]);
                KubernetesClient beside = client(kubeconfig, "stand-in");
                HostedControlPlanes hcp = Plain.library(client, beside, arguments[1])) {
            hcp.maintain();
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                for (int i = 1; i < words.length; i++) {
                    reconcile(hcp, words[i]);
                }
                System.out.println("done");
            }
        }
    }

    private static KubernetesClient client(String kubeconfig, String agent) {
        Config config = Config.fromKubeconfig(kubeconfig);
        config.setUserAgent(agent);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Somebody may be at work with it. */
    private static void reconcile(HostedControlPlanes hcp, String tenant) {
        long begun = System.nanoTime();
        while (true) {
            try {
                hcp.reconcile(tenant).await(LIMIT);
                return;
            } catch (HcpException e) {
                if (e.kind() != ErrorKind.LOCKED || System.nanoTime() - begun > LIMIT.toNanos()) {
                    throw e;
                }
                Jvm.sleep(Duration.ofMillis(200));
            }
        }
    }
}
