package io.hcp.testbed.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.testbed.CommandLine;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Jdks;
import io.hcp.testbed.proof.Proof;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

@Proof(name = "local-jdk25", shows = "all tests, built and run with JDK 25", minutes = 14, jdk = 25)
class Jdk25Proof {
    private static final Duration LIMIT = Duration.ofMinutes(14);
    private static final Pattern TOTAL =
            Pattern.compile("Tests run: (\\d+), Failures: 0, Errors: 0, Skipped: (\\d+)\\R");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path empty;

    @Test
    void verify(TestReporter reporter) throws Exception {
        Path jdk = Jdks.find(25)
                .orElseThrow(
                        () -> new IllegalStateException("no JDK 25 was found. Remedy: install one below /usr/lib/jvm"));
        Path top =
                Path.of(Objects.requireNonNull(System.getProperty("hcp.top"))).toAbsolutePath();
        String clone = empty.resolve("clone").toString();
        CommandLine.run(LIMIT, Map.of(), List.of("git", "clone", "--quiet", top.toString(), clone))
                .orThrow();
        String output = CommandLine.run(
                        LIMIT,
                        Map.of("JAVA_HOME", jdk.toString()),
                        List.of("env", "--chdir=" + clone, "./mvnw", "--batch-mode", "verify"))
                .orThrow();
        List<MatchResult> totals = TOTAL.matcher(output).results().toList();
        int tests = totals.stream()
                .mapToInt(total -> Integer.parseInt(total.group(1)))
                .sum();
        System.out.println("  " + tests + " tests passed in " + totals.size() + " runs");
        Figure.publish(reporter, tests + " tests on JDK 25");
        assertThat(tests).isGreaterThan(100);
    }
}
