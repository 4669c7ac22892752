package io.hcp.testbed.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The JDKs of this machine. */
public final class Jdks {
    private Jdks() {}

    /**
     * Finds a JDK: this one, or one below {@code /usr/lib/jvm}.
     *
     * @param feature its feature version, for example 25
     * @return its home
     * @throws IOException if the directory cannot be read
     */
    public static Optional<Path> find(int feature) throws IOException {
        if (Runtime.version().feature() == feature) {
            return Optional.of(Path.of(System.getProperty("java.home")));
        }
        Path installed = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(installed)) {
            return Optional.empty();
        }
        try (Stream<Path> candidates = Files.list(installed)) {
            return candidates
                    .filter(candidate -> Files.isExecutable(candidate.resolve("bin/javac")))
                    .filter(candidate -> release(candidate).contains("JAVA_VERSION=\"" + feature))
                    .findFirst();
        }
    }

    private static String release(Path jdk) {
        try {
            return Files.readString(jdk.resolve("release"));
        } catch (IOException e) {
            return "";
        }
    }
}
