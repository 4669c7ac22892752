package io.hcp.core.internal.local;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.Records;
import io.hcp.core.internal.gateway.Storage;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.pki.PkiDirectory;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's directory. What is put aside is the same directory under another name: since its name changes at once,
 * everything is in one place or in the other.
 *
 * @param tenant the tenant's name
 * @param data where its directory is
 */
record LocalStorage(String tenant, DataDirectory data) implements Storage {
    /** {@return where its files are} */
    TenantLayout layout() {
        return data.tenant(tenant);
    }

    @Override
    public boolean exists() {
        return Files.exists(layout().root());
    }

    @Override
    public boolean hasDatastore() {
        return hasDatastore(layout());
    }

    private static boolean hasDatastore(TenantLayout layout) {
        return Files.exists(layout.etcdData().resolve("member"));
    }

    /** Of the file system that holds, or will hold, the tenant's files. */
    @Override
    public long usableBytes() {
        Path existing = Stream.iterate(layout().root(), Objects::nonNull, Path::getParent)
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of("/"));
        try {
            return Files.getFileStore(existing).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE; // cannot be told: writing will
        }
    }

    @Override
    public void retain(Lease lease, String tenantId, Optional<TenantRecord> decided) {
        synchronized (lease) { // the journal is written beside the steps
            LocalLease.check(lease, tenant);
            Storage.requireDecided(tenant, stored(), decided);
            move(lease, layout().root(), data.retained(tenant, tenantId).root());
        }
    }

    private Optional<TenantRecord> stored() {
        return new LocalRecords(tenant, layout()).readIfIntact();
    }

    @Override
    public Optional<Retained> retained(String tenantId) {
        TenantLayout aside = data.retained(tenant, tenantId);
        return new LocalRecords(tenant, aside)
                .read()
                .map(Records.Stored::record)
                .map(record -> new Retained(
                        record.asKept(),
                        PkiDirectory.at(aside.pki()).state() == PkiDirectory.State.PRESENT,
                        hasDatastore(aside),
                        new LocalEncryptionKeys(tenant, aside)
                                .damaged(record.encryption().keys())));
    }

    @Override
    public void bringBack(Lease lease, String tenantId) {
        LocalRecords aside = new LocalRecords(tenant, data.retained(tenant, tenantId));
        aside.read()
                .filter(stored -> stored.record().deleting())
                .ifPresent(stored -> aside.write(lease, stored.record().asKept(), Optional.of(stored.revision())));
        move(lease, data.retained(tenant, tenantId).root(), layout().root());
    }

    /** Renames a directory, or the link that stands for it, if it is there. */
    private void move(Lease lease, Path from, Path to) {
        synchronized (lease) { // the journal is written beside the steps
            LocalLease.check(lease, tenant);
            if (!isThere(from)) {
                return;
            }
            if (isThere(to)) {
                throw new HcpException(
                        ErrorKind.BLOCKED,
                        from + " cannot become " + to + ", which exists",
                        "look at both, and move away the one that is not needed");
            }
            PrivateFiles.createDirectories(to.resolveSibling(""));
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw PrivateFiles.failure("move to " + to, from, e);
            }
        }
    }

    private static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void remove(Lease lease, Optional<TenantRecord> decided) {
        synchronized (lease) { // the journal is written beside the steps
            LocalLease.check(lease, tenant);
            Storage.requireDecided(tenant, stored(), decided);
            try {
                if (exists()) {
                    removeAll(layout().root().toRealPath()); // it may be a link to another file system
                }
                Files.deleteIfExists(layout().root());
            } catch (IOException e) {
                throw PrivateFiles.failure("remove", layout().root(), e);
            }
        }
    }

    private void removeAll(Path directory) throws IOException {
        Path record = directory.resolve(String.valueOf(layout().record().getFileName()));
        Files.walkFileTree(directory, new AllBut(record, directory));
        Files.deleteIfExists(record);
        Files.deleteIfExists(directory);
    }

    /** Removes a directory's content but for one file; follows no links. */
    private static final class AllBut extends SimpleFileVisitor<Path> {
        private final Path file;
        private final Path directory;

        AllBut(Path file, Path directory) {
            this.file = file;
            this.directory = directory;
        }

        @Override
        public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) throws IOException {
            if (!visited.equals(file)) {
                Files.deleteIfExists(visited);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem) throws IOException {
            if (problem != null) {
                throw problem;
            }
            if (!visited.equals(directory)) {
                Files.deleteIfExists(visited);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
