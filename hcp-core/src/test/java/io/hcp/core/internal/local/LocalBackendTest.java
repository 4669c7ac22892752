package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.progress.HcpListener;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.component.ResolverSettings;
import io.hcp.core.internal.spec.TenantRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the backend does with what it finds in its directory; nothing runs here. */
class LocalBackendTest {
    private static final TenantControlPlane ACME = TenantControlPlane.builder()
            .name("acme")
            .kubernetesVersion("1.36.3")
            .build();

    @TempDir
    Path directory;

    private LocalBackend backend;

    @BeforeEach
    void open() throws Exception {
        Path tenant = directory.resolve("tenants/acme");
        new TenantStore(new TenantLayout(tenant)).write(TenantRecord.of(ACME, new Ports(1, 2, 3, 4, 5)));
        Files.createDirectories(directory.resolve("tenants/lost+found"));
        Files.writeString(directory.resolve("tenants/.DS_Store"), "");
        Files.writeString(
                Files.createDirectories(directory.resolve("tenants/broken")).resolve("tenant.yaml"), "");
        Files.createDirectories(directory.resolve("tenants/broken/pki"));
        backend = new LocalBackend(
                directory, false, ResolverSettings.defaults(Map.of(), directory), HcpListener.NONE, new Random(1));
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void list_foreignAndDamagedEntries_arePassedOver() {
        assertThat(backend.list()).extracting(found -> found.spec().name()).containsExactly("acme");
        assertThat(backend.list()).hasToString("[ControlPlane[acme]]");
    }

    @Test
    void get_damagedRecord_isNamed() {
        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> backend.get("broken"))
                .withMessageContaining("tenants/broken/tenant.yaml is damaged: ");
    }

    @Test
    void delete_damagedTenant_removesIt() {
        backend.delete("broken").await(Duration.ofSeconds(20));

        assertThat(directory.resolve("tenants/broken")).doesNotExist();
        assertThat(directory.resolve("tenants/acme")).exists();
    }

    @Test
    void status_afterClose_stillAnswers() {
        var acme = backend.get("acme").orElseThrow();
        backend.close();

        assertThat(acme.status().ready()).isFalse();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> backend.delete("acme"))
                .withMessage("this HostedControlPlanes is closed");
    }
}
