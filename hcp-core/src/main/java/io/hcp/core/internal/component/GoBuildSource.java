package io.hcp.core.internal.component;

import io.hcp.core.internal.files.LogTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Programs built from their Go modules; those of one release together, since they share most of their packages. */
final class GoBuildSource implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(GoBuildSource.class);

    private final ResolverSettings settings;
    private final ComponentCache cache;
    private final Progress progress;

    GoBuildSource(ResolverSettings settings, ComponentCache cache, Progress progress) {
        this.settings = settings;
        this.cache = cache;
        this.progress = progress;
    }

    @Override
    public String name() {
        return "go build";
    }

    /** Why a program cannot even be tried to be built, known without doing anything. */
    Optional<String> obstacle(Program program) {
        if (Recipe.of(program).isEmpty()) {
            return Optional.of("no recipe for " + program + " (there are: "
                    + String.join(", ", program.family().recipeVersions()) + ")");
        }
        return go().isEmpty() ? Optional.of("no go on PATH") : Optional.empty();
    }

    @Override
    public Map<Program, Finding> find(Collection<Program> programs) throws IOException, InterruptedException {
        Map<Program, Finding> findings = new LinkedHashMap<>();
        Map<Recipe, List<Program>> groups = new LinkedHashMap<>();
        for (Program program : programs) {
            Optional<String> obstacle = obstacle(program);
            if (obstacle.isPresent()) {
                findings.put(program, Finding.none(obstacle.get()));
            } else {
                groups.computeIfAbsent(Recipe.of(program).orElseThrow(), key -> new ArrayList<>())
                        .add(program);
            }
        }
        for (Map.Entry<Recipe, List<Program>> group : groups.entrySet()) {
            findings.putAll(build(group.getKey(), group.getValue()));
        }
        return findings;
    }

    private Optional<Path> go() {
        return Command.onPath(settings.environment().getOrDefault("PATH", ""), "go");
    }

    private Map<Program, Finding> build(Recipe recipe, List<Program> programs)
            throws IOException, InterruptedException {
        String job = "build-" + recipe.name();
        Runnable onWait =
                () -> report(programs, "waiting for another build of it" + Waiting.forHolderOf(cache.lockFile(job)));
        return cache.locked(job, onWait, () -> {
            Map<Program, Finding> findings = new LinkedHashMap<>();
            for (Program program : programs) {
                Finding meanwhile = cache.find(program);
                if (meanwhile.file().isPresent()) {
                    findings.put(program, meanwhile);
                }
            }
            List<Program> missing = programs.stream()
                    .filter(program -> !findings.containsKey(program))
                    .toList();
            if (!missing.isEmpty()) {
                findings.putAll(buildMissing(recipe, missing));
            }
            return findings;
        });
    }

    private Map<Program, Finding> buildMissing(Recipe recipe, List<Program> programs)
            throws IOException, InterruptedException {
        Path workspace = cache.workspace("build-" + recipe.name());
        // What a killed run left behind. Its go may still be running, so the new build gets a directory of its own.
        ComponentCache.deleteTree(workspace);
        Path directory = Files.createTempDirectory(Files.createDirectories(workspace), "run-");
        try {
            recipe.copyTo(Files.createDirectories(directory.resolve("module")));
            Files.createDirectories(directory.resolve("tmp"));
            Path output = Files.createDirectories(directory.resolve("bin"));
            report(programs, "building");
            Optional<String> failure = runGo(recipe, directory, programs);
            Map<Program, Finding> findings = new LinkedHashMap<>();
            for (Program program : programs) {
                Finding finding = failure.isPresent()
                        ? Finding.none(failure.get())
                        : publish(program, output.resolve(Recipe.builtName(program)));
                progress.report(program, finding.file().isPresent() ? "built" : "not built");
                findings.put(program, finding);
            }
            return findings;
        } finally {
            deleteQuietly(workspace);
        }
    }

    private Finding publish(Program program, Path built) throws IOException, InterruptedException {
        if (!Files.isRegularFile(built)) {
            return Finding.none("go build succeeded without making " + program.name());
        }
        // Somebody may be downloading the same program meanwhile.
        return cache.locked(cache.key(program), () -> {}, () -> {
            Finding meanwhile = cache.find(program);
            return meanwhile.file().isPresent() ? meanwhile : cache.publish(program, built);
        });
    }

    private Optional<String> runGo(Recipe recipe, Path directory, List<Program> programs)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(go().orElseThrow().toString()));
        words.addAll(recipe.arguments(directory.resolve("bin"), programs));
        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.put("CGO_ENABLED", "0");
        environment.put("GOWORK", "off");
        environment.put("GOTMPDIR", directory.resolve("tmp").toString());
        Path log = cache.log("build-" + recipe.name());
        LogFile lines = new LogFile(log);
        BuildCounter counter = new BuildCounter();
        Command command = new Command(words, environment, directory.resolve("module"), log);
        OptionalInt exit = command.run(settings.limits().build(), () -> {
            lines.newLines(counter::line);
            programs.forEach(program -> progress.update(program, counter.activity()));
        });
        if (exit.isEmpty()) {
            return Optional.of("go build took longer than "
                    + settings.limits().build().toMinutes() + " min; its output is in " + log);
        }
        return exit.getAsInt() == 0
                ? Optional.empty()
                : Optional.of("go build ended with exit code " + exit.getAsInt() + ":\n    "
                        + String.join("\n    ", LogTail.since(log, 0)));
    }

    private void report(List<Program> programs, String activity) {
        programs.forEach(program -> progress.report(program, activity));
    }

    /** Processes that were just killed may still hold or make a file; the next build tries again. */
    private static void deleteQuietly(Path workspace) {
        try {
            ComponentCache.deleteTree(workspace);
        } catch (IOException e) {
            LOG.debug("{} is left behind", workspace, e);
        }
    }

    /** Counts the packages that {@code go build -v} names. */
    private static final class BuildCounter {
        private int compiled;
        private String current = "";

        void line(String line) {
            if (line.startsWith("go: ")) {
                current = ", " + line.substring("go: ".length());
            } else if (!line.startsWith("#") && !line.isBlank()) {
                compiled++;
                current = ", package " + line;
            }
        }

        String activity() {
            return "building: " + compiled + " packages compiled" + current;
        }
    }
}
