package io.hcp.testbed.under.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.testbed.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Path binary;

    @BeforeEach
    void writeBinary() throws IOException {
        binary = Files.writeString(directory.resolve("built"), "not really a program");
    }

    @Test
    void archive_ofBinary_hasItAtItsPathAndAtTheTop() throws IOException {
        unpack(Image.of("example.test/mine:1", binary, "mine"));

        assertThat(directory.resolve("manifest.json"))
                .content()
                .contains("\"RepoTags\":[\"example.test/mine:1\"]", "\"Layers\":[\"layer.tar\"]");
        assertThat(sh("tar -tvf layer.tar"))
                .contains(
                        "drwxrwxrwt 0/0",
                        " tmp/\n",
                        "-rwxr-xr-x 0/0",
                        "usr/local/bin/mine\n",
                        "mine -> /usr/local/bin/mine");
        assertThat(sh("tar -xOf layer.tar usr/local/bin/mine")).isEqualTo("not really a program");
    }

    @Test
    void archive_digests_areThoseOfTheContent() throws IOException {
        unpack(Image.of("example.test/mine:1", binary, "mine"));

        String config = sh("ls | grep '^[0-9a-f]*\\.json$'").strip();
        assertThat(sh("sha256sum " + config)).startsWith(config.replace(".json", " "));
        String layer = sh("sha256sum layer.tar").substring(0, 64);
        assertThat(directory.resolve(config))
                .content()
                .contains("\"diff_ids\":[\"sha256:" + layer + "\"]", "[\"/mine\"]");
    }

    @Test
    void archive_twice_isTheSame() throws IOException {
        Image image = Image.of("example.test/mine:1", binary, "mine");
        image.archive(directory.resolve("one.tar"));
        image.archive(directory.resolve("two.tar"));

        assertThat(directory.resolve("one.tar")).hasSameBinaryContentAs(directory.resolve("two.tar"));
    }

    @Test
    void archive_pathTooLong_isRefused() {
        String path = "/" + "long/".repeat(25) + "path";
        Image image = new Image("example.test/mine:1", Map.of(path, binary), Map.of(), List.of(path), List.of());

        assertThatThrownBy(() -> image.archive(directory.resolve("image.tar")))
                .hasMessageContaining("too long for a tar archive: long/");
    }

    private void unpack(Image image) {
        image.archive(directory.resolve("image.tar"));
        String unused = sh("tar -xf image.tar && rm image.tar");
    }

    private String sh(String script) {
        return CommandLine.run(LIMIT, Map.of(), List.of("sh", "-euc", "cd '" + directory + "' && " + script))
                .orThrow();
    }
}
