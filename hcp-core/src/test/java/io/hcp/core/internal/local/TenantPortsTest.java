package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.component.ComponentResolver;
import io.hcp.core.internal.component.ResolverSettings;
import io.hcp.core.internal.progress.ListenerDispatch;
import io.hcp.core.internal.spec.TenantRecord;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TenantPortsTest {
    @TempDir
    Path directory;

    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    @Test
    void record_newTenant_choosesPortsAndStoresThem() {
        ports("acme").record(tenant("acme"));

        TenantRecord stored = stored("acme");
        assertThat(stored.spec()).isEqualTo(tenant("acme"));
        assertThat(stored.ports().asList()).doesNotHaveDuplicates().allMatch(port -> port >= 20_000);
        assertThat(stored.bootstrapped()).isFalse();
    }

    @Test
    void record_twoTenants_neverSharePorts() {
        // Each begins to count at the same port.
        ports("acme").record(tenant("acme"));
        ports("globex").record(tenant("globex"));

        List<Integer> all = new ArrayList<>(stored("acme").ports().asList());
        all.addAll(stored("globex").ports().asList());
        assertThat(all).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void record_wantedPortThatIsKeptForOthers_isRefusedBeforeItIsStored() {
        ports("acme").record(tenant("acme"));
        ports("globex").record(tenant("globex"));
        TenantRecord before = stored("acme");
        int others = stored("globex").ports().etcdPeer();
        int own = before.ports().scheduler();

        for (int port : List.of(others, own)) {
            assertThatExceptionOfType(HcpException.class)
                    .isThrownBy(() -> ports("acme").record(tenant("acme").withNetworkProfile(n -> n.port(port))))
                    .withMessageStartingWith(
                            "port " + port + " of tenant \"acme\" is kept for another component or tenant of")
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.PORT_BUSY));
        }
        assertThat(stored("acme")).isEqualTo(before);
    }

    @Test
    void record_again_keepsPortsAndBootstrapped() {
        ports("acme").record(tenant("acme"));
        store("acme").write(stored("acme").asBootstrapped());
        TenantRecord before = stored("acme");

        ports("acme").record(tenant("acme").withKubernetesVersion("1.36.4"));

        assertThat(stored("acme"))
                .isEqualTo(TenantRecord.of(tenant("acme").withKubernetesVersion("1.36.4"), before.ports())
                        .asBootstrapped());
    }

    @Test
    void record_wantedPort_isTheApiServers() {
        ports("acme").record(tenant("acme"));
        Ports before = stored("acme").ports();

        ports("acme").record(tenant("acme").withNetworkProfile(n -> n.port(6443)));

        assertThat(stored("acme").ports()).isEqualTo(before.withApiServer(6443));
    }

    @Test
    void record_wantedPortInTheRange_isNoOtherComponents() {
        ports("acme").record(tenant("acme"));
        int wanted = stored("acme").ports().etcdClient();
        store("acme").remove();

        ports("acme").record(tenant("acme").withNetworkProfile(n -> n.port(wanted)));

        assertThat(stored("acme").ports().apiServer()).isEqualTo(wanted);
        assertThat(stored("acme").ports().asList()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Component.class)
    void exchange_beforeFirstRoles_givesOthersToThatComponentAlone(Component component) {
        ports("acme").record(tenant("acme"));
        Ports before = stored("acme").ports();

        assertThat(ports("acme").exchange(component)).isTrue();

        Ports after = stored("acme").ports();
        assertThat(after.of(component)).doesNotContainAnyElementsOf(before.asList());
        assertThat(after.with(component, before.of(component))).isEqualTo(before);
    }

    @Test
    void exchange_addressMayBeKnown_isRefused() {
        ports("acme").record(tenant("acme"));
        store("acme").write(stored("acme").asBootstrapped());
        TenantRecord before = stored("acme");

        assertThat(ports("acme").exchange(Component.ETCD)).isFalse();
        assertThat(stored("acme")).isEqualTo(before);
    }

    @Test
    void exchange_portWasAskedFor_isRefusedForTheApiServerAlone() {
        ports("acme").record(tenant("acme").withNetworkProfile(n -> n.port(6443)));

        assertThat(ports("acme").exchange(Component.KUBE_APISERVER)).isFalse();
        assertThat(ports("acme").exchange(Component.KUBE_SCHEDULER)).isTrue();
        assertThat(stored("acme").ports().apiServer()).isEqualTo(6443);
    }

    @Test
    void exchange_noRecord_isRefused() {
        assertThat(ports("acme").exchange(Component.ETCD)).isFalse();
    }

    @Test
    void record_interrupted_isCancelledAndKeepsTheFlag() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> ports("acme").record(tenant("acme")))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
    }

    private TenantPorts ports(String name) {
        return new TenantPorts(store(name), settings());
    }

    private TenantStore store(String name) {
        return new TenantStore(new TenantLayout(settings().tenantDirectory(name)));
    }

    private TenantRecord stored(String name) {
        return store(name).read().orElseThrow();
    }

    private Settings settings() {
        return new Settings(
                directory,
                new ComponentResolver(ResolverSettings.defaults(Map.of(), directory)),
                Map.of(),
                new ListenerDispatch(HcpListener.NONE),
                Clock.systemUTC(),
                ScriptedRandom.from(25_000),
                executor);
    }

    private static TenantControlPlane tenant(String name) {
        return TenantControlPlane.builder()
                .name(name)
                .kubernetesVersion("1.36.3")
                .build();
    }
}
