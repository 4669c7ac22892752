package io.hcp.testbed.proof;

import io.hcp.core.internal.component.Program;
import io.hcp.testbed.Programs;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Lists the proofs, or runs one, ends with {@code PROOF NAME PASS|FAIL figure}, and keeps its output in
 * {@code docs/proof/NAME.txt}.
 */
final class ProofMain {
    private static final List<String> TENANT_PROGRAMS =
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");

    private ProofMain() {}

    /** Arguments: nothing to list, or {@code [--if-possible] NAME}. */
    public static void main(String[] arguments) throws IOException {
        List<String> names =
                Arrays.stream(arguments).filter(a -> !a.startsWith("--")).toList();
        if (names.isEmpty()) {
            proofs().forEach(proof -> System.out.printf(
                    Locale.ROOT,
                    "%-20s %3d min  %s%n",
                    proof(proof).name(),
                    proof(proof).minutes(),
                    proof(proof).shows()));
            return;
        }
        Class<?> wanted = proofs().stream()
                .filter(candidate -> proof(candidate).name().equals(names.get(0)))
                .findFirst()
                .orElse(null);
        if (wanted == null) {
            System.err.println("There is no proof \"" + names.get(0) + "\". Without a name they are listed.");
            System.exit(2);
            return;
        }
        Optional<String> missing = missing(proof(wanted));
        if (Arrays.asList(arguments).contains("--if-possible") && missing.isPresent()) {
            System.out.println("PROOF " + names.get(0) + " NOT RUN " + missing.get());
            return;
        }
        System.exit(run(wanted) ? 0 : 1);
    }

    private static Proof proof(Class<?> type) {
        return type.getAnnotation(Proof.class);
    }

    private static List<Class<?>> proofs() {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .filters(ClassNameFilter.includeClassNamePatterns(".*Proof"))
                .selectors(DiscoverySelectors.selectPackage("io.hcp.testbed"))
                .filters(TagFilter.includeTags("proof"))
                .build();
        var plan = LauncherFactory.create().discover(request);
        List<Class<?>> found = new ArrayList<>();
        plan.getRoots()
                .forEach(root -> plan.getChildren(root)
                        .forEach(child -> child.getSource()
                                .filter(ClassSource.class::isInstance)
                                .ifPresent(source -> found.add(((ClassSource) source).getJavaClass()))));
        found.sort(Comparator.comparing(type -> proof(type).name()));
        return found;
    }

    private static Optional<String> missing(Proof proof) throws IOException {
        if (proof.root() && !System.getProperty("user.name").equals("root")) {
            return Optional.of("it needs root");
        }
        if (proof.jdk() > 0 && Jdks.find(proof.jdk()).isEmpty()) {
            return Optional.of("it needs a JDK " + proof.jdk() + " below /usr/lib/jvm");
        }
        Stream<String> ofTests = Stream.concat(TENANT_PROGRAMS.stream(), Arrays.stream(proof.programs()))
                .filter(program -> !Programs.isCached(program));
        Stream<String> ofReleases = Arrays.stream(proof.releases())
                .map(release -> new Program("kube-apiserver", release))
                .filter(program -> !Programs.isCached(program))
                .map(Program::toString);
        return Stream.concat(ofTests, ofReleases)
                .map(program -> program + " is not in the cache")
                .findFirst();
    }

    private static boolean run(Class<?> proof) throws IOException {
        String name = proof(proof).name();
        Path file = Path.of(System.getProperty("hcp.top", "."), "docs", "proof", name + ".txt");
        Files.createDirectories(file.resolveSibling(""));
        PrintStream console = System.out;
        Listener listener = new Listener();
        try (PrintStream both =
                new PrintStream(new Tee(console, Files.newOutputStream(file)), true, StandardCharsets.UTF_8)) {
            System.setOut(both);
            System.out.println(
                    "examples/run proof " + name + ": " + proof(proof).shows());
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(proof))
                                    .build(),
                            listener);
            boolean passed = listener.failures.isEmpty() && listener.succeeded > 0;
            System.out.println("PROOF " + name + (passed ? " PASS " : " FAIL ") + String.join("; ", listener.figures));
            return passed;
        } finally {
            System.setOut(console);
        }
    }

    /** Prints each test as it ends. */
    private static final class Listener implements TestExecutionListener {
        private final List<String> failures = new ArrayList<>();
        private final List<String> figures = new ArrayList<>();
        private int succeeded;

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            failures.add(test.getDisplayName() + " was skipped: " + reason);
            System.out.println("  skipped  " + test.getDisplayName() + ": " + reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                failures.add(test.getDisplayName());
                StringWriter trace = new StringWriter();
                result.getThrowable().ifPresent(thrown -> thrown.printStackTrace(new PrintWriter(trace)));
                System.out.println("  failed   " + test.getDisplayName() + "\n" + trace);
            } else if (test.isTest()) {
                succeeded++;
                System.out.println("  passed   " + test.getDisplayName());
            }
        }

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            Optional.ofNullable(entry.getKeyValuePairs().get(Figure.KEY)).ifPresent(figures::add);
        }
    }
}
