package io.hcp.core.internal.component;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How to build the programs of one release with Go: a {@code go.mod} and {@code go.sum} that pin every dependency.
 *
 * @param family what is built
 * @param version the release
 */
record Recipe(Family family, String version) {
    private static final String VERSION_PACKAGE = "k8s.io/component-base/version.";

    static Optional<Recipe> of(Program program) {
        Family family = program.family();
        return family.recipeVersions().contains(program.version())
                ? Optional.of(new Recipe(family, program.version()))
                : Optional.empty();
    }

    String name() {
        return family.name().toLowerCase(Locale.ROOT) + "-" + version;
    }

    /** The oldest Go that builds it. */
    String goVersion() {
        try (InputStream in = resource("go.mod")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("go "))
                    .map(line -> line.substring(3).strip())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException("recipe " + name() + " is not readable", e);
        }
    }

    void copyTo(Path directory) throws IOException {
        for (String file : List.of("go.mod", "go.sum")) {
            try (InputStream in = resource(file)) {
                Files.copy(in, directory.resolve(file));
            }
        }
    }

    /** The arguments of {@code go} that build programs into a directory. */
    List<String> arguments(Path output, Collection<Program> programs) {
        String target = output + "/";
        Stream<String> options =
                Stream.of("build", "-v", "-mod=readonly", "-trimpath", "-ldflags", linkerFlags(), "-o", target);
        return Stream.concat(options, programs.stream().map(Recipe::goPackage)).toList();
    }

    /** What {@code go} calls the file of a program: the last part of its package that is no version. */
    static String builtName(Program program) {
        return switch (program.name()) {
            case "etcd" -> "server";
            case "metallb-controller" -> "controller";
            case "metallb-speaker" -> "speaker";
            default -> program.name();
        };
    }

    private String linkerFlags() {
        if (family != Family.KUBERNETES) {
            return "-s -w";
        }
        String[] numbers = version.split("\\.", -1);
        return "-s -w -X %1$sgitVersion=v%2$s -X %1$sgitMajor=%3$s -X %1$sgitMinor=%4$s -X %1$sgitTreeState=clean"
                .formatted(VERSION_PACKAGE, version, numbers[0], numbers[1]);
    }

    private static String goPackage(Program program) {
        return switch (program.family()) {
            case KUBERNETES -> "k8s.io/kubernetes/cmd/" + program.name();
            case ETCD -> "go.etcd.io/etcd/server/v3";
            case COREDNS -> "github.com/coredns/coredns";
            case METALLB -> "go.universe.tf/metallb/" + builtName(program);
        };
    }

    private InputStream resource(String file) throws IOException {
        InputStream in = Recipe.class.getResourceAsStream(name() + "/" + file);
        if (in == null) {
            throw new IOException("recipe " + name() + " lacks " + file);
        }
        return in;
    }
}
