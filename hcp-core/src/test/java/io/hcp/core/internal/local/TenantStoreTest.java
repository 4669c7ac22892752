package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.spec.TenantRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantStoreTest {
    private static final TenantRecord ACME = TenantRecord.of(
            TenantControlPlane.builder()
                    .name("acme")
                    .kubernetesVersion("1.36.3")
                    .build(),
            new Ports(20_001, 20_002, 20_003, 20_004, 20_005));

    @TempDir
    Path directory;

    private TenantLayout layout;
    private TenantStore store;

    @BeforeEach
    void makeStore() {
        layout = new TenantLayout(directory.resolve("tenants/acme"));
        store = new TenantStore(layout);
    }

    @Test
    void read_nothingStored_isEmpty() {
        assertThat(store.read()).isEmpty();
        assertThat(store.exists()).isFalse();
    }

    @Test
    void write_record_isReadBackAndPrivate() throws IOException {
        store.write(ACME);

        assertThat(store.read()).contains(ACME);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.record())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.root())))
                .isEqualTo("rwx------");
    }

    @Test
    void read_damagedRecord_namesTheFileAndTheReason() throws IOException {
        store.write(ACME);
        Files.writeString(layout.record(), "kind: Pod");

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(store::read)
                .withMessageStartingWith("the tenant's record " + layout.record() + " is damaged: it is not readable")
                .withMessageContaining("UnknownValue: kind is \"Pod\"; write TenantControlPlane")
                .withMessageEndingWith("Remedy: restore the file from a backup, or correct it by hand")
                .withCauseInstanceOf(IllegalArgumentException.class)
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.IO));
    }

    @Test
    void remove_wholeTenant_removesAllAndIsRepeatable() throws IOException {
        store.write(ACME);
        Files.createDirectories(layout.etcdData().resolve("member/wal"));
        Files.writeString(layout.etcdData().resolve("member/wal/0.wal"), "data");
        Files.createDirectories(layout.log(Component.ETCD).resolveSibling(""));
        Files.writeString(layout.log(Component.ETCD), "log");

        store.remove();
        store.remove();

        assertThat(layout.root()).doesNotExist();
        assertThat(directory.resolve("tenants")).isEmptyDirectory();
    }

    @Test
    void remove_linkOutside_removesTheLinkAlone() throws IOException {
        store.write(ACME);
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "data");
        Files.createSymbolicLink(layout.root().resolve("link"), outside);

        store.remove();

        assertThat(layout.root()).doesNotExist();
        assertThat(outside.resolve("precious")).exists();
    }

    @Test
    void remove_directoryThatIsALink_removesWhatItLeadsTo() throws IOException {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere/acme"));
        Files.writeString(Files.createDirectory(elsewhere.resolve("pki")).resolve("ca.key"), "secret");
        Files.createDirectories(directory.resolve("tenants"));
        Files.createSymbolicLink(layout.root(), elsewhere);
        store.write(ACME);

        store.remove();

        assertThat(elsewhere).doesNotExist();
        assertThat(Files.exists(layout.root(), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void read_recordOfAnotherTenant_isDamaged() {
        new TenantStore(new TenantLayout(directory.resolve("tenants/globex"))).write(ACME);

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> new TenantStore(new TenantLayout(directory.resolve("tenants/globex"))).read())
                .withMessageContaining("is damaged: metadata.name is not globex");
        assertThat(new TenantStore(new TenantLayout(directory.resolve("tenants/globex"))).readIfIntact())
                .isEmpty();
    }
}
