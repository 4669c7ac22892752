package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {
    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("kubernetes", Duration.ofDays(10), Fixtures.CLOCK);

    @Test
    void credential_pemRoundTrip_keepsBoth() {
        Credential original = leaf("ops");

        Credential read = Credential.parse(original.certificatePem(), original.keyPem());

        assertThat(read.certificate()).isEqualTo(original.certificate());
        assertThat(read.keyPem()).isEqualTo(original.keyPem());
        assertThat(original.keyPem())
                .startsWith("-----BEGIN EC PRIVATE KEY-----\n")
                .endsWith("-----END EC PRIVATE KEY-----\n");
    }

    @Test
    void parse_textAroundBlocks_isIgnored() {
        Credential original = leaf("ops");

        Credential read = Credential.parse("subject=ops\r\n" + original.certificatePem(), original.keyPem() + "\nend");

        assertThat(read.certificate()).isEqualTo(original.certificate());
    }

    @Test
    void parse_keyOfAnotherCertificate_isDamaged() {
        Credential one = leaf("one");
        Credential other = leaf("other");

        assertThatThrownBy(() -> Credential.parse(one.certificatePem(), other.keyPem()))
                .hasMessageContaining("the private key is not the key of the certificate CN=one")
                .satisfies(thrown -> isDamagedWithoutSecret(thrown, other));
        assertThatThrownBy(() -> Credential.of(one.certificate(), other.key()))
                .satisfies(thrown -> isDamagedWithoutSecret(thrown, other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not PEM", "-----BEGIN CERTIFICATE-----\nAAAA", "-----END CERTIFICATE-----"})
    void parse_noCertificate_isDamaged(String text) {
        Credential original = leaf("ops");

        assertThatThrownBy(() -> Credential.parse(text, original.keyPem()))
                .hasMessageContaining("the certificate holds no complete PEM block \"CERTIFICATE\"")
                .satisfies(thrown -> isDamagedWithoutSecret(thrown, original));
    }

    @Test
    void parse_certificateThatIsNoDer_isDamaged() {
        Credential original = leaf("ops");
        String text = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

        assertThatThrownBy(() -> Credential.parse(text, original.keyPem()))
                .hasMessageContaining("the certificate is not a readable X.509 certificate")
                .satisfies(thrown -> isDamagedWithoutSecret(thrown, original));
    }

    @Test
    void parse_twoCertificates_isDamaged() {
        Credential original = leaf("ops");

        assertThatThrownBy(() ->
                        Credential.parse(original.certificatePem() + original.certificatePem(), original.keyPem()))
                .hasMessageContaining("the certificate is followed by one that did not sign it: CN=ops")
                .satisfies(thrown -> isDamagedWithoutSecret(thrown, original));
    }

    @Test
    void parse_keyTruncatedOrGarbled_isDamagedAndNotQuoted() {
        Credential original = leaf("ops");
        String truncated = original.keyPem().replace("-----END EC PRIVATE KEY-----\n", "");
        String garbled = original.keyPem().replaceFirst("\nM", "\n*");
        String shortened = original.keyPem().replaceFirst("\n(.{60}).{4}\n", "\n$1\n");

        assertThatThrownBy(() -> Credential.parse(original.certificatePem(), truncated))
                .hasMessageContaining("the private key of CN=ops holds no complete PEM block \"EC PRIVATE KEY\"")
                .satisfies(thrown -> isDamagedWithoutSecret(thrown, original));
        assertThatThrownBy(() -> Credential.parse(original.certificatePem(), garbled))
                .hasMessageContaining("not base64")
                .satisfies(thrown -> isDamagedWithoutSecret(thrown, original));
        assertThatThrownBy(() -> Credential.parse(original.certificatePem(), shortened))
                .hasMessageContaining("is not a readable elliptic-curve private key")
                .satisfies(thrown -> isDamagedWithoutSecret(thrown, original));
    }

    @Test
    void toString_credentialAndOwners_showNoKey() {
        Credential leaf = leaf("ops");

        assertThat(leaf.toString())
                .contains("CN=ops", "CN=kubernetes", "notAfter=2026-03-02T12:00:00Z")
                .doesNotContain(Fixtures.body(leaf.keyPem()), "PRIVATE");
        assertThat(AUTHORITY.toString())
                .contains("CN=kubernetes")
                .doesNotContain(Fixtures.body(AUTHORITY.credential().keyPem()), "PRIVATE");
    }

    @Test
    void equals_sameContent_isNotEqual() {
        Credential leaf = leaf("ops");

        assertThat(Credential.parse(leaf.certificatePem(), leaf.keyPem())).isNotEqualTo(leaf);
    }

    private static Credential leaf(String commonName) {
        return AUTHORITY.issue(CertificateTemplate.client(commonName, Duration.ofDays(1)), Fixtures.CLOCK);
    }

    private static void isDamagedWithoutSecret(Throwable thrown, Credential secret) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PKI_DAMAGED));
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString())
                .doesNotContain(Fixtures.body(secret.keyPem()).substring(8, 40));
    }
}
