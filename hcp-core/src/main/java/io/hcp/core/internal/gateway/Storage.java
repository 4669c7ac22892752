package io.hcp.core.internal.gateway;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.List;
import java.util.Optional;

/** A tenant's files as a whole: record, certificates, keys, datastore, logs. */
public interface Storage {
    /**
     * What was put aside.
     *
     * @param record as it will be once it is back: of a tenant that is not being deleted
     * @param authorities true if its authorities were put aside with it
     * @param datastore true if its datastore had stored anything
     * @param damagedKeys the encryption keys that the record names and that are missing or damaged
     */
    record Retained(TenantRecord record, boolean authorities, boolean datastore, List<String> damagedKeys) {
        /** Copies the list. */
        public Retained {
            damagedKeys = List.copyOf(damagedKeys);
        }
    }

    /** {@return true if the tenant has left anything here} */
    boolean exists();

    /** {@return true if its datastore has ever stored anything} */
    boolean hasDatastore();

    /** {@return how many bytes it may still fill; {@link Long#MAX_VALUE} if that cannot be told} */
    long usableBytes();

    /**
     * Removes everything, the record last: interrupted at any point, it can be recognised and finished. Not atomic.
     *
     * @param lease the right to do so
     * @param decided the record by which that was decided, if there was one
     * @throws HcpException with kind {@code CONFLICT} if another record is stored, which may say that the data is to be
     *     kept; nothing was removed
     */
    void remove(Lease lease, Optional<TenantRecord> decided);

    /**
     * Puts everything aside under the tenant's id, where it stays until it is brought back. Nothing is left under the
     * tenant's name.
     *
     * @param lease the right to do so
     * @param tenantId whose data it is
     * @param decided the record by which that was decided, if there was one
     * @throws HcpException with kind {@code BLOCKED} if something else was put aside under that id, {@code CONFLICT} if
     *     another record is stored, which may be of another tenant; nothing was moved
     */
    void retain(Lease lease, String tenantId, Optional<TenantRecord> decided);

    /**
     * Tells whether what is stored is what was decided by. A record that is gone or damaged contradicts nothing.
     *
     * @param tenant the tenant's name
     * @param stored the record that is stored, if it is intact
     * @param decided the record by which a decision was made, if there was one
     * @throws HcpException with kind {@code CONFLICT} if another record is stored
     */
    static void requireDecided(String tenant, Optional<TenantRecord> stored, Optional<TenantRecord> decided) {
        if (stored.isPresent() && !stored.equals(decided)) {
            throw new HcpException(
                    ErrorKind.CONFLICT,
                    "the record of tenant \"%s\" is not the one by which its deletion was planned".formatted(tenant),
                    "read it again, and decide anew");
        }
    }

    /**
     * Looks at what was put aside.
     *
     * @param tenantId whose data it is
     * @return what is there, if anything is under this tenant's name
     * @throws HcpException with kind {@code RECORD_DAMAGED} if its record is damaged
     */
    Optional<Retained> retained(String tenantId);

    /**
     * Brings back what was put aside, with a record that no longer says that the tenant is being deleted. Does nothing if
     * it is back.
     *
     * @param lease the right to do so
     * @param tenantId whose data it is
     * @throws HcpException with kind {@code BLOCKED} if there is something else under the tenant's name
     */
    void bringBack(Lease lease, String tenantId);
}
