package io.hcp.testbed.under;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

@Proof(
        name = "under-crash",
        shows = "of the under cluster of a killed JVM nothing is left, at once or when the next one starts",
        minutes = 6,
        programs = {"kubelet", "kube-proxy", "coredns", "metallb-controller", "metallb-speaker", "kubectl"},
        root = true)
class UnderCrashProof {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String READY = "the cluster is there";

    @RegisterExtension
    static final UnderClusterExtension UNDER = UnderClusterExtension.shared();

    @Test
    void killed_leavesNothing(TestReporter reporter) throws Exception {
        Process jvm = start();
        int things = UnderCluster.leftovers().size();
        assertThat(things).isGreaterThan(20);
        long begun = System.nanoTime();
        jvm.destroyForcibly().waitFor();
        await().atMost(SOON).until(() -> UnderCluster.leftovers().isEmpty());
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(Locale.ROOT, "  JVM killed: all %d things were gone after %.1f s%n", things, seconds);
        Figure.publish(reporter, String.format(Locale.ROOT, "%d things gone %.1f s after kill -9", things, seconds));
    }

    @Test
    void killedWithItsSweeper_isRemovedByTheNext(TestReporter reporter) throws Exception {
        Process jvm = start();
        List<ProcessHandle> sweepers = jvm.descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("sweep.sh"))
                .toList();
        assertThat(sweepers).isNotEmpty();
        sweepers.forEach(ProcessHandle::destroyForcibly);
        jvm.destroyForcibly().waitFor();
        int things = UnderCluster.leftovers().size();
        assertThat(things).isGreaterThan(20);
        assertThat(UNDER.cluster().nodes()).allMatch(UnderNode::isReady);
        UNDER.stop();
        assertThat(UnderCluster.leftovers()).isEmpty();
        System.out.printf(Locale.ROOT, "  JVM and sweeper killed: the next start removed all %d things%n", things);
        Figure.publish(reporter, "the next start removes what is left");
    }

    private static Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = Objects.requireNonNull(System.getProperty("java.class.path"));
        Process jvm = new ProcessBuilder(
                        java, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", classPath, Other.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader reader = jvm.inputReader();
        String line = reader.readLine();
        while (line != null && !line.equals(READY)) {
            line = reader.readLine();
        }
        assertThat(line).isEqualTo(READY);
        return jvm;
    }

    /** A JVM of its own with a cluster, to be killed. */
    static final class Other {
        private Other() {}

        public static void main(String[] arguments) throws Exception {
            try (UnderCluster cluster = UnderCluster.start(options -> options.nodes(4))) {
                cluster.nodes().get(1).freeze();
                cluster.nodes().get(2).cutOff();
                cluster.nodes().get(3).kill();
                System.out.println(READY);
                new CountDownLatch(1).await();
            }
        }
    }
}
