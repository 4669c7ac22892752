package io.hcp.core.internal.component;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Asks programs for their version. */
final class VersionProbe {
    private static final int MAX_OUTPUT = 64 * 1024;

    private final ResolverSettings settings;

    VersionProbe(ResolverSettings settings) {
        this.settings = settings;
    }

    /**
     * Compares a file with what is wanted.
     *
     * @return empty if the file is the program in a version that serves; otherwise what it is instead, for example
     *     {@code is 1.35.4 but 1.36.3 is wanted}
     */
    Optional<String> mismatch(Path file, Program wanted) throws IOException, InterruptedException {
        if (!wanted.family().tellsVersion()) {
            return Optional.of("does not tell its version");
        }
        Path directory = Files.createTempDirectory("hcp-version-");
        try {
            return mismatch(file, wanted, directory);
        } finally {
            ComponentCache.deleteTree(directory);
        }
    }

    private Optional<String> mismatch(Path file, Program wanted, Path directory)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(file.toString()));
        words.addAll(Family.versionArguments(wanted.name()));
        Path output = directory.resolve("output");
        Command command = new Command(words, settings.environment(), directory, output);
        OptionalInt exit;
        try {
            exit = command.run(settings.limits().versionCommand(), Command.Tick.NONE);
        } catch (IOException e) {
            return Optional.of("cannot be run (" + e.getMessage() + ")");
        }
        String question = "\"" + String.join(" ", words.subList(1, words.size())) + "\"";
        if (exit.isEmpty()) {
            return Optional.of("did not answer " + question + " within "
                    + settings.limits().versionCommand().toMillis() + " ms");
        }
        Optional<String> version = Family.versionIn(head(output));
        if (exit.getAsInt() != 0 || version.isEmpty()) {
            return Optional.of("does not tell its version: " + question + " ended with exit code " + exit.getAsInt());
        }
        return version.filter(actual -> !wanted.family().satisfies(actual, wanted.version()))
                .map(actual -> "is " + actual + " but " + wanted.version() + " is wanted");
    }

    private static String head(Path output) throws IOException {
        try (var in = Files.newInputStream(output)) {
            return new String(in.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
        }
    }
}
