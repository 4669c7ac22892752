package io.hcp.core.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MachineDescriptionTest {
    private static final Ports PORTS = new Ports(20_001, 20_002, 20_003, 20_004, 20_005);
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.36.3")
            .build();

    private static TenantControlPlane resolve(TenantControlPlane written, TenantRecord known) {
        return MachineDescription.resolve(written, Optional.of(known), new Pigeonholes(), new Random(1));
    }

    private static TenantControlPlane resolveNew(TenantControlPlane written, int seed) {
        return MachineDescription.resolve(written, Optional.empty(), new Pigeonholes(), new Random(seed));
    }

    @Test
    void resolve_newTenant_hasAnIdOfItsOwnAndTheLoopbackAddress() {
        TenantControlPlane resolved = resolveNew(ACME, 1);

        assertThat(resolved.tenantId().orElseThrow()).matches("[a-z][a-z0-9]{15}");
        assertThat(resolved.tenantId()).isNotEqualTo(resolveNew(ACME, 2).tenantId());
        assertThat(resolved.networkProfile().address()).map(Object::toString).contains("127.0.0.1");
        assertThat(resolveNew(ACME.withNetworkProfile(n -> n.serviceCidrs("fd00::/112")), 1)
                        .networkProfile()
                        .address())
                .map(Object::toString)
                .contains("::1");
    }

    @Test
    void resolve_knownTenant_keepsWhatWasDecided() {
        TenantControlPlane first = resolveNew(ACME, 1);

        assertThat(resolve(ACME, TenantRecord.of(first, PORTS))).isEqualTo(first);
        assertThat(resolve(first, TenantRecord.of(first, PORTS))).isEqualTo(first);
    }

    @Test
    void resolve_recordOfTheFirstVersion_isGivenAnId() {
        TenantControlPlane resolved = resolve(ACME, TenantRecord.of(ACME, PORTS).asBootstrapped());

        assertThat(resolved.tenantId()).isPresent();
        assertThat(resolved.networkProfile().serviceCidrs()).hasToString("[10.96.0.0/12]");
    }

    @Test
    void resolve_raiseThatNeverServed_countsFromWhatServes() {
        TenantRecord wished = TenantRecord.of(resolveNew(ACME.withKubernetesVersion("1.34.4"), 1), PORTS)
                .asServed();
        TenantRecord cancelled = wished.withSpec(wished.spec().withKubernetesVersion("1.35.4"));

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> resolve(ACME, cancelled))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(Problem::code, Problem::remedy)
                        .containsExactly(tuple("VersionSkipsMinor", "use a release of 1.35 first")));
        assertThat(resolve(ACME.withKubernetesVersion("1.34.4"), cancelled).kubernetesVersion())
                .hasToString("1.34.4");
    }

    @Test
    void resolve_addressOfAnotherMachine_isRefused() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> resolveNew(ACME.withNetworkProfile(n -> n.address("192.0.2.1")), 1))
                .withMessageContaining("AddressNotLocal: spec.networkProfile.address is \"192.0.2.1\"");
    }
}
