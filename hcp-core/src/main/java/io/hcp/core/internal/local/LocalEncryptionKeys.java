package io.hcp.core.internal.local;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.gateway.EncryptionKeys;
import io.hcp.core.internal.gateway.Lease;
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
 * A tenant's encryption keys, each in a file.
 *
 * @param tenant the tenant's name
 * @param layout where its files are
 */
record LocalEncryptionKeys(String tenant, TenantLayout layout) implements EncryptionKeys {
    private static final int BYTES = 32;

    @Override
    public List<String> damaged(Collection<String> names) {
        return names.stream().filter(name -> text(name).isEmpty()).toList();
    }

    @Override
    public void create(Lease lease, String name) {
        LocalLease.check(lease, tenant);
        Path file = layout.encryptionKey(name);
        if (Files.exists(file)) {
            String unused = read(name); // one that is damaged may yet be repaired, a new one in its place could not
            return;
        }
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        PrivateFiles.createDirectories(file.resolveSibling(""));
        PrivateFiles.write(file, Base64.getEncoder().encodeToString(key));
    }

    /** Returns a key as the API server's configuration has it, in base64: a secret. */
    String read(String name) {
        return text(name)
                .orElseThrow(() -> new HcpException(
                        ErrorKind.PKI_DAMAGED,
                        "the encryption key " + layout.encryptionKey(name) + " is missing or damaged",
                        "restore the file from a backup: without it nothing that was encrypted can be read"));
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
