package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What texts say of a tenant's certificates and keys. Keeps nothing but the way to the texts. */
public final class PkiContent {
    private final PkiTexts texts;
    private final PkiReader reader;

    /**
     * Takes texts; nothing is read.
     *
     * @param texts read anew by each method
     */
    public PkiContent(PkiTexts texts) {
        this.texts = texts;
        this.reader = new PkiReader(texts);
    }

    /**
     * Reads everything. A leaf that cannot be read, whose key does not belong to it, or that no authority which is still
     * trusted has signed, is not in the result; {@link #outdated} names it.
     *
     * @param definitions the leaves to read
     * @return what is there
     * @throws HcpException with kind {@link ErrorKind#PKI_DAMAGED}, naming the place, if an authority or a
     *     service-account key is missing, unreadable, or does not fit its other half, or it is not known which one signs
     */
    public TenantPki load(List<LeafDefinition> definitions) {
        TenantPki roots = readRoots();
        Map<String, Credential> leaves = new LinkedHashMap<>();
        for (LeafDefinition definition : definitions) {
            readLeaf(definition, roots).ifPresent(leaf -> leaves.put(definition.path(), leaf));
        }
        return roots.withLeaves(leaves);
    }

    /**
     * Tells which leaves to issue anew: the certificate or its key is missing or unreadable, they do not belong together,
     * the authority that signs now did not sign it, or it does not say what its definition says: user, groups, usages,
     * kind of key, names and addresses. How long it is valid does not count, see {@link RenewalPolicy}.
     *
     * @param definitions the leaves to check
     * @return their paths in the order of the definitions
     * @throws HcpException as {@link #load} does
     */
    public List<String> outdated(List<LeafDefinition> definitions) {
        TenantPki roots = readRoots();
        List<String> paths = new ArrayList<>();
        for (LeafDefinition definition : definitions) {
            Optional<Credential> upToDate = readLeaf(definition, roots)
                    .filter(leaf -> roots.authority(definition.issuer()).signed(leaf.certificate()))
                    .filter(leaf -> LeafContent.fits(leaf.certificate(), definition));
            if (upToDate.isEmpty()) {
                paths.add(definition.path());
            }
        }
        return paths;
    }

    /**
     * Returns what follows from authorities and keys.
     *
     * @param pki authorities and keys
     * @return the trust bundles and the service accounts' public keys, by path; no secret
     */
    public static Map<String, String> derived(TenantPki pki) {
        Map<String, String> derived = new LinkedHashMap<>();
        for (Authority authority : Authority.values()) {
            derived.put(PkiPaths.certificate(authority.bundlePath()), pki.trustBundle(authority));
        }
        derived.put(PkiPaths.serviceAccountPublicKeys(), pki.serviceAccountPublicKeysPem());
        return derived;
    }

    /** Returns the derived texts that are missing or say something else, by path. */
    Map<String, String> staleDerived() {
        Map<String, String> derived = derived(readRoots());
        derived.entrySet()
                .removeIf(text -> texts.read(text.getKey())
                        .filter(text.getValue()::equals)
                        .isPresent());
        return derived;
    }

    TenantPki readRoots() {
        Map<Authority, Generations<CertificateAuthority>> authorities = new EnumMap<>(Authority.class);
        for (Authority authority : Authority.values()) {
            authorities.put(authority, reader.authorities(authority));
        }
        return new TenantPki(authorities, Map.of(), reader.serviceAccountKeys());
    }

    private Optional<Credential> readLeaf(LeafDefinition definition, TenantPki roots) {
        try {
            return Optional.of(reader.credential(definition.path()))
                    .filter(leaf -> roots.issuer(definition.issuer(), leaf.certificate())
                            .isPresent());
        } catch (HcpException e) {
            if (e.kind() == ErrorKind.PKI_DAMAGED) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
