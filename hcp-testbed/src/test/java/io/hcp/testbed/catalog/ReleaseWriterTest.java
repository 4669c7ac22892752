package io.hcp.testbed.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.core.internal.catalog.ReleaseCatalog;
import io.hcp.core.internal.catalog.ReleaseYaml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReleaseWriterTest {
    @TempDir
    private Path directory;

    static Set<String> minors() {
        return ReleaseCatalog.bundled().minors();
    }

    @ParameterizedTest
    @MethodSource("minors")
    void write_releaseAsRead_givesTheSameBytes(String minor) throws IOException {
        String name = "kubernetes-" + minor + ".yaml";
        try (InputStream in = Objects.requireNonNull(ReleaseCatalog.class.getResourceAsStream(name), name)) {
            String file = new String(in.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(ReleaseWriter.write(ReleaseYaml.read(minor, file))).isEqualTo(file);
        }
    }

    @Test
    void replace_changedText_tellsWhatWentAndCame() throws IOException {
        Path file = directory.resolve("made/file.yaml");

        assertThat(replace(file, "a: 1\n  b: 2\n")).isEqualTo("file.yaml: 2 lines\n");
        assertThat(replace(file, "a: 1\n  b: 2\n")).isEqualTo("file.yaml: nothing changed\n");
        assertThat(replace(file, "a: 1\n  b: 3\n")).isEqualTo("file.yaml: 2 lines\n- b: 2\n+ b: 3\n");
        assertThat(file).hasContent("a: 1\n  b: 3\n");
    }

    private static String replace(Path file, String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SourceText.replace(file, text, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }
}
