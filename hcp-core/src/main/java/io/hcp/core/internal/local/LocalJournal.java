package io.hcp.core.internal.local;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.gateway.Journal;
import io.hcp.core.internal.gateway.JournalEntry;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.journal.JournalForm;
import io.hcp.core.internal.spec.form.Documents;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tenant's journal in a file beside its record. The file is whole at any time, but not flushed to the disk: it is
 * written often, and a machine that lost power may well have lost the last entry.
 *
 * @param tenant the tenant's name
 * @param layout where its files are
 */
record LocalJournal(String tenant, TenantLayout layout) implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(LocalJournal.class);

    private Path file() {
        return layout.root().resolve("journal.yaml");
    }

    @Override
    public Optional<JournalEntry> read() {
        try {
            return Optional.of(Documents.read(JournalForm.ENTRY, Files.readString(file())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | InvalidSpecException e) {
            LOG.debug("the journal {} is passed over", file(), e);
            return Optional.empty();
        }
    }

    @Override
    public void write(Lease lease, JournalEntry entry) {
        synchronized (lease) { // steps run in parallel under one lease
            LocalLease.check(lease, tenant);
            if (!Files.exists(layout.root())) {
                return;
            }
            try {
                Path next = layout.root().resolve("journal.yaml.new");
                Files.deleteIfExists(next);
                Files.createFile(
                        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(next, Documents.toYaml(JournalForm.ENTRY, entry));
                Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw PrivateFiles.failure("write", file(), e);
            }
        }
    }
}
