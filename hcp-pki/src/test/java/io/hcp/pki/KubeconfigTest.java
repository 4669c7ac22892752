package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class KubeconfigTest {
    private static final URI SERVER = URI.create("https://127.0.0.1:6443");

    @Test
    void referencing_fixedInputs_isThis() {
        String text = Kubeconfig.referencing(
                "acme",
                SERVER,
                Path.of("/data/acme/pki/ca.crt"),
                Path.of("/data/acme/pki/scheduler.crt"),
                Path.of("/data/acme/x/../pki/scheduler.key"));

        assertThat(text).isEqualTo("""
                        apiVersion: v1
                        kind: Config
                        clusters:
                        - name: "acme"
                          cluster:
                            server: "https://127.0.0.1:6443"
                            certificate-authority: "/data/acme/pki/ca.crt"
                        users:
                        - name: "acme"
                          user:
                            client-certificate: "/data/acme/pki/scheduler.crt"
                            client-key: "/data/acme/pki/scheduler.key"
                        contexts:
                        - name: "acme@acme"
                          context:
                            cluster: "acme"
                            user: "acme"
                        current-context: "acme@acme"
                        """);
    }

    @Test
    void embedded_credential_isThis() {
        CertificateAuthority authority = CertificateAuthority.create("kubernetes", Duration.ofDays(1), Fixtures.CLOCK);
        Credential client =
                authority.issue(CertificateTemplate.client("kubernetes-admin", Duration.ofHours(8)), Fixtures.CLOCK);

        assertThat(Kubeconfig.embedded("acme", SERVER, "CA CERTIFICATE\n", client))
                .isEqualTo("""
                        apiVersion: v1
                        kind: Config
                        clusters:
                        - name: "acme"
                          cluster:
                            server: "https://127.0.0.1:6443"
                            certificate-authority-data: "Q0EgQ0VSVElGSUNBVEUK"
                        users:
                        - name: "kubernetes-admin"
                          user:
                            client-certificate-data: "%s"
                            client-key-data: "%s"
                        contexts:
                        - name: "kubernetes-admin@acme"
                          context:
                            cluster: "acme"
                            user: "kubernetes-admin"
                        current-context: "kubernetes-admin@acme"
                        """.formatted(base64(client.certificatePem()), base64(client.keyPem())));
    }

    @Test
    void embedded_userWithYamlSyntax_isQuoted() {
        CertificateAuthority authority = CertificateAuthority.create("kubernetes", Duration.ofDays(1), Fixtures.CLOCK);
        Credential client = authority.issue(
                CertificateTemplate.client("a\"\\\n\u0085\u2028: é\uD83D\uDE80 %s", Duration.ofHours(8)),
                Fixtures.CLOCK);

        assertThat(Kubeconfig.embedded("acme", SERVER, "", client))
                .contains("    user: \"a\\\"\\\\\\u000a\\u0085\\u2028: é\uD83D\uDE80 %s\"\n");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
