package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    @Test
    void secret_copies_areIndependent() {
        byte[] bytes = {1, 2, 3};
        Secret secret = Secret.of(bytes);
        bytes[0] = 9;
        secret.copy()[1] = 9;

        assertThat(secret.copy()).containsExactly(1, 2, 3);
    }

    @Test
    void secret_textAndEquality_tellNothing() {
        assertThat(Secret.of(new byte[] {1, 2, 3}))
                .hasToString("Secret[3 bytes]")
                .isNotEqualTo(Secret.of(new byte[] {1, 2, 3}));
    }

    @Test
    void destroy_twice_clearsAndRefuses() {
        Secret secret = Secret.random(32);

        secret.destroy();
        secret.destroy();

        assertThatThrownBy(secret::copy)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the secret was destroyed");
        assertThat(secret).hasToString("Secret[32 bytes]");
    }

    @Test
    void random_lengths_areKeptAndChecked() {
        assertThat(Secret.random(32).copy())
                .hasSize(32)
                .isNotEqualTo(Secret.random(32).copy());
        assertThatThrownBy(() -> Secret.random(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a secret of 0 bytes protects nothing");
    }

    @Test
    void create_newFile_isPrivateAndAlone(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("encryption.key");

        PrivateFiles.create(file, Secret.of(new byte[] {0, -1, 10}));

        assertThat(Files.readAllBytes(file)).containsExactly(0, -1, 10);
        assertThat(PrivateFilesTest.mode(file)).isEqualTo("rw-------");
        assertThat(PrivateFilesTest.names(directory)).containsExactly("encryption.key");
    }

    @Test
    void create_somethingThere_isRefusedAndUntouched(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("encryption.key");
        PrivateFiles.create(file, Secret.of(new byte[] {1}));

        assertThatThrownBy(() -> PrivateFiles.create(file, Secret.of(new byte[] {2})))
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BLOCKED))
                .hasMessageContaining(file + " exists and is never overwritten");
        assertThat(Files.readAllBytes(file)).containsExactly(1);
        assertThat(PrivateFilesTest.names(directory)).containsExactly("encryption.key");
    }

    @Test
    void create_directoryMissing_failsNamingTheFile(@TempDir Path directory) {
        Path file = directory.resolve("missing/encryption.key");

        assertThatThrownBy(() -> PrivateFiles.create(file, Secret.random(1)))
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.IO))
                .hasMessageContaining("cannot write " + file);
    }
}
