package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.core.fixture.Tenants;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.gateway.Storage;
import io.hcp.core.internal.spec.TenantRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest {
    private static final String ID = "t234bcdfghjkmnpq";
    private static final TenantRecord ACME = TenantRecord.of(Tenants.plain("1.36.3"), new Ports(1, 2, 3, 4, 5));
    private static final Optional<TenantRecord> STORED = Optional.of(ACME);

    @TempDir
    Path directory;

    private final TestLease lease = new TestLease();
    private TenantLayout layout;
    private LocalStorage storage;

    @BeforeEach
    void makeStorage() {
        storage = new LocalStorage("acme", new DataDirectory(directory));
        layout = storage.layout();
    }

    private void storeRecord() {
        new LocalRecords("acme", layout).write(lease, ACME, Optional.empty());
    }

    private Path aside() {
        return directory.resolve("retained/acme-" + ID);
    }

    @Test
    void exists_nothingOrAnything_isTold() throws IOException {
        assertThat(storage.exists()).isFalse();

        Files.createDirectories(layout.root());

        assertThat(storage.exists()).isTrue();
        assertThat(storage.hasDatastore()).isFalse();
    }

    @Test
    void hasDatastore_memberIsThere_isTrue() throws IOException {
        Files.createDirectories(layout.etcdData().resolve("member"));

        assertThat(storage.hasDatastore()).isTrue();
    }

    @Test
    void usableBytes_directoryNotMadeYet_areThoseOfTheFileSystem() {
        assertThat(storage.usableBytes()).isPositive().isLessThan(Long.MAX_VALUE);
    }

    @Test
    void remove_wholeTenant_removesAllAndIsRepeatable() throws IOException {
        storeRecord();
        Files.createDirectories(layout.etcdData().resolve("member/wal"));
        Files.writeString(layout.etcdData().resolve("member/wal/0.wal"), "data");
        Files.createDirectories(layout.log(Component.ETCD).resolveSibling(""));
        Files.writeString(layout.log(Component.ETCD), "log");

        storage.remove(lease, STORED);
        storage.remove(lease, STORED);

        assertThat(layout.root()).doesNotExist();
        assertThat(directory.resolve("tenants")).isEmptyDirectory();
    }

    @Test
    void remove_linkOutside_removesTheLinkAlone() throws IOException {
        storeRecord();
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "data");
        Files.createSymbolicLink(layout.root().resolve("link"), outside);

        storage.remove(lease, STORED);

        assertThat(layout.root()).doesNotExist();
        assertThat(outside.resolve("precious")).exists();
    }

    @Test
    void remove_directoryThatIsALink_removesWhatItLeadsTo() throws IOException {
        Path elsewhere = linkElsewhere();
        storeRecord();

        storage.remove(lease, STORED);

        assertThat(elsewhere).doesNotExist();
        assertThat(Files.exists(layout.root(), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    private Path linkElsewhere() throws IOException {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere/acme"));
        Files.writeString(Files.createDirectory(elsewhere.resolve("pki")).resolve("ca.key"), "secret");
        Files.createDirectories(directory.resolve("tenants"));
        return Files.createSymbolicLink(layout.root(), elsewhere).toRealPath();
    }

    @Test
    void retain_wholeTenant_isReadableAsideAndComesBack() throws IOException {
        storeRecord();
        Files.writeString(Files.createDirectories(layout.etcdData()).resolve("0.wal"), "data");

        storage.retain(lease, ID, STORED);
        storage.retain(lease, ID, STORED);

        assertThat(storage.exists()).isFalse();
        assertThat(aside().resolve("etcd/0.wal")).hasContent("data");
        assertThat(storage.retained(ID).map(Storage.Retained::record)).contains(ACME);
        assertThat(storage.retained("another")).isEmpty();

        storage.bringBack(lease, ID);
        storage.bringBack(lease, ID);

        assertThat(layout.etcdData().resolve("0.wal")).hasContent("data");
        assertThat(new LocalRecords("acme", layout).readIfIntact()).contains(ACME);
        assertThat(storage.retained(ID)).isEmpty();
        assertThat(directory.resolve("retained")).isEmptyDirectory();
    }

    @Test
    void retain_directoryThatIsALink_movesTheLink() throws IOException {
        Path elsewhere = linkElsewhere();

        storage.retain(lease, ID, STORED);

        assertThat(storage.exists()).isFalse();
        assertThat(aside()).isSymbolicLink().hasToString(aside().toString());
        assertThat(elsewhere.resolve("pki/ca.key")).exists();
    }

    @Test
    void retain_somethingIsAsideUnderTheSameId_isRefused() throws IOException {
        storeRecord();
        Files.createDirectories(aside());

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> storage.retain(lease, ID, STORED))
                .withMessage(layout.root() + " cannot become " + aside()
                        + ", which exists. Remedy: look at both, and move away the one that is not needed")
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.BLOCKED));
        assertThat(layout.record()).exists();
    }

    @Test
    void bringBack_tenantIsThere_isRefused() throws IOException {
        storeRecord();
        storage.retain(lease, ID, STORED);
        storeRecord();

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> storage.bringBack(lease, ID))
                .withMessageStartingWith(aside() + " cannot become " + layout.root() + ", which exists")
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.BLOCKED));
        assertThat(storage.retained(ID).map(Storage.Retained::record)).contains(ACME);
    }

    @Test
    void writes_leaseLost_areRefused() {
        storeRecord();

        TestLease.assertRefused(() -> storage.remove(TestLease.lost(), STORED));
        TestLease.assertRefused(() -> storage.retain(TestLease.lost(), ID, STORED));
        TestLease.assertRefused(() -> storage.bringBack(TestLease.lost(), ID));
        assertThat(layout.record()).exists();
    }
}
