package io.hcp.core.internal.local;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.Records;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.spec.TenantYaml;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tenant's record in a file of YAML, which may be read and, with care, edited by hand.
 *
 * @param tenant the tenant's name
 * @param layout where its files are
 */
record LocalRecords(String tenant, TenantLayout layout) implements Records {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRecords.class);
    private static final int REVISION_BYTES = 8;

    @Override
    public Optional<Stored> read() {
        try {
            String text = Files.readString(layout.record());
            TenantRecord found = TenantYaml.read(text);
            if (!found.spec().name().equals(tenant)) {
                throw new IllegalArgumentException("metadata.name is not " + tenant);
            }
            return Optional.of(new Stored(found, revision(text)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw PrivateFiles.failure("read", layout.record(), e);
        } catch (IllegalArgumentException e) {
            throw new HcpException(
                    ErrorKind.RECORD_DAMAGED,
                    "the tenant's record " + layout.record() + " is damaged: " + e.getMessage(),
                    "restore the file from a backup, or correct it by hand",
                    e);
        }
    }

    /** Reads the record, taking a damaged one for none. */
    Optional<TenantRecord> readIfIntact() {
        try {
            return read().map(Stored::record);
        } catch (HcpException damaged) {
            LOG.warn("passed over: {}", damaged.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Stored write(Lease lease, TenantRecord next, Optional<String> expected) {
        synchronized (lease) { // steps run in parallel under one lease
            LocalLease.check(lease, tenant);
            Optional<Stored> found = read();
            if (found.filter(stored -> stored.record().equals(next)).isPresent()) {
                return found.get();
            }
            if (!found.map(Stored::revision).equals(expected)) {
                throw new HcpException(
                        ErrorKind.CONFLICT,
                        "the record of tenant \"" + tenant + "\" was changed by somebody else meanwhile",
                        "look at the tenant, then make the same call again");
            }
            String text = TenantYaml.write(next);
            PrivateFiles.createDirectories(layout.root());
            PrivateFiles.write(layout.record(), text);
            return new Stored(next, revision(text));
        }
    }

    private static String revision(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, REVISION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
