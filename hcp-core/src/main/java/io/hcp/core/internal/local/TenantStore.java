package io.hcp.core.internal.local;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.spec.TenantYaml;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tenant's record and directory on disk. */
final class TenantStore {
    private final TenantLayout layout;

    TenantStore(TenantLayout layout) {
        this.layout = layout;
    }

    Optional<TenantRecord> read() {
        try {
            return Optional.of(TenantYaml.read(Files.readString(layout.record())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw PrivateFiles.failure("read", layout.record(), e);
        } catch (IllegalArgumentException e) {
            throw new HcpException(
                    ErrorKind.IO,
                    "the tenant's record " + layout.record() + " is damaged: " + e.getMessage(),
                    "restore the file from a backup, or correct it by hand",
                    e);
        }
    }

    void write(TenantRecord tenant) {
        PrivateFiles.createDirectories(layout.root());
        PrivateFiles.write(layout.record(), TenantYaml.write(tenant));
    }

    /** Tells whether the tenant has left anything on disk. */
    boolean exists() {
        return Files.exists(layout.root());
    }

    /** Removes everything, the record last: until then an interrupted removal can be recognised and finished. */
    void remove() {
        Path record = layout.record();
        try {
            if (!exists()) {
                return;
            }
            Files.walkFileTree(layout.root(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (!file.equals(record)) {
                        Files.deleteIfExists(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
                        throws IOException {
                    if (problem != null) {
                        throw problem;
                    }
                    if (!directory.equals(layout.root())) {
                        Files.deleteIfExists(directory);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
            Files.deleteIfExists(record);
            Files.deleteIfExists(layout.root());
        } catch (IOException e) {
            throw PrivateFiles.failure("remove", layout.root(), e);
        }
    }
}
