package io.hcp.core.internal.local;

import io.hcp.api.model.ProvidedAuthorities;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.CertificateBlueprint;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.gateway.Certificates;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.pki.Authority;
import io.hcp.pki.LeafDefinition;
import io.hcp.pki.PkiDirectory;
import io.hcp.pki.ProvidedAuthority;
import io.hcp.pki.RenewalPolicy;
import io.hcp.pki.TenantPki;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A tenant's certificates in a directory like kubeadm's. */
final class LocalCertificates implements Certificates {
    private final String tenant;
    private final PkiDirectory pki;
    private final Path secrets;
    private final Clock clock;

    /**
     * Names a tenant's certificates; nothing is read or written.
     *
     * @param tenant the tenant's name
     * @param layout where its files are
     * @param secrets where authorities that the caller brings are looked for
     * @param clock tells how long certificates are valid
     */
    LocalCertificates(String tenant, TenantLayout layout, Path secrets, Clock clock) {
        this.tenant = tenant;
        this.pki = PkiDirectory.at(layout.pki());
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public boolean exist() {
        return pki.state() == PkiDirectory.State.PRESENT;
    }

    @Override
    public List<String> outdated(TenantControlPlane described) {
        List<LeafDefinition> definitions = CertificateBlueprint.definitions(described);
        SortedSet<String> paths = new TreeSet<>(pki.outdated(definitions));
        RenewalPolicy.DEFAULT
                .leavesDue(
                        described.tenantId().orElse(described.name()),
                        pki.load(definitions).inventory(),
                        clock.instant())
                .forEach(leaf -> paths.add(leaf.path()));
        return List.copyOf(paths);
    }

    @Override
    public void requireProvided(TenantControlPlane described) {
        Map<Authority, ProvidedAuthority> unused = provided(described);
    }

    @Override
    public void create(Lease lease, TenantControlPlane described) {
        LocalLease.check(lease, tenant);
        if (!exist()) {
            pki.create(TenantPki.create(
                    CertificateBlueprint.definitions(described),
                    CertificateBlueprint.policy(described),
                    provided(described),
                    clock));
        }
    }

    @Override
    public void reissue(Lease lease, TenantControlPlane described) {
        LocalLease.check(lease, tenant);
        List<LeafDefinition> definitions = CertificateBlueprint.definitions(described);
        List<String> outdated = outdated(described);
        TenantPki present = pki.load(definitions);
        definitions.stream()
                .filter(leaf -> outdated.contains(leaf.path()))
                .forEach(leaf -> pki.writeLeaf(leaf.path(), present.issue(leaf, clock)));
        pki.writeDerived();
    }

    @Override
    public TenantPki load() {
        return pki.load(List.of());
    }

    private Map<Authority, ProvidedAuthority> provided(TenantControlPlane described) {
        ProvidedAuthorities names = described.pki().authorities();
        Map<Authority, ProvidedAuthority> provided = new EnumMap<>(Authority.class);
        read(names.cluster()).ifPresent(read -> provided.put(Authority.CLUSTER, read));
        read(names.frontProxy()).ifPresent(read -> provided.put(Authority.FRONT_PROXY, read));
        read(names.etcd()).ifPresent(read -> provided.put(Authority.ETCD, read));
        return provided;
    }

    private Optional<ProvidedAuthority> read(Optional<String> name) {
        return name.map(secrets::resolve)
                .map(secret -> ProvidedAuthority.read(secret.resolve("tls.crt"), secret.resolve("tls.key"), clock));
    }
}
