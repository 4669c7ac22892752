package io.hcp.testbed.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.testbed.CommandLine;
import io.hcp.testbed.Programs;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

@Proof(
        name = "local-unprivileged",
        shows = "a tenant of a user without any privilege: other uid, no capabilities, no new privileges",
        minutes = 3,
        root = true)
class UnprivilegedProof {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String NOBODY = "65534";

    @Test
    void tenantOfNobody(TestReporter reporter) throws Exception {
        Path home = Files.createTempDirectory("hcp-nobody-").toRealPath();
        try {
            List<String> jars = copyClassPath(home);
            copyPrograms(home);
            run(List.of("chown", "-R", NOBODY + ":" + NOBODY, home.toString()));
            List<String> command = new ArrayList<>(List.of(
                    "setpriv",
                    "--reuid=" + NOBODY,
                    "--regid=" + NOBODY,
                    "--clear-groups",
                    "--no-new-privs",
                    "--bounding-set=-all",
                    "--inh-caps=-all",
                    "env",
                    "--ignore-environment",
                    "PATH=/usr/bin:/bin",
                    "HOME=" + home));
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Duser.home=" + home,
                    "-Djava.io.tmpdir=" + home,
                    "-cp",
                    String.join(":", jars),
                    TenantProcess.class.getName(),
                    "ephemeral",
                    "-",
                    "humble",
                    "never"));
            CommandLine.Result result = CommandLine.run(LIMIT, Map.of(), command);
            System.out.println("  as uid " + NOBODY + " without capabilities: "
                    + result.output().trim());
            assertThat(result.exitCode()).as(result.output()).isZero();
            assertThat(result.output()).contains("done");
            assertThat(LocalTestbed.processes(home)).isEmpty();
            Figure.publish(reporter, "ready as uid " + NOBODY + ", nothing left");
        } finally {
            run(List.of("rm", "-rf", home.toString()));
        }
    }

    private static List<String> copyClassPath(Path home) {
        List<String> copies = new ArrayList<>();
        for (String entry :
                Objects.requireNonNull(System.getProperty("java.class.path")).split(":", -1)) {
            Path copy = home.resolve(
                    "class-path-" + copies.size() + "-" + Path.of(entry).getFileName());
            run(List.of("cp", "-r", entry, copy.toString()));
            copies.add(copy.toString());
        }
        return copies;
    }

    private static void copyPrograms(Path home) throws IOException {
        Path components = Files.createDirectories(home.resolve(".cache/hcp/components"));
        for (String program : List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler")) {
            Path entry = Programs.provide(program).resolveSibling("");
            run(List.of("cp", "-r", entry.toString(), components.toString()));
        }
    }

    private static void run(List<String> command) {
        CommandLine.run(LIMIT, Map.of(), command).orThrow();
    }
}
