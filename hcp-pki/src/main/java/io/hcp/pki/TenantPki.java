package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.time.Clock;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All certificates and keys of one tenant, in memory. Immutable and thread-safe. Its text form names what there is and
 * never shows a key.
 */
public final class TenantPki {
    private final Map<Authority, CertificateAuthority> authorities;
    private final Map<String, Credential> leaves;
    private final ServiceAccountKey serviceAccountKey;

    /** Takes an entry for each authority. */
    TenantPki(
            Map<Authority, CertificateAuthority> authorities,
            Map<String, Credential> leaves,
            ServiceAccountKey serviceAccountKey) {
        this.authorities = Collections.unmodifiableMap(new EnumMap<>(authorities));
        this.leaves = Collections.unmodifiableMap(new LinkedHashMap<>(leaves));
        this.serviceAccountKey = serviceAccountKey;
    }

    /**
     * Makes everything anew: all authorities, valid for {@link KubernetesCertificates#AUTHORITY_VALIDITY}, the
     * service-account key and the leaves. Nothing is written.
     *
     * @param definitions the leaves, each path once
     * @param clock tells now
     * @return the set
     * @throws IllegalArgumentException if a path is there twice
     */
    public static TenantPki create(List<LeafDefinition> definitions, Clock clock) {
        Map<Authority, CertificateAuthority> authorities = new EnumMap<>(Authority.class);
        for (Authority authority : Authority.values()) {
            authorities.put(
                    authority,
                    CertificateAuthority.create(
                            authority.commonName(), KubernetesCertificates.AUTHORITY_VALIDITY, clock));
        }
        TenantPki roots = new TenantPki(authorities, Map.of(), ServiceAccountKey.create());
        Map<String, Credential> leaves = new LinkedHashMap<>();
        for (LeafDefinition definition : definitions) {
            Credential leaf = roots.authority(definition.issuer()).issue(definition.template(), clock);
            if (leaves.put(definition.path(), leaf) != null) {
                throw new IllegalArgumentException("leaf " + definition.path() + " is defined twice");
            }
        }
        return roots.withLeaves(leaves);
    }

    /**
     * Returns an authority.
     *
     * @param authority which
     * @return the authority, always there
     */
    public CertificateAuthority authority(Authority authority) {
        CertificateAuthority found = authorities.get(authority);
        if (found == null) {
            throw new IllegalStateException("authority " + authority.path() + " was not set up");
        }
        return found;
    }

    /**
     * Returns a leaf.
     *
     * @param path where it is kept, see {@link LeafDefinition#path()}
     * @return the certificate and its key
     * @throws HcpException with kind {@link ErrorKind#PKI_DAMAGED} if the set has no such leaf; see
     *     {@link PkiDirectory#missingLeaves}
     */
    public Credential leaf(String path) {
        Credential found = leaves.get(path);
        if (found == null) {
            throw new HcpException(
                    ErrorKind.PKI_DAMAGED,
                    "the certificate \"" + path + "\" is missing; usable are " + leaves.keySet(),
                    "issue it again with its authority and write it to the tenant's PKI directory");
        }
        return found;
    }

    /**
     * Returns the key of the service accounts.
     *
     * @return holds a secret
     */
    public ServiceAccountKey serviceAccountKey() {
        return serviceAccountKey;
    }

    TenantPki withLeaves(Map<String, Credential> others) {
        return new TenantPki(authorities, others, serviceAccountKey);
    }

    Map<String, Credential> leaves() {
        return leaves;
    }

    /** Returns the names of what there is; never a key. */
    @Override
    public String toString() {
        return "TenantPki[authorities=%s, leaves=%s, %s]"
                .formatted(authorities.keySet(), leaves.keySet(), serviceAccountKey);
    }
}
