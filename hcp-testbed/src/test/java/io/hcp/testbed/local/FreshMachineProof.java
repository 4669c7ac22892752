package io.hcp.testbed.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.testbed.CommandLine;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

@Proof(
        name = "local-fresh",
        shows =
                "a clone in an empty directory, with an empty Maven repository: quickstart, verify, and a project of its own",
        minutes = 35)
class FreshMachineProof {
    private static final Duration LIMIT = Duration.ofMinutes(35);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path empty;

    @Test
    void cloneAndRun(TestReporter reporter) throws Exception {
        Path top =
                Path.of(Objects.requireNonNull(System.getProperty("hcp.top"))).toAbsolutePath();
        Path clone = empty.resolve("clone");
        timed("git clone", empty, List.of("git", "clone", "--quiet", top.toString(), clone.toString()));
        double quickstart = timed("examples/run quickstart", clone, List.of("examples/run", "quickstart"));
        double verify = timed("./mvnw verify", clone, List.of("./mvnw", "--batch-mode", "--quiet", "verify"));
        timed("./mvnw install", clone, List.of("./mvnw", "--batch-mode", "--quiet", "install", "-DskipTests"));
        double project = ownProject(clone);
        Figure.publish(
                reporter,
                String.format(
                        Locale.ROOT,
                        "quickstart %.0f s, verify %.0f s, own project %.0f s",
                        quickstart,
                        verify,
                        project));
    }

    private double ownProject(Path clone) throws Exception {
        Path project = Files.createDirectories(empty.resolve("project"));
        Path sources = Files.createDirectories(project.resolve("src/main/java"));
        Files.writeString(
                sources.resolve("Acme.java"), ReadmeTest.program(Files.readString(clone.resolve("README.md"))));
        Files.writeString(project.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>org.example</groupId><artifactId>own</artifactId><version>1</version>
                  <properties>
                    <maven.compiler.release>17</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                  <dependencies>
                    <dependency><groupId>io.hcp</groupId><artifactId>hcp-core</artifactId><version>0.1.0-SNAPSHOT</version></dependency>
                  </dependencies>
                </project>
                """);
        String mvnw = clone.resolve("mvnw").toString();
        timed(
                "a project of its own compiles README's program",
                project,
                List.of(
                        mvnw,
                        "--batch-mode",
                        "--quiet",
                        "compile",
                        "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath",
                        "-Dmdep.outputFile=cp"));
        return timed(
                "and runs it",
                project,
                List.of("java", "-cp", "target/classes:" + Files.readString(project.resolve("cp")), "Acme"));
    }

    private double timed(String what, Path directory, List<String> command) {
        Map<String, String> environment = new HashMap<>();
        environment.put("MAVEN_ARGS", "-Dmaven.repo.local=" + empty.resolve("repository"));
        List<String> inDirectory = new ArrayList<>(List.of("env", "--chdir=" + directory));
        inDirectory.addAll(command);
        long begun = System.nanoTime();
        CommandLine.Result result = CommandLine.run(LIMIT, environment, inDirectory);
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(Locale.ROOT, "  %-50s %6.1f s%n", what, seconds);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return seconds;
    }
}
