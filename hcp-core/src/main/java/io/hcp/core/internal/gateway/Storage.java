package io.hcp.core.internal.gateway;

import io.hcp.api.error.HcpException;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.Optional;

/** A tenant's files as a whole: record, certificates, keys, datastore, logs. */
public interface Storage {
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
     * Reads the record of what was put aside, as it will be once it is back: of a tenant that is not being deleted.
     *
     * @param tenantId whose data it is
     * @return the record, if something is there under this tenant's name
     */
    Optional<TenantRecord> retained(String tenantId);

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
