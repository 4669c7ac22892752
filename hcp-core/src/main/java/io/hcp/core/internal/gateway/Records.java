package io.hcp.core.internal.gateway;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.Optional;

/** What is stored about a tenant. */
public interface Records {
    /**
     * A record as it is stored.
     *
     * @param record what is stored
     * @param revision tells this content from any other; changes with each write that changes something
     */
    record Stored(TenantRecord record, String revision) {}

    /**
     * Reads the record. A reading may be a little old; writing tells.
     *
     * @return what is stored, if the tenant exists
     * @throws HcpException with kind {@code RECORD_DAMAGED} if the record is damaged
     */
    Optional<Stored> read();

    /**
     * Stores a record in place of the one that was read.
     *
     * @param lease the right to do so
     * @param next the new record
     * @param expected the revision of the record that it replaces; empty if there was none
     * @return as stored; also if exactly this is stored already
     * @throws HcpException with kind {@code CONFLICT} if something else is stored than was expected; nothing was written
     */
    @CanIgnoreReturnValue
    Stored write(Lease lease, TenantRecord next, Optional<String> expected);
}
