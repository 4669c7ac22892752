package io.hcp.testbed.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.DeletionPolicy;
import io.hcp.api.model.IpAddress;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.CertificateBlueprint;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.gateway.Records;
import io.hcp.core.internal.spec.SpecDefaults;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.pki.LeafDefinition;
import io.hcp.testbed.fake.TenantState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What must be there of one tenant, worked out from what was asked for. Immutable.
 *
 * @param known the tenant, if it exists
 * @param aside what was put aside, by tenant id
 */
record TenantModel(Optional<Known> known, Map<String, Known> aside) {
    static final TenantModel NONE = new TenantModel(Optional.empty(), Map.of());

    /**
     * A tenant.
     *
     * @param written as somebody described it
     * @param described with its defaults resolved, without an id until it was seen
     * @param encryption what is encrypted, and was
     * @param authorities the identity of its authorities, once it was seen
     * @param keys the identities of its encryption keys that were seen
     */
    record Known(
            TenantControlPlane written,
            TenantControlPlane described,
            EncryptionState encryption,
            Optional<String> authorities,
            Map<String, String> keys) {
        private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1");
        private static final IpAddress LOOPBACK_V6 = IpAddress.parse("::1");

        static Known of(TenantControlPlane written, Optional<Known> before) {
            TenantControlPlane resolved = SpecDefaults.resolve(written, before.map(Known::described));
            boolean v4 = resolved.networkProfile().serviceCidrs().get(0).isIpv4();
            return new Known(
                    written,
                    resolved.withNetworkProfile(n -> n.address(v4 ? LOOPBACK : LOOPBACK_V6)),
                    before.map(Known::encryption)
                            .orElse(EncryptionState.NONE)
                            .with(written.kubernetes().encryptionAtRest()),
                    before.flatMap(Known::authorities),
                    before.map(Known::keys).orElse(Map.of()));
        }

        /** The same, with what was drawn for it at random; fails if that is not what was seen before. */
        Known seen(TenantState state) {
            TenantRecord record = state.record().map(Records.Stored::record).orElseThrow();
            authorities.ifPresent(identity -> assertThat(state.authorities()).contains(identity));
            assertThat(state.encryptionKeys()).containsAllEntriesOf(keys);
            return new Known(
                    written,
                    described.withTenantId(record.spec().tenantId()),
                    encryption,
                    state.authorities(),
                    state.encryptionKeys());
        }

        boolean isDescribedBy(TenantRecord record) {
            TenantControlPlane stored = record.spec();
            return described
                    .withTenantId(described.tenantId().or(stored::tenantId))
                    .equals(stored);
        }

        /** Fails unless all is there, as it was asked for. */
        void assertComplete(TenantState state) {
            TenantRecord record = state.record().map(Records.Stored::record).orElseThrow();
            assertThat(record.spec().withTenantId(described.tenantId())).isEqualTo(described);
            assertThat(record.encryption()).isEqualTo(encryption);
            assertThat(record.servedVersion()).contains(described.kubernetesVersion());
            assertThat(record.bootstrapped()).isTrue();
            assertThat(record.deleting()).isFalse();
            assertThat(state.datastore()).isTrue();
            assertThat(state.roles()).hasSize(4);
            assertThat(state.authorities()).isPresent();
            assertThat(state.encryptionKeys().keySet()).containsAll(encryption.keys());
            for (LeafDefinition wanted : CertificateBlueprint.definitions(record.spec())) {
                LeafDefinition issued = state.leaves().get(wanted.path()).definition();
                assertThat(issued.algorithm()).isEqualTo(wanted.algorithm());
                assertThat(issued.template().commonName())
                        .isEqualTo(wanted.template().commonName());
                assertThat(issued.template().dnsNames())
                        .isEqualTo(wanted.template().dnsNames());
                assertThat(issued.template().ipAddresses())
                        .isEqualTo(wanted.template().ipAddresses());
            }
        }
    }

    TenantModel apply(TenantControlPlane written) {
        Optional<Known> before = known.or(() -> written.tenantId().map(aside::get));
        Map<String, Known> left = new HashMap<>(aside);
        if (known.isEmpty()) {
            written.tenantId().ifPresent(left::remove);
        }
        return new TenantModel(Optional.of(Known.of(written, before)), left);
    }

    /** What an interrupted change left to be done is done. */
    TenantModel reconcile() {
        return known.map(tenant -> apply(tenant.written())).orElse(this);
    }

    /** Between two writes: the data is back, and still as it was. */
    TenantModel bringBack(String id) {
        Map<String, Known> left = new HashMap<>(aside);
        Known back = left.remove(id);
        return new TenantModel(Optional.of(back), left);
    }

    TenantModel delete() {
        Map<String, Known> more = new HashMap<>(aside);
        known.filter(tenant -> tenant.described()
                        .lifecycle()
                        .deletionPolicy()
                        .filter(DeletionPolicy.RETAIN::equals)
                        .isPresent())
                .ifPresent(tenant -> more.put(tenant.described().tenantId().orElseThrow(), tenant));
        return new TenantModel(Optional.empty(), more);
    }

    /** The same, before the key that a description asks for was noted. */
    TenantModel notYet(EncryptionState noted) {
        return new TenantModel(
                known.map(
                        tenant -> new Known(tenant.written, tenant.described, noted, tenant.authorities, tenant.keys)),
                aside);
    }

    /** Learns what was drawn at random; fails if what is there is not the tenant. */
    TenantModel seen(TenantState state) {
        return new TenantModel(known.map(tenant -> tenant.seen(state)), aside);
    }

    /** Fails unless what was put aside is what it was when it was seen last. */
    void assertAside(SortedMap<String, TenantState> retained) {
        aside.forEach((id, tenant) -> {
            TenantState state = retained.get(id);
            assertThat(state).as("what was put aside as %s", id).isNotNull();
            tenant.authorities()
                    .ifPresent(identity -> assertThat(state.authorities()).contains(identity));
            assertThat(state.encryptionKeys()).containsAllEntriesOf(tenant.keys());
            assertThat(tenant.isDescribedBy(
                            state.record().map(Records.Stored::record).orElseThrow()))
                    .isTrue();
        });
    }
}
