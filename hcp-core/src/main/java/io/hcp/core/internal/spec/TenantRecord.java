package io.hcp.core.internal.spec;

import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Ports;

/**
 * What is kept about a tenant besides its certificates and data.
 *
 * @param spec the description that was applied last
 * @param ports the ports that were chosen for it
 * @param bootstrapped true once its first roles are bound, and so its address may be known to others
 * @param deleting true once its deletion has begun
 */
public record TenantRecord(TenantControlPlane spec, Ports ports, boolean bootstrapped, boolean deleting) {
    /**
     * Copies the record with other ports.
     *
     * @param changed the new ports
     * @return the changed copy
     */
    public TenantRecord withPorts(Ports changed) {
        return new TenantRecord(spec, changed, bootstrapped, deleting);
    }

    /** {@return a copy that says the first roles are bound} */
    public TenantRecord asBootstrapped() {
        return new TenantRecord(spec, ports, true, deleting);
    }

    /** {@return a copy that says the deletion has begun} */
    public TenantRecord asDeleting() {
        return new TenantRecord(spec, ports, bootstrapped, true);
    }
}
