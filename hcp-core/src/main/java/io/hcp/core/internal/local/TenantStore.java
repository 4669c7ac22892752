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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tenant's record and directory on disk. */
final class TenantStore {
    private static final Logger LOG = LoggerFactory.getLogger(TenantStore.class);

    private final TenantLayout layout;

    TenantStore(TenantLayout layout) {
        this.layout = layout;
    }

    Optional<TenantRecord> read() {
        try {
            TenantRecord found = TenantYaml.read(Files.readString(layout.record()));
            String expected = String.valueOf(layout.root().getFileName());
            if (!found.spec().name().equals(expected)) {
                throw new IllegalArgumentException("metadata.name is not " + expected);
            }
            return Optional.of(found);
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

    /** Reads the record, taking a damaged one for none. */
    Optional<TenantRecord> readIfIntact() {
        try {
            return read();
        } catch (HcpException damaged) {
            LOG.warn("passed over: {}", damaged.getMessage());
            return Optional.empty();
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
        String recordName = String.valueOf(layout.record().getFileName());
        try {
            if (!exists()) {
                return;
            }
            Path directory = layout.root().toRealPath(); // it may be a link to another file system
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (!file.equals(directory.resolve(recordName))) {
                        Files.deleteIfExists(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem)
                        throws IOException {
                    if (problem != null) {
                        throw problem;
                    }
                    if (!visited.equals(directory)) {
                        Files.deleteIfExists(visited);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
            Files.deleteIfExists(layout.record());
            Files.deleteIfExists(directory);
            Files.deleteIfExists(layout.root());
        } catch (IOException e) {
            throw PrivateFiles.failure("remove", layout.root(), e);
        }
    }
}
