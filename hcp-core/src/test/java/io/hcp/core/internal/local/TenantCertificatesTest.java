package io.hcp.core.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.fixture.Tenants;
import io.hcp.pki.Authority;
import io.hcp.pki.PkiDirectory;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantCertificatesTest {
    private static final TenantControlPlane ACME = Tenants.plain("1.36.3");
    private static final Clock CREATION = clock(Duration.ZERO);

    @TempDir
    Path directory;

    private PkiDirectory pki;

    private static Clock clock(Duration after) {
        return Clock.fixed(Instant.parse("2026-01-01T00:00:00Z").plus(after), ZoneOffset.UTC);
    }

    private TenantCertificates certificates(TenantControlPlane tenant) {
        return new TenantCertificates(tenant, directory.resolve("secrets"));
    }

    @BeforeEach
    void createPki() {
        pki = PkiDirectory.at(directory.resolve("pki"));
        pki.create(certificates(ACME).create(CREATION));
    }

    @Test
    void toReissue_justCreated_isNothing() {
        assertThat(certificates(ACME).toReissue(pki, CREATION)).isEmpty();
    }

    @Test
    void toReissue_twoThirdsOfTheLifeOver_isEveryLeafAndNoAuthority() {
        Clock late = clock(Duration.ofDays(250));
        byte[] authority = certificate(Authority.CLUSTER);

        assertThat(certificates(ACME).toReissue(pki, late))
                .contains("apiserver", "apiserver-etcd-client", "etcd/server", "scheduler")
                .doesNotContain("ca", "etcd/ca", "front-proxy-ca");

        certificates(ACME).reissue(pki, late);

        assertThat(certificates(ACME).toReissue(pki, late)).isEmpty();
        assertThat(certificate(Authority.CLUSTER)).isEqualTo(authority);
    }

    @Test
    void toReissue_nameAdded_isTheApiServerAlone() {
        TenantControlPlane renamed = ACME.withNetworkProfile(n -> n.addCertSan("api.acme.example"));

        assertThat(certificates(renamed).toReissue(pki, CREATION)).containsExactly("apiserver");
    }

    @Test
    void provided_secretThatIsNotThere_isNamed() {
        TenantControlPlane brought = ACME.withPki(p -> p.authorities(a -> a.etcd("corporate")));

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> certificates(brought).provided(CREATION))
                .withMessageContaining(
                        directory.resolve("secrets/corporate/tls.crt").toString())
                .satisfies(missing -> assertThat(missing.kind()).isEqualTo(ErrorKind.IO));
    }

    private byte[] certificate(Authority authority) {
        try {
            return pki.load(List.of()).authority(authority).certificate().getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
