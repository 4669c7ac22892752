package io.hcp.core.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.spec.TenantRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TenantPortsTest {
    private final Pigeonholes machine = new Pigeonholes();

    @Test
    void record_newTenant_choosesPortsAndStoresThem() {
        record(tenant("acme"));

        TenantRecord stored = machine.stored("acme");
        assertThat(stored.spec()).isEqualTo(tenant("acme"));
        assertThat(stored.ports().asList()).doesNotHaveDuplicates().allMatch(port -> port >= 20_000);
        assertThat(stored.bootstrapped()).isFalse();
    }

    @Test
    void record_twoTenants_neverSharePorts() {
        record(tenant("acme"));
        record(tenant("globex"));

        List<Integer> all = new ArrayList<>(machine.stored("acme").ports().asList());
        all.addAll(machine.stored("globex").ports().asList());
        assertThat(all).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void record_wantedPortThatIsKeptForOthers_isRefusedBeforeItIsStored() {
        record(tenant("acme"));
        record(tenant("globex"));
        TenantRecord before = machine.stored("acme");
        int others = machine.stored("globex").ports().etcdPeer();
        int own = before.ports().scheduler();

        for (int port : List.of(others, own)) {
            assertThatExceptionOfType(HcpException.class)
                    .isThrownBy(() -> record(tenant("acme").withNetworkProfile(n -> n.port(port))))
                    .withMessageStartingWith(
                            "port " + port + " of tenant \"acme\" is kept for another component or tenant")
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.PORT_BUSY));
        }
        assertThat(machine.stored("acme")).isEqualTo(before);
    }

    @Test
    void record_again_keepsPortsAndBootstrapped() {
        record(tenant("acme"));
        machine.store("acme", machine.stored("acme").asBootstrapped());
        TenantRecord before = machine.stored("acme");

        record(tenant("acme").withKubernetesVersion("1.36.4"));

        assertThat(machine.stored("acme"))
                .isEqualTo(TenantRecord.of(tenant("acme").withKubernetesVersion("1.36.4"), before.ports())
                        .asBootstrapped());
    }

    @Test
    void record_changedSinceThePlan_isAConflictAndStaysAsItIs() {
        record(tenant("acme"));
        Optional<TenantRecord> planned = Optional.of(machine.stored("acme"));
        record(tenant("acme").withNetworkProfile(n -> n.addCertSan("one.example")));
        TenantRecord before = machine.stored("acme");

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> ports("acme")
                        .record(tenant("acme").withNetworkProfile(n -> n.addCertSan("two.example")), planned))
                .withMessageContaining("tenant \"acme\" was changed by somebody else meanwhile")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT));
        assertThat(machine.stored("acme")).isEqualTo(before);
    }

    /** The reply of the first attempt was lost. */
    @Test
    void record_doneBefore_isDoneStill() {
        ports("acme").record(tenant("acme"), Optional.empty());
        TenantRecord before = machine.stored("acme");

        ports("acme").record(tenant("acme"), Optional.empty());

        assertThat(machine.stored("acme")).isEqualTo(before);
    }

    @Test
    void record_wantedPort_isTheApiServers() {
        record(tenant("acme"));
        Ports before = machine.stored("acme").ports();

        record(tenant("acme").withNetworkProfile(n -> n.port(6443)));

        assertThat(machine.stored("acme").ports()).isEqualTo(before.withApiServer(6443));
    }

    @Test
    void record_wantedPortInTheRange_isNoOtherComponents() {
        record(tenant("acme"));
        int wanted = machine.stored("acme").ports().etcdClient();
        machine.remove("acme");

        record(tenant("acme").withNetworkProfile(n -> n.port(wanted)));

        assertThat(machine.stored("acme").ports().apiServer()).isEqualTo(wanted);
        assertThat(machine.stored("acme").ports().asList()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Component.class)
    void exchange_beforeFirstRoles_givesOthersToThatComponentAlone(Component component) {
        record(tenant("acme"));
        Ports before = machine.stored("acme").ports();

        assertThat(ports("acme").exchange(component)).isTrue();

        Ports after = machine.stored("acme").ports();
        assertThat(after.of(component)).doesNotContainAnyElementsOf(before.asList());
        assertThat(after.with(component, before.of(component))).isEqualTo(before);
    }

    @Test
    void exchange_addressMayBeKnown_isRefused() {
        record(tenant("acme"));
        machine.store("acme", machine.stored("acme").asBootstrapped());
        TenantRecord before = machine.stored("acme");

        assertThat(ports("acme").exchange(Component.ETCD)).isFalse();
        assertThat(machine.stored("acme")).isEqualTo(before);
    }

    @Test
    void exchange_portWasAskedFor_isRefusedForTheApiServerAlone() {
        record(tenant("acme").withNetworkProfile(n -> n.port(6443)));

        assertThat(ports("acme").exchange(Component.KUBE_APISERVER)).isFalse();
        assertThat(ports("acme").exchange(Component.KUBE_SCHEDULER)).isTrue();
        assertThat(machine.stored("acme").ports().apiServer()).isEqualTo(6443);
    }

    @Test
    void exchange_noRecord_isRefused() {
        assertThat(ports("acme").exchange(Component.ETCD)).isFalse();
    }

    private void record(TenantControlPlane wanted) {
        Optional<TenantRecord> from = machine.records(wanted.name()).read().map(stored -> stored.record());
        ports(wanted.name()).record(wanted, from);
    }

    private TenantPorts ports(String tenant) {
        return new TenantPorts(machine, machine.records(tenant), new Held(tenant));
    }

    private static TenantControlPlane tenant(String name) {
        return TenantControlPlane.builder()
                .name(name)
                .kubernetesVersion("1.36.3")
                .build();
    }

    private record Held(String tenant) implements Lease {
        @Override
        public boolean isHeld() {
            return true;
        }

        @Override
        public void close() {
            throw new AssertionError("whoever was given a lease does not give it back");
        }
    }
}
