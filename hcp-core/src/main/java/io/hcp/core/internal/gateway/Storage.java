package io.hcp.core.internal.gateway;

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
     */
    void remove(Lease lease);

    /**
     * Puts everything aside under the tenant's id, where it stays until it is brought back. Nothing is left under the
     * tenant's name.
     *
     * @param lease the right to do so
     * @param tenantId whose data it is
     * @throws HcpException with kind {@code BLOCKED} if something else was put aside under that id
     */
    void retain(Lease lease, String tenantId);

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
