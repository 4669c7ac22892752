package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotationTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void rotate_smallLogOrNone_isLeftAlone() throws Exception {
        Path log = Files.writeString(directory.resolve("small.log"), "line\n");

        LogRotation.rotate(log);
        LogRotation.rotate(directory.resolve("absent.log"));

        assertThat(log).hasContent("line\n");
        assertThat(directory).isDirectoryContaining(log::equals).isDirectoryNotContaining("glob:**.1");
    }

    @Test
    void rotate_largeLog_keepsItsEndAndWriterGoesOn() throws Exception {
        Path log = directory.resolve("large.log");
        try (OutputStream writer = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            try (FileChannel sparse = FileChannel.open(log, StandardOpenOption.WRITE)) {
                sparse.write(ByteBuffer.wrap("\n".getBytes(StandardCharsets.UTF_8)), LogRotation.LIMIT);
            }
            writer.write("the end\n".getBytes(StandardCharsets.UTF_8));

            LogRotation.rotate(log);
            writer.write("the next line\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(log).hasContent("the next line\n");
        Path kept = directory.resolve("large.log.1");
        assertThat(Files.size(kept)).isEqualTo(LogRotation.KEPT);
        assertThat(Files.readString(kept)).endsWith("the end\n");
        assertThat(Files.getPosixFilePermissions(kept)).hasSize(2);
    }
}
