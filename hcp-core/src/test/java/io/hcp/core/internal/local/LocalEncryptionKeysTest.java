package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.TenantLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalEncryptionKeysTest {
    private static final String NAME = "secretbox-1";

    @TempDir
    Path directory;

    private final TestLease lease = new TestLease();
    private LocalEncryptionKeys keys;
    private Path file;

    @BeforeEach
    void makeKeys() {
        TenantLayout layout = new TenantLayout(directory.resolve("acme"));
        keys = new LocalEncryptionKeys("acme", layout);
        file = layout.encryptionKey(NAME);
    }

    @Test
    void create_again_keepsTheKey() throws IOException {
        keys.create(lease, NAME);
        String key = keys.read(NAME);

        keys.create(lease, NAME);

        assertThat(keys.read(NAME)).isEqualTo(key);
        assertThat(Base64.getDecoder().decode(key)).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void create_damagedKeyIsThere_leavesItAsItIs() throws IOException {
        keys.create(lease, NAME);
        Files.writeString(file, "half");

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> keys.create(lease, NAME))
                .withMessageStartingWith("the encryption key " + file + " is missing or damaged")
                .satisfies(damaged -> assertThat(damaged.kind()).isEqualTo(ErrorKind.PKI_DAMAGED));
        assertThat(file).hasContent("half");
    }

    @Test
    void damaged_someOfThem_areNamed() throws IOException {
        keys.create(lease, "aesgcm-1");
        keys.create(lease, NAME);
        Files.writeString(file, "!");

        assertThat(keys.damaged(List.of("aesgcm-1", NAME, "gone-1"))).containsExactly(NAME, "gone-1");
    }

    @Test
    void create_leaseLost_isRefused() {
        TestLease.assertRefused(() -> keys.create(TestLease.lost(), NAME));

        assertThat(file).doesNotExist();
    }
}
