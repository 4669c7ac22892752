package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.fixture.Tenants;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.pki.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCertificatesTest {
    private static final TenantControlPlane ACME = Tenants.plain("1.36.3");

    @TempDir
    Path directory;

    private final TestLease lease = new TestLease();

    private LocalCertificates certificates(Duration afterCreation) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z").plus(afterCreation);
        return new LocalCertificates(
                "acme",
                new TenantLayout(directory.resolve("acme")),
                directory.resolve("secrets"),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private LocalCertificates created() {
        LocalCertificates certificates = certificates(Duration.ZERO);
        certificates.create(lease, ACME);
        return certificates;
    }

    @Test
    void create_again_keepsWhatIsThere() {
        assertThat(certificates(Duration.ZERO).exist()).isFalse();
        LocalCertificates certificates = created();
        byte[] authority = authority(certificates);

        certificates.create(lease, ACME.withPki(p -> p.leafValidity(Duration.ofDays(7))));

        assertThat(certificates.exist()).isTrue();
        assertThat(authority(certificates)).isEqualTo(authority);
    }

    @Test
    void outdated_justCreated_isNothing() {
        assertThat(created().outdated(ACME)).isEmpty();
    }

    @Test
    void outdated_twoThirdsOfTheLifeOver_isEveryLeafAndNoAuthority() {
        byte[] authority = authority(created());
        LocalCertificates late = certificates(Duration.ofDays(250));

        assertThat(late.outdated(ACME))
                .contains("apiserver", "apiserver-etcd-client", "etcd/server", "scheduler")
                .doesNotContain("ca", "etcd/ca", "front-proxy-ca")
                .isSorted();

        late.reissue(lease, ACME);

        assertThat(late.outdated(ACME)).isEmpty();
        assertThat(authority(late)).isEqualTo(authority);
    }

    @Test
    void outdated_nameAdded_isTheApiServerAlone() {
        TenantControlPlane renamed = ACME.withNetworkProfile(n -> n.addCertSan("api.acme.example"));

        assertThat(created().outdated(renamed)).containsExactly("apiserver");
    }

    @Test
    void load_authorityThatIsGone_isDamageAndNotMadeAnew() throws IOException {
        LocalCertificates certificates = created();
        Files.delete(directory.resolve("acme/pki/ca.key"));

        certificates.create(lease, ACME);

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(certificates::load)
                .satisfies(damaged -> assertThat(damaged.kind()).isEqualTo(ErrorKind.PKI_DAMAGED));
    }

    @Test
    void requireProvided_secretThatIsNotThere_isNamed() {
        TenantControlPlane brought = ACME.withPki(p -> p.authorities(a -> a.etcd("corporate")));

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> certificates(Duration.ZERO).requireProvided(brought))
                .withMessageContaining(
                        directory.resolve("secrets/corporate/tls.crt").toString())
                .satisfies(missing -> assertThat(missing.kind()).isEqualTo(ErrorKind.IO));
    }

    @Test
    void writes_leaseLost_areRefused() {
        LocalCertificates certificates = certificates(Duration.ZERO);

        TestLease.assertRefused(() -> certificates.create(TestLease.lost(), ACME));
        TestLease.assertRefused(() -> certificates.reissue(TestLease.lost(), ACME));
        assertThat(certificates.exist()).isFalse();
    }

    private static byte[] authority(LocalCertificates certificates) {
        try {
            return certificates
                    .load()
                    .authority(Authority.CLUSTER)
                    .certificate()
                    .getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
