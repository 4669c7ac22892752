package io.hcp.testbed.fake;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.ProvidedAuthorities;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.CertificateBlueprint;
import io.hcp.core.internal.gateway.Certificates;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.pki.LeafDefinition;
import io.hcp.pki.TenantPki;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A tenant's certificates: what they say, without keys. The authorities are made for real when they are loaded. */
final class FakeCertificates implements Certificates {
    private final TenantAccess access;

    FakeCertificates(TenantAccess access) {
        this.access = access;
    }

    @Override
    public boolean exist() {
        return access.read("certificates.exist", state -> state.authorities().isPresent());
    }

    @Override
    public List<String> outdated(TenantControlPlane described) {
        List<LeafDefinition> definitions = CertificateBlueprint.definitions(described);
        return access.read(
                "certificates.outdated",
                state -> outdated(state, definitions).stream()
                        .map(LeafDefinition::path)
                        .sorted()
                        .toList());
    }

    private List<LeafDefinition> outdated(TenantState state, List<LeafDefinition> definitions) {
        authorities(state);
        List<LeafDefinition> outdated = new ArrayList<>();
        for (LeafDefinition definition : definitions) {
            IssuedLeaf leaf = state.leaves().get(definition.path());
            if (leaf == null || !leaf.fits(definition) || leaf.isDue(access.instant())) {
                outdated.add(definition);
            }
        }
        return outdated;
    }

    private String authorities(TenantState state) {
        return state.authorities()
                .orElseThrow(() -> new HcpException(
                        ErrorKind.PKI_DAMAGED,
                        "the authorities of tenant \"%s\" are missing".formatted(access.tenant()),
                        "restore them from a backup"));
    }

    @Override
    public void requireProvided(TenantControlPlane described) {
        access.read("certificates.requireProvided", state -> {
            checkProvided(described);
            return true;
        });
    }

    private void checkProvided(TenantControlPlane described) {
        ProvidedAuthorities names = described.pki().authorities();
        Stream.of(names.cluster(), names.frontProxy(), names.etcd())
                .flatMap(Optional::stream)
                .filter(name -> !access.world().secrets().contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new HcpException(
                            ErrorKind.IO,
                            "cannot read the authority \"%s\": there is none".formatted(name),
                            "put it there, or name another one");
                });
    }

    @Override
    public void create(Lease lease, TenantControlPlane described) {
        List<LeafDefinition> definitions = CertificateBlueprint.definitions(described);
        access.write("certificates.create", lease, () -> {
            if (access.now().authorities().isPresent()) {
                return;
            }
            checkProvided(described);
            access.requireSpace();
            Optional<String> identity = Optional.of(access.world().newIdentity());
            Map<String, IssuedLeaf> leaves = new TreeMap<>();
            definitions.forEach(definition -> leaves.put(definition.path(), issue(definition)));
            access.change(
                    lease, state -> state.authorities().isPresent() ? state : state.withCertificates(identity, leaves));
        });
    }

    private IssuedLeaf issue(LeafDefinition definition) {
        return new IssuedLeaf(definition, access.instant(), access.world().newIdentity());
    }

    @Override
    public void reissue(Lease lease, TenantControlPlane described) {
        List<LeafDefinition> definitions = CertificateBlueprint.definitions(described);
        access.write("certificates.reissue", lease, () -> {
            for (LeafDefinition definition : outdated(access.now(), definitions)) {
                access.requireSpace();
                IssuedLeaf leaf = issue(definition);
                access.change(lease, state -> state.withLeaf(leaf));
            }
        });
    }

    @Override
    public TenantPki load() {
        String identity = access.read("certificates.load", this::authorities);
        return access.world().authorities(identity);
    }
}
