package io.hcp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what is found in a data directory; nothing runs here. */
class HostedControlPlanesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String RECORD = """
            apiVersion: hcp.io/v1alpha1
            kind: TenantControlPlane
            metadata:
              name: acme
            spec:
              kubernetes:
                version: 1.36.3
            status:
              ports: [25001, 25002, 25003, 25004, 25005]
              bootstrapped: false
              deleting: false
            """;

    @TempDir
    Path directory;

    private HostedControlPlanes hcp;

    @BeforeEach
    void open() throws IOException {
        Path tenants = directory.resolve("tenants");
        Files.writeString(Files.createDirectories(tenants.resolve("acme")).resolve("tenant.yaml"), RECORD);
        Files.createDirectories(tenants.resolve("lost+found"));
        Files.writeString(tenants.resolve(".DS_Store"), "");
        Files.createDirectories(tenants.resolve("broken/pki"));
        Files.writeString(tenants.resolve("broken/tenant.yaml"), "");
        hcp = HostedControlPlanes.local(options -> options.dataDirectory(directory));
    }

    @AfterEach
    void close() {
        hcp.close();
    }

    @Test
    void list_foreignAndDamagedEntries_arePassedOver() {
        assertThat(hcp.list()).hasToString("[ControlPlane[acme]]");
    }

    @Test
    void install_localBackend_isToldToBeNoneOfIts() {
        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(hcp::install)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED))
                .withMessageContaining("nothing can be installed where control planes are processes");
        assertThatExceptionOfType(HcpException.class).isThrownBy(hcp::planInstall);
    }

    @Test
    void get_damagedRecord_isNamed() {
        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> hcp.get("broken"))
                .withMessageContaining("tenants/broken/tenant.yaml is damaged: ");
    }

    @Test
    void delete_damagedTenant_removesItAlone() {
        hcp.delete("broken").await(SOON);

        assertThat(directory.resolve("tenants/broken")).doesNotExist();
        assertThat(directory.resolve("tenants/acme/tenant.yaml")).hasContent(RECORD);
    }

    @Test
    void status_afterClose_stillAnswers() {
        var acme = hcp.get("acme").orElseThrow();
        hcp.close();

        assertThat(acme.status().ready()).isFalse();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> hcp.delete("acme"))
                .withMessage("this HostedControlPlanes is closed");
    }
}
