package io.hcp.core.internal.local;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The keys with which a tenant's API server encrypts what it stores. What was encrypted with a lost key is lost, so a key
 * is made once and never replaced.
 */
final class EncryptionKeys {
    private static final int BYTES = 32;

    private final TenantLayout layout;

    EncryptionKeys(TenantLayout layout) {
        this.layout = layout;
    }

    /** Makes a key that nothing was encrypted with yet; one that an interrupted call has made is kept. */
    void create(String name) {
        if (text(name).isEmpty()) {
            byte[] key = new byte[BYTES];
            new SecureRandom().nextBytes(key);
            PrivateFiles.createDirectories(layout.encryptionKey(name).resolveSibling(""));
            PrivateFiles.write(layout.encryptionKey(name), Base64.getEncoder().encodeToString(key));
        }
    }

    /** Returns a key as the API server's configuration has it, in base64: a secret. */
    String read(String name) {
        return text(name)
                .orElseThrow(() -> new HcpException(
                        ErrorKind.PKI_DAMAGED,
                        "the encryption key " + layout.encryptionKey(name) + " is missing or damaged",
                        "restore the file from a backup: without it nothing that was encrypted can be read"));
    }

    /** Returns those of the keys that are missing or damaged. */
    List<String> damaged(Collection<String> names) {
        return names.stream().filter(name -> text(name).isEmpty()).toList();
    }

    private Optional<String> text(String name) {
        Path file = layout.encryptionKey(name);
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return Base64.getDecoder().decode(text).length == BYTES ? Optional.of(text) : Optional.empty();
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw PrivateFiles.failure("read", file, e);
        }
    }
}
