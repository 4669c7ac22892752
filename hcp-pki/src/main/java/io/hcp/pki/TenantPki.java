package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All certificates and keys of one tenant, in memory. Immutable and thread-safe. Its text form names what there is and
 * never shows a key.
 */
public final class TenantPki {
    private final Map<Authority, Generations<CertificateAuthority>> authorities;
    private final Map<String, Credential> leaves;
    private final Generations<ServiceAccountKey> serviceAccountKeys;

    /** Takes an entry for each authority. */
    TenantPki(
            Map<Authority, Generations<CertificateAuthority>> authorities,
            Map<String, Credential> leaves,
            Generations<ServiceAccountKey> serviceAccountKeys) {
        this.authorities = Collections.unmodifiableMap(new EnumMap<>(authorities));
        this.leaves = Collections.unmodifiableMap(new LinkedHashMap<>(leaves));
        this.serviceAccountKeys = serviceAccountKeys;
    }

    /**
     * Makes everything anew with {@link PkiPolicy#DEFAULT}. Nothing is written.
     *
     * @param definitions the leaves, each path once
     * @param clock tells now
     * @return the set
     * @throws IllegalArgumentException if a path is there twice
     */
    public static TenantPki create(List<LeafDefinition> definitions, Clock clock) {
        return create(definitions, PkiPolicy.DEFAULT, Map.of(), clock);
    }

    /**
     * Makes everything that is not provided anew: authorities, the service-account key and the leaves. Nothing is
     * written.
     *
     * @param definitions the leaves, each path once; each says its own validity and kind of key
     * @param policy what the keys of authorities and service accounts are, and how long authorities are valid
     * @param provided authorities that exist, each with a key of its own; may be empty
     * @param clock tells now
     * @return the set
     * @throws IllegalArgumentException if a path is there twice
     * @throws InvalidSpecException if one key is provided for two authorities
     */
    public static TenantPki create(
            List<LeafDefinition> definitions,
            PkiPolicy policy,
            Map<Authority, ProvidedAuthority> provided,
            Clock clock) {
        requireDistinct(provided);
        Map<Authority, Generations<CertificateAuthority>> authorities = new EnumMap<>(Authority.class);
        for (Authority authority : Authority.values()) {
            ProvidedAuthority given = provided.get(authority);
            authorities.put(
                    authority,
                    Generations.first(
                            given != null
                                    ? given.authority()
                                    : CertificateAuthority.create(
                                            authority.commonName(),
                                            policy.algorithm(),
                                            policy.authorityValidity(),
                                            clock)));
        }
        ServiceAccountKey key = ServiceAccountKey.create(policy.algorithm());
        TenantPki roots = new TenantPki(authorities, Map.of(), Generations.first(key));
        Map<String, Credential> leaves = new LinkedHashMap<>();
        for (LeafDefinition definition : definitions) {
            if (leaves.put(definition.path(), roots.issue(definition, clock)) != null) {
                throw new IllegalArgumentException("leaf " + definition.path() + " is defined twice");
            }
        }
        return roots.withLeaves(leaves);
    }

    /** With one key for two, who may speak to etcd would again be decided by who has a certificate of the cluster. */
    private static void requireDistinct(Map<Authority, ProvidedAuthority> provided) {
        Set<PublicKey> keys = new HashSet<>();
        for (Map.Entry<Authority, ProvidedAuthority> entry : provided.entrySet()) {
            X509Certificate certificate = entry.getValue().authority().certificate();
            if (!keys.add(certificate.getPublicKey())) {
                throw new InvalidSpecException(Problem.of(
                        "AuthorityShared",
                        "authorities." + entry.getKey().path(),
                        certificate.getSubjectX500Principal(),
                        "give each authority a key of its own"));
            }
        }
    }

    /**
     * Returns the authority that signs now.
     *
     * @param authority which
     * @return the authority, always there
     */
    public CertificateAuthority authority(Authority authority) {
        return generations(authority).signing().value();
    }

