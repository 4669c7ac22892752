package io.hcp.core.internal.spec;

import io.hcp.api.model.KubernetesVersion;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.blueprint.Ports;
import java.util.Optional;

/**
 * What is kept about a tenant besides its certificates and data.
 *
 * @param spec the description that was applied last, with its defaults resolved
 * @param ports the ports that were chosen for it
 * @param encryption what its objects are or were encrypted with
 * @param renderRevision the rules by which its description becomes components; it changes only by a plan
 * @param servedVersion the version whose API server was started last, and may have stored objects in its form; empty in a
 *     tenant that never had one, and in records of the first version of this library
 * @param bootstrapped true once its first roles are bound, and so its address may be known to others
 * @param published the URL that Service {@code kubernetes} of the tenant leads to; empty if it was never told one, and where
 *     API servers tell it by themselves
 * @param deleting true once its deletion has begun
 */
public record TenantRecord(
        TenantControlPlane spec,
        Ports ports,
        EncryptionState encryption,
        int renderRevision,
        Optional<KubernetesVersion> servedVersion,
        boolean bootstrapped,
        Optional<String> published,
        boolean deleting) {
    /**
     * Makes the first record of a tenant.
     *
     * @param spec the description, with its defaults resolved
     * @param ports the ports that were chosen
     * @return a record by the present rules, of a tenant that nothing was done for
     */
    public static TenantRecord of(TenantControlPlane spec, Ports ports) {
        return new TenantRecord(
                spec,
                ports,
                EncryptionState.NONE,
                Blueprint.RENDER_REVISION,
                Optional.empty(),
                false,
                Optional.empty(),
                false);
    }

    /**
     * Returns the record that a tenant will have once a description is carried out.
     *
     * @param wanted the description, with its defaults resolved
     * @param known the record it has; without one, the ports of the result are unassigned but for the API server's
     * @return the record to come
     */
    public static TenantRecord planned(TenantControlPlane wanted, Optional<TenantRecord> known) {
        TenantRecord before = known.orElseGet(() -> of(wanted, Ports.UNASSIGNED));
        return before.withSpec(wanted)
                .withPorts(before.ports().asWanted(wanted))
                .withEncryption(before.encryption().with(wanted.kubernetes().encryptionAtRest()));
    }

    /**
     * Copies the record with another description.
     *
     * @param changed the new description
     * @return the changed copy
     */
    public TenantRecord withSpec(TenantControlPlane changed) {
        return new TenantRecord(
                changed, ports, encryption, renderRevision, servedVersion, bootstrapped, published, deleting);
    }

    /**
     * Copies the record with other ports.
     *
     * @param changed the new ports
     * @return the changed copy
     */
    public TenantRecord withPorts(Ports changed) {
        return new TenantRecord(
                spec, changed, encryption, renderRevision, servedVersion, bootstrapped, published, deleting);
    }

    /**
     * Copies the record with another state of encryption.
     *
     * @param changed the new state
     * @return the changed copy
     */
    public TenantRecord withEncryption(EncryptionState changed) {
        return new TenantRecord(spec, ports, changed, renderRevision, servedVersion, bootstrapped, published, deleting);
    }

    /** {@return a copy that says the API server of the description's version is being started} */
    public TenantRecord asServed() {
        return new TenantRecord(
                spec,
                ports,
                encryption,
                renderRevision,
                Optional.of(spec.kubernetesVersion()),
                bootstrapped,
                published,
                deleting);
    }

    /** {@return the description with the version that the stored objects are of: the one it can be raised from} */
    public TenantControlPlane servedSpec() {
        return spec.withKubernetesVersion(servedVersion.orElse(spec.kubernetesVersion()));
    }

    /** {@return a copy that says the first roles are bound} */
    public TenantRecord asBootstrapped() {
        return new TenantRecord(spec, ports, encryption, renderRevision, servedVersion, true, published, deleting);
    }

    /** {@return a copy that says nobody deletes the tenant} */
    public TenantRecord asKept() {
        return new TenantRecord(spec, ports, encryption, renderRevision, servedVersion, bootstrapped, published, false);
    }

    /** {@return a copy that says the deletion has begun} */
    public TenantRecord asDeleting() {
        return new TenantRecord(spec, ports, encryption, renderRevision, servedVersion, bootstrapped, published, true);
    }
}
