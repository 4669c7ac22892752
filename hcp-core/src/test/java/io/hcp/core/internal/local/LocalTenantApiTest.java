package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.core.fixture.Tenants;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.tenant.TenantClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing answers here. */
class LocalTenantApiTest {
    private static final Blueprint BLUEPRINT = new Blueprint(
            Arrays.stream(Component.values()).collect(Collectors.toMap(Function.identity(), Processes::blueprint)));
    private static final URI NOWHERE = URI.create("https://127.0.0.1:1");

    @TempDir
    Path directory;

    private final TestLease lease = new TestLease();
    private LocalCertificates certificates;
    private LocalTenantApi api;

    @BeforeEach
    void makeApi() {
        Clock clock = Clock.systemUTC();
        certificates = new LocalCertificates("acme", new TenantLayout(directory), directory, clock);
        api = new LocalTenantApi("acme", new TenantClient(certificates::load, clock), certificates);
    }

    @Test
    void ask_noCertificates_waitsForThem() {
        assertThat(api.ask(BLUEPRINT).missing()).containsExactly("certificates");
        assertThat(api.ask(BLUEPRINT).ready()).isEmpty();
    }

    @Test
    void ask_nothingAnswers_namesEachComponent() {
        certificates.create(lease, Tenants.plain("1.36.3"));

        assertThat(api.ask(BLUEPRINT).missing())
                .containsExactly(
                        "etcd at /readyz",
                        "kube-apiserver at /readyz",
                        "kube-controller-manager at /readyz",
                        "kube-scheduler at /readyz");
        assertThat(api.hasStarted(Processes.blueprint(Component.ETCD).health())).isFalse();
    }

    @Test
    void ask_damagedCertificates_noneIsReady() throws IOException {
        certificates.create(lease, Tenants.plain("1.36.3"));
        Files.delete(directory.resolve("pki/ca.crt"));

        assertThat(api.ask(BLUEPRINT).ready()).isEmpty();
    }

    @Test
    void bootstrap_nothingAnswers_namesTheRequest() {
        certificates.create(lease, Tenants.plain("1.36.3"));

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> api.bootstrap(lease, NOWHERE))
                .withMessageStartingWith(
                        "POST https://127.0.0.1:1/apis/rbac.authorization.k8s.io/v1/clusterroles failed")
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.TENANT_API));
    }

    @Test
    void bootstrap_leaseLost_isRefused() {
        TestLease.assertRefused(() -> api.bootstrap(TestLease.lost(), NOWHERE));
    }
}
