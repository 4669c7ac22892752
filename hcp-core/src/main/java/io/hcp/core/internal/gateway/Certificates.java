package io.hcp.core.internal.gateway;

import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.pki.TenantPki;
import java.util.List;

/** A tenant's authorities, certificates and keys. Descriptions have their defaults resolved. */
public interface Certificates {
    /** {@return true if the tenant's authorities exist} */
    boolean exist();

    /**
     * Finds the certificates to issue again: what is missing, damaged, says something else than it should, or ends soon.
     *
     * @param described the description that they are to follow
     * @return their paths, for example {@code apiserver}, sorted
     * @throws HcpException with kind {@code PKI_DAMAGED} if an authority is damaged
     */
    List<String> outdated(TenantControlPlane described);

    /**
     * Finds out whether the authorities that a description names can be used.
     *
     * @param described the description
     * @throws HcpException with kind {@code IO} if one is not there, {@code PKI_DAMAGED} if one cannot be used
     */
    void requireProvided(TenantControlPlane described);

    /**
     * Makes authorities, certificates and service-account keys, all at once, unless there are any.
     *
     * @param lease the right to do so
     * @param described the description that they follow
     */
    void create(Lease lease, TenantControlPlane described);

    /**
     * Issues those that {@link #outdated} finds again. Atomic for each one.
     *
     * @param lease the right to do so
     * @param described the description that they follow
     */
    void reissue(Lease lease, TenantControlPlane described);

    /**
     * Reads the authorities, with which clients' certificates are issued.
     *
     * @return without leaves
     * @throws HcpException with kind {@code PKI_DAMAGED} if they are missing or damaged
     */
    TenantPki load();
}
