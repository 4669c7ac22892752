package io.hcp.core.internal.spec;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Ports;
import java.util.List;

/**
 * What is kept about a tenant besides its certificates and data.
 *
 * @param spec the description that was applied last
 * @param ports the ports that were chosen for it
 * @param bootstrapped true once its first roles are bound, and so its address may be known to others
 * @param deleting true once its deletion has begun
 * @param renderRevision by which rules the description becomes programs and flags; 1 or more
 * @param encryptionKeys the secret keys of what is encrypted at rest, the one in use first; may be empty
 */
public record TenantRecord(
        TenantControlPlane spec,
        Ports ports,
        boolean bootstrapped,
        boolean deleting,
        int renderRevision,
        List<String> encryptionKeys) {
    private static final int FIRST_REVISION = 1;

    /** Copies the list, keeping nothing of the caller's. */
    public TenantRecord {
        encryptionKeys = List.copyOf(encryptionKeys);
    }

    /**
     * Makes a record of the first render revision without encryption keys.
     *
     * @param spec the description that was applied last
     * @param ports the ports that were chosen for it
     * @param bootstrapped true once its first roles are bound
     * @param deleting true once its deletion has begun
     */
    public TenantRecord(TenantControlPlane spec, Ports ports, boolean bootstrapped, boolean deleting) {
        this(spec, ports, bootstrapped, deleting, FIRST_REVISION, List.of());
    }

    /**
     * Copies the record with another description.
     *
     * @param changed the new description
     * @return the changed copy
     */
    public TenantRecord withSpec(TenantControlPlane changed) {
        return new TenantRecord(changed, ports, bootstrapped, deleting, renderRevision, encryptionKeys);
    }

    /**
     * Copies the record with other ports.
     *
     * @param changed the new ports
     * @return the changed copy
     */
    public TenantRecord withPorts(Ports changed) {
        return new TenantRecord(spec, changed, bootstrapped, deleting, renderRevision, encryptionKeys);
    }

    /**
     * Copies the record with another render revision.
     *
     * @param changed the new revision
     * @return the changed copy
     */
    public TenantRecord withRenderRevision(int changed) {
        return new TenantRecord(spec, ports, bootstrapped, deleting, changed, encryptionKeys);
    }

    /**
     * Copies the record with other encryption keys.
     *
     * @param changed the new keys, the one in use first
     * @return the changed copy
     */
    public TenantRecord withEncryptionKeys(List<String> changed) {
        return new TenantRecord(spec, ports, bootstrapped, deleting, renderRevision, changed);
    }

    /** {@return a copy that says the first roles are bound} */
    public TenantRecord asBootstrapped() {
        return new TenantRecord(spec, ports, true, deleting, renderRevision, encryptionKeys);
    }

    /** {@return a copy that says the deletion has begun} */
    public TenantRecord asDeleting() {
        return new TenantRecord(spec, ports, bootstrapped, true, renderRevision, encryptionKeys);
    }

    /** Returns everything except the encryption keys, of which it tells the number. */
    @Override
    public String toString() {
        return "TenantRecord[spec=%s, ports=%s, bootstrapped=%s, deleting=%s, renderRevision=%d, %d encryption keys]"
                .formatted(spec, ports, bootstrapped, deleting, renderRevision, encryptionKeys.size());
    }
}
