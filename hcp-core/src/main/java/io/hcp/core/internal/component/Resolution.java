package io.hcp.core.internal.component;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One pass through the sources, and what was learned in it. */
final class Resolution {
    private final ResolverSettings settings;
    private final Set<Program> wanted;
    private final List<Source> withoutBuilding;
    private final GoBuildSource building;
    private final Map<Program, Path> found = new LinkedHashMap<>();
    private final Map<Program, List<String>> reasons = new LinkedHashMap<>();

    Resolution(ResolverSettings settings, Collection<Program> programs) {
        this.settings = settings;
        this.wanted = new LinkedHashSet<>(programs);
        VersionProbe probe = new VersionProbe(settings);
        Platform platform = Platform.current();
        ComponentCache cache = new ComponentCache(settings.cacheDirectory(), platform, probe);
        Progress progress = new Progress(settings.listener(), settings.clock());
        this.withoutBuilding = List.of(
                new ExplicitSource(settings, probe),
                new MachineSource("PATH", settings, probe),
                new MachineSource("KUBEBUILDER_ASSETS", settings, probe),
                cache,
                new DownloadSource(settings, platform, cache, progress));
        this.building = new GoBuildSource(settings, cache, progress);
    }

    Map<Program, Path> run() throws IOException, InterruptedException {
        for (Source source : withoutBuilding) {
            ask(source, missing());
        }
        // Minutes of building would be lost if another program is not to be had anyway.
        List<Program> hopeless = missing().stream()
                .filter(program -> building.obstacle(program).isPresent())
                .toList();
        ask(building, hopeless.isEmpty() ? missing() : hopeless);
        List<Program> unavailable = hopeless.isEmpty() ? missing() : hopeless;
        if (!unavailable.isEmpty()) {
            throw unavailable(unavailable);
        }
        Map<Program, Path> inOrder = new LinkedHashMap<>();
        wanted.forEach(program ->
                inOrder.put(program, Optional.ofNullable(found.get(program)).orElseThrow()));
        return inOrder;
    }

    private List<Program> missing() {
        return wanted.stream().filter(program -> !found.containsKey(program)).toList();
    }

    private void ask(Source source, List<Program> programs) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before asking: " + source.name());
        }
        if (programs.isEmpty()) {
            return;
        }
        source.find(programs).forEach((program, finding) -> {
            finding.file().ifPresent(file -> found.put(program, file));
            reasons.computeIfAbsent(program, key -> new ArrayList<>()).add(source.name() + ": " + finding.reason());
        });
    }

    private HcpException unavailable(List<Program> programs) {
        Program first = programs.get(0);
        List<String> lines = new ArrayList<>();
        lines.add(first + " is not to be had:");
        lines.addAll(reasons.getOrDefault(first, List.of()));
        List<String> others = programs.stream().skip(1).map(Program::toString).toList();
        if (!others.isEmpty()) {
            lines.add("not to be had either: " + String.join(", ", others));
        }
        return new HcpException(ErrorKind.COMPONENT_UNAVAILABLE, String.join("\n  ", lines), remedy(first));
    }

    private String remedy(Program program) {
        if (!program.family().downloadable()) {
            return "install Go " + Recipe.of(program).map(Recipe::goVersion).orElse("") + " or later";
        }
        URI base = program.family() == Family.ETCD ? settings.etcdDownloads() : settings.kubernetesDownloads();
        String building = Recipe.of(program)
                .map(recipe -> ", or install Go " + recipe.goVersion() + " or later")
                .orElse("");
        return "put " + program + " on PATH, or name it with binary(\"" + program.name()
                + "\", ...), or allow access to " + base + building;
    }
}
