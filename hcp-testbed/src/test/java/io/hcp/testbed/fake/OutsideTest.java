package io.hcp.testbed.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ComponentFailedException;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.core.internal.gateway.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class OutsideTest {
    private final FakeWorld world = new FakeWorld();
    private final Acme acme = Acme.on(world.machine());
    private final Lease lease = acme.acquire();

    @Test
    void kill_componentThatNobodyWatches_staysDown() {
        acme.create(lease);
        world.outside().kill(Acme.NAME, Component.ETCD);
        world.time().advance(Duration.ofMinutes(1));
        assertThat(acme.gateways().processes().running()).isEmpty();
    }

    @Test
    void kill_componentThatIsWatched_isStartedAgainByAMachineThatLooksAfterIt() {
        acme.create(lease);
        assertThat(acme.awaitServing(Component.ETCD)).isTrue();
        world.outside().kill(Acme.NAME, Component.ETCD);
        acme.machine().lookAfter();
        assertThat(world.state(Acme.NAME).processes()).isEmpty();
        world.time().advance(Duration.ofSeconds(1));
        acme.machine().lookAfter();
        assertThat(world.state(Acme.NAME).processes()).hasSize(1);
        assertThat(acme.gateways().processes().restarts(Component.ETCD)).isEqualTo(1);
    }

    @Test
    void startForeign_component_runsBesideAndIsEndedByStart() {
        acme.create(lease);
        world.outside().startForeign(Acme.NAME, Component.ETCD, "foreign");
        assertThat(acme.gateways().processes().running()).hasSize(2);
        acme.start(lease, Component.ETCD);
        assertThat(acme.gateways().processes().running())
                .singleElement()
                .satisfies(etcd -> assertThat(etcd.digest())
                        .isEqualTo(acme.tenant().blueprint().of(Component.ETCD).digest()));
    }

    @Test
    void failNextStart_component_endsOnceWithItsLog() {
        world.outside()
                .failNextStart(
                        Acme.NAME,
                        Component.ETCD,
                        new StartFailure(ErrorKind.COMPONENT_FAILED, List.of("panic: as told")));
        acme.create(lease);
        assertThatThrownBy(() -> acme.awaitServing(Component.ETCD))
                .isInstanceOfSatisfying(
                        ComponentFailedException.class,
                        thrown -> assertThat(thrown.lastLogLines()).containsExactly("panic: as told"));
        assertThat(acme.gateways().processes().running()).isEmpty();
        acme.start(lease, Component.ETCD);
        assertThat(acme.awaitServing(Component.ETCD)).isTrue();
    }

    @Test
    void start_withoutCertificates_ends() {
        acme.writeRecord(lease);
        acme.start(lease, Component.ETCD);
        assertThatThrownBy(() -> acme.awaitServing(Component.ETCD)).isInstanceOf(ComponentFailedException.class);
    }

    @Test
    void removeCertificates_leaf_isOutdated() {
        acme.create(lease);
        world.outside().removeCertificates(Acme.NAME, "scheduler");
        assertThat(outdated()).containsExactly("scheduler");
        world.outside().removeAuthorities(Acme.NAME);
        assertFails(ErrorKind.PKI_DAMAGED, this::outdated);
    }

    @Test
    void outdated_muchLater_isEveryLeaf() {
        acme.create(lease);
        world.time().advance(Duration.ofDays(240));
        assertThat(outdated()).isEmpty();
        world.time().advance(Duration.ofDays(10));
        assertThat(outdated()).hasSize(10);
        acme.gateways().certificates().reissue(lease, acme.tenant().described());
        assertThat(outdated()).isEmpty();
    }

    @Test
    void fillDisk_writes_areRefused() {
        world.outside().fillDisk();
        assertThat(acme.gateways().storage().usableBytes()).isZero();
        assertFails(ErrorKind.DISK_FULL, () -> acme.writeRecord(lease));
    }

    @Test
    void takePort_port_isNotChosenAnyMore() {
        int port = acme.machine()
                .ports()
                .choosing(choice -> choice.choose(1, Set.of()))
                .get(0);
        world.outside().takePort(port);
        FakeWorld same = new FakeWorld();
        same.outside().takePort(port);
        int other = same.machine()
                .ports()
                .choosing(choice -> choice.choose(1, Set.of()))
                .get(0);
        assertThat(other).as("of the same seed").isNotEqualTo(port);
    }

    @Test
    void removeDatastore_tenant_losesTheObjectsOfItsApi() {
        acme.create(lease);
        world.outside().removeDatastore(Acme.NAME);
        world.outside().removeEncryptionKey(Acme.NAME, "secretbox-1");
        assertThat(acme.gateways().storage().hasDatastore()).isFalse();
        assertThat(acme.gateways().encryptionKeys().damaged(List.of("secretbox-1")))
                .containsExactly("secretbox-1");
    }

    private List<String> outdated() {
        return acme.gateways().certificates().outdated(acme.tenant().described());
    }

    private static void assertFails(ErrorKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HcpException.class, thrown -> assertThat(thrown.kind()).isEqualTo(kind));
    }
}