    /**
     * Returns an authority with its predecessors and successors.
     *
     * @param authority which
     * @return all of them, always there
     */
    public Generations<CertificateAuthority> generations(Authority authority) {
        Generations<CertificateAuthority> found = authorities.get(authority);
        if (found == null) {
            throw new IllegalStateException("authority " + authority.path() + " was not set up");
        }
        return found;
    }

    /**
     * Returns whose certificates are accepted: all generations of an authority that are not withdrawn.
     *
     * @param authority which
     * @return at least one certificate, by generation
     */
    public List<X509Certificate> trusted(Authority authority) {
        return generations(authority).accepted().stream()
                .map(generation -> generation.value().certificate())
                .toList();
    }

    /**
     * Returns {@link #trusted} as text, for kubeconfigs and {@code --client-ca-file}.
     *
     * @param authority which
     * @return a PEM block {@code CERTIFICATE} for each
     */
    public String trustBundle(Authority authority) {
        return Pem.encode(trusted(authority));
    }

    /**
     * Issues a leaf with the authority that signs now. Nothing is kept.
     *
     * @param definition what it says
     * @param clock tells now
     * @return the certificate, its key and its chain
     * @throws HcpException with kind {@link ErrorKind#PKI_DAMAGED} if the authority is not valid now
     */
    public Credential issue(LeafDefinition definition, Clock clock) {
        return authority(definition.issuer()).issue(definition.template(), definition.algorithm(), clock);
    }

    /**
     * Returns a leaf.
     *
     * @param path where it is kept, see {@link LeafDefinition#path()}
     * @return the certificate and its key
     * @throws HcpException with kind {@link ErrorKind#PKI_DAMAGED} if the set has no such leaf; see
     *     {@link PkiDirectory#outdated}
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
     * Returns the key of the service accounts that signs now.
     *
     * @return holds a secret
     */
    public ServiceAccountKey serviceAccountKey() {
        return serviceAccountKeys.signing().value();
    }

    /**
     * Returns all keys of the service accounts.
     *
     * @return holds secrets
     */
    public Generations<ServiceAccountKey> serviceAccountKeys() {
        return serviceAccountKeys;
    }

    /**
     * Returns the keys that check tokens, for {@code --service-account-key-file}.
     *
     * @return a PEM block {@code PUBLIC KEY} (PKIX) for each key that is not withdrawn
     */
    public String serviceAccountPublicKeysPem() {
        return serviceAccountKeys.accepted().stream()
                .map(generation -> generation.value().publicKeyPem())
                .collect(Collectors.joining());
    }

    /**
     * Lists all certificates: every generation of every authority, then the leaves.
     *
     * @return no secrets
     */
    public List<InventoryEntry> inventory() {
        List<InventoryEntry> entries = new ArrayList<>();
        authorities.forEach((authority, generations) -> generations
                .all()
                .forEach(generation -> entries.add(new InventoryEntry(
                        authority.path(generation.number()),
                        generation.number(),
                        Optional.of(generation.stage()),
                        generation.value().certificate()))));
        leaves.forEach((path, leaf) -> issuer(leaf.certificate())
                .ifPresent(
                        issuer -> entries.add(new InventoryEntry(path, issuer, Optional.empty(), leaf.certificate()))));
        return List.copyOf(entries);
    }

    private Optional<Integer> issuer(X509Certificate leaf) {
        return authorities.keySet().stream()
                .flatMap(authority -> issuer(authority, leaf).stream())
                .findFirst();
    }

    /** Returns the generation that signed a certificate, if it is not withdrawn. */
    Optional<Integer> issuer(Authority authority, X509Certificate leaf) {
        return generations(authority).accepted().stream()
                .filter(generation -> generation.value().signed(leaf))
                .map(Generation::number)
                .findFirst();
    }

    TenantPki withLeaves(Map<String, Credential> others) {
        return new TenantPki(authorities, others, serviceAccountKeys);
    }

    Map<String, Credential> leaves() {
        return leaves;
    }

    /** Returns the names of what there is; never a key. */
    @Override
    public String toString() {
        return "TenantPki[authorities=%s, leaves=%s, serviceAccountKeys=%s]"
                .formatted(authorities, leaves.keySet(), serviceAccountKeys);
    }
}
