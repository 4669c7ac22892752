package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
    @Test
    void write_newFile_isPrivateAndAlone(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("token");

        PrivateFiles.write(file, "gehört niemand anderem");

        assertThat(file).hasContent("gehört niemand anderem");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(names(directory)).containsExactly("token");
    }

    @Test
    void write_readableFile_becomesPrivate(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "a much longer content than the new one");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        PrivateFiles.write(file, "new");

        assertThat(file).hasContent("new");
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void write_targetIsDirectory_failsAndLeavesNothing(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("token");
        Files.createDirectories(file.resolve("below"));

        assertThatThrownBy(() -> PrivateFiles.write(file, "secret"))
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.IO))
                .hasMessageContaining("cannot write " + file)
                .hasMessageNotContaining("secret");
        assertThat(names(directory)).containsExactly("token");
    }

    @Test
    void createDirectories_severalMissing_makesPrivateOnesOnly(@TempDir Path directory) throws IOException {
        Path existing = Files.createDirectory(
                directory.resolve("shared"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

        PrivateFiles.createDirectories(existing.resolve("a/b"));
        PrivateFiles.createDirectories(existing.resolve("a/b"));

        assertThat(mode(existing)).isEqualTo("rwxr-xr-x");
        assertThat(mode(existing.resolve("a"))).isEqualTo("rwx------");
        assertThat(mode(existing.resolve("a/b"))).isEqualTo("rwx------");
    }

    @Test
    void createDirectories_fileInTheWay_fails(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "");

        assertThatThrownBy(() -> PrivateFiles.createDirectories(file.resolve("b")))
                .isInstanceOf(HcpException.class)
                .hasMessageContaining("cannot create directory " + file.resolve("b"));
    }

    @Test
    void failure_kinds_followTheCause() {
        Path file = Path.of("/data/token");

        assertThat(PrivateFiles.failure("write", file, new IOException("No space left on device")))
                .hasMessageStartingWith("cannot write /data/token: No space left on device. Remedy: free space")
                .extracting(HcpException::kind)
                .isEqualTo(ErrorKind.DISK_FULL);
        assertThat(PrivateFiles.failure(
                                "write", file, new FileSystemException("/data/token", null, "No space left on device"))
                        .kind())
                .isEqualTo(ErrorKind.DISK_FULL);
        assertThat(PrivateFiles.failure("write", file, new ClosedByInterruptException())
                        .kind())
                .isEqualTo(ErrorKind.CANCELLED);
        assertThat(PrivateFiles.failure("read", file, new IOException()))
                .hasMessageStartingWith("cannot read /data/token: IOException. Remedy: ")
                .extracting(HcpException::kind)
                .isEqualTo(ErrorKind.IO);
    }

    static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    static Stream<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList().stream();
        }
    }
}
