package io.hcp.core.internal.local;

import io.hcp.api.model.ProvidedAuthorities;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.CertificateBlueprint;
import io.hcp.pki.Authority;
import io.hcp.pki.LeafDefinition;
import io.hcp.pki.PkiDirectory;
import io.hcp.pki.ProvidedAuthority;
import io.hcp.pki.RenewalPolicy;
import io.hcp.pki.TenantPki;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a tenant's certificates as its description says. */
final class TenantCertificates {
    private final TenantControlPlane tenant;
    private final Path secrets;

    /**
     * Takes a description.
     *
     * @param tenant the description, with its defaults resolved
     * @param secrets where authorities that the caller brings are looked for
     */
    TenantCertificates(TenantControlPlane tenant, Path secrets) {
        this.tenant = tenant;
        this.secrets = secrets;
    }

    /** Returns the certificates that the tenant needs. */
    List<LeafDefinition> definitions() {
        return CertificateBlueprint.definitions(tenant);
    }

    /** Makes everything anew, with the authorities that the caller brings. */
    TenantPki create(Clock clock) {
        return TenantPki.create(definitions(), CertificateBlueprint.policy(tenant), provided(clock), clock);
    }

    /** Returns the certificates to issue again: what is missing, says something else than it should, or ends soon. */
    Set<String> toReissue(PkiDirectory pki, Clock clock) {
        List<LeafDefinition> definitions = definitions();
        Set<String> paths = new LinkedHashSet<>(pki.outdated(definitions));
        RenewalPolicy.DEFAULT
                .leavesDue(
                        tenant.tenantId().orElse(tenant.name()),
                        pki.load(definitions).inventory(),
                        clock.instant())
                .forEach(leaf -> paths.add(leaf.path()));
        return paths;
    }

    /** Issues certificates again. */
    void reissue(PkiDirectory pki, Clock clock) {
        List<LeafDefinition> definitions = definitions();
        TenantPki present = pki.load(definitions);
        Set<String> paths = toReissue(pki, clock);
        definitions.stream()
                .filter(leaf -> paths.contains(leaf.path()))
                .forEach(leaf -> pki.writeLeaf(leaf.path(), present.issue(leaf, clock)));
        pki.writeDerived();
    }

    /** Reads the authorities that the caller brings, and so finds out whether they can be used. */
    Map<Authority, ProvidedAuthority> provided(Clock clock) {
        ProvidedAuthorities names = tenant.pki().authorities();
        Map<Authority, ProvidedAuthority> provided = new EnumMap<>(Authority.class);
        read(names.cluster(), clock).ifPresent(read -> provided.put(Authority.CLUSTER, read));
        read(names.frontProxy(), clock).ifPresent(read -> provided.put(Authority.FRONT_PROXY, read));
        read(names.etcd(), clock).ifPresent(read -> provided.put(Authority.ETCD, read));
        return provided;
    }

    private Optional<ProvidedAuthority> read(Optional<String> name, Clock clock) {
        return name.map(secrets::resolve)
                .map(secret -> ProvidedAuthority.read(secret.resolve("tls.crt"), secret.resolve("tls.key"), clock));
    }
}
