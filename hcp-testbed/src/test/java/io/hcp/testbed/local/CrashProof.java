package io.hcp.testbed.local;

import static io.hcp.testbed.local.LocalTestbed.LIMIT;
import static io.hcp.testbed.local.LocalTestbed.SOON;
import static io.hcp.testbed.local.LocalTestbed.describe;
import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

@Proof(
        name = "local-crash",
        shows = "a JVM killed at any moment of a tenant's creation and deletion loses nothing and leaves nothing",
        minutes = 12)
class CrashProof {
    private static final int ROUNDS = 20;
    private static final int CREATION_MILLIS = 4_000;
    private static final int DELETION_MILLIS = 1_400;

    @RegisterExtension
    static final LocalTestbed TESTBED = new LocalTestbed();

    @Test
    void killedAtRandomMoments(TestReporter reporter) throws Exception {
        long seed = Long.getLong("hcp.seed", System.nanoTime());
        System.out.println("  seed " + seed + " (repeat with -Dhcp.seed=" + seed + ")");
        Random random = new Random(seed);
        List<String> authorities = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            int creation = random.nextInt(CREATION_MILLIS);
            int deletion = random.nextInt(DELETION_MILLIS);
            String authority = killTwiceAndFinish(creation, deletion);
            System.out.printf(
                    Locale.ROOT,
                    "  creation killed after %4d ms, deletion after %4d ms: %s%n",
                    creation,
                    deletion,
                    authority);
            authorities.add(authority);
        }
        long kept = authorities.stream()
                .filter(authority -> authority.startsWith("same CA"))
                .count();
        Figure.publish(
                reporter, ROUNDS + " creations and deletions killed, " + kept + " with a CA, all CAs kept, 0 orphans");
    }

    private static String killTwiceAndFinish(int creation, int deletion) throws Exception {
        run("create", creation + " after provide programs");
        boolean made = Files.exists(TESTBED.tenant("victim").resolve("pki/ca.crt"));
        String before = made ? TESTBED.fingerprint("victim") : "";
        try (HostedControlPlanes hcp = TESTBED.open()) {
            hcp.apply(describe("victim")).awaitReady(LIMIT);
            assertThat(TESTBED.components("victim")).hasSize(4).doesNotHaveDuplicates();
            assertThat(hcp.plan(describe("victim")).isEmpty()).isTrue();
        }
        if (made) {
            assertThat(TESTBED.fingerprint("victim")).isEqualTo(before);
        }
        run("delete", deletion + " after mark deletion");
        try (HostedControlPlanes hcp = TESTBED.open()) {
            if (hcp.get("victim").isPresent()) {
                hcp.delete("victim").await(SOON);
            }
        }
        assertThat(LocalTestbed.processes(TESTBED.directory())).isEmpty();
        assertThat(TESTBED.tenant("victim")).doesNotExist();
        return made ? "same CA afterwards" : "no CA yet";
    }

    private static void run(String verb, String point) throws Exception {
        Process jvm = TenantProcess.start(Map.of(), verb, TESTBED.directory().toString(), "victim", point);
        jvm.getOutputStream().close(); // if it is ready before it is killed, it ends by itself
        jvm.waitFor();
    }
}
