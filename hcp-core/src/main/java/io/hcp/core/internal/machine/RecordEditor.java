package io.hcp.core.internal.machine;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.Records;
import io.hcp.core.internal.gateway.Records.Stored;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and changes a tenant's record. */
final class RecordEditor {
    private static final Logger LOG = LoggerFactory.getLogger(RecordEditor.class);

    private final String tenant;
    private final String machine;
    private final Records records;

    RecordEditor(String tenant, String machine, Records records) {
        this.tenant = tenant;
        this.machine = machine;
        this.records = records;
    }

    Optional<TenantRecord> read() {
        return records.read().map(Stored::record);
    }

    /**
     * Reads the record, taking a damaged one for none: damage must not keep a tenant from being removed. One that just
     * cannot be read now may say that the tenant's data is to be kept.
     */
    Optional<TenantRecord> readIfIntact() {
        try {
            return read();
        } catch (HcpException e) {
            if (e.kind() != ErrorKind.RECORD_DAMAGED) {
                throw e;
            }
            LOG.warn("passed over: {}", e.getMessage());
            return Optional.empty();
        }
    }

    TenantRecord require() {
        return requireStored().record();
    }

    private Stored requireStored() {
        return records.read()
                .orElseThrow(() -> new HcpException(
                        ErrorKind.NOT_FOUND,
                        "tenant \"" + tenant + "\" does not exist in " + machine,
                        "apply it first, or look for it with list()"));
    }

    /** Changes the record; writes nothing if the change is there already. */
    void edit(Lease lease, UnaryOperator<TenantRecord> change) {
        Stored stored = requireStored();
        TenantRecord next = change.apply(stored.record());
        if (!next.equals(stored.record())) {
            records.write(lease, next, Optional.of(stored.revision()));
        }
    }
}
