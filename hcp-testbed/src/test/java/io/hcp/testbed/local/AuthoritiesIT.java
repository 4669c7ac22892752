package io.hcp.testbed.local;

import static io.hcp.testbed.local.LocalTestbed.LIMIT;
import static io.hcp.testbed.local.LocalTestbed.SOON;
import static io.hcp.testbed.local.LocalTestbed.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.hcp.api.ControlPlane;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.KeyAlgorithm;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Obstacle;
import io.hcp.core.HostedControlPlanes;
import io.hcp.testbed.CommandLine;
import io.hcp.testbed.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A certificate authority that the caller brings is used and never written; one that cannot be used blocks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthoritiesIT {
    @RegisterExtension
    static final LocalTestbed TESTBED = new LocalTestbed();

    private final HostedControlPlanes hcp = TESTBED.open();

    @AfterAll
    void close() {
        hcp.close();
    }

    private static TenantControlPlane withAuthority(String name, String secret) {
        return describe(name)
                .withPki(pki -> pki.keyAlgorithm(KeyAlgorithm.RSA_2048).authorities(a -> a.cluster(secret)));
    }

    /** Makes an authority as its owner would: RSA, with the key in PKCS #8. */
    private static Path secret(String name) throws IOException {
        Path directory =
                Files.createDirectories(TESTBED.directory().resolve("secrets").resolve(name));
        CommandLine.run(
                        SOON,
                        Map.of(),
                        List.of(
                                "openssl",
                                "req",
                                "-x509",
                                "-newkey",
                                "rsa:2048",
                                "-nodes",
                                "-days",
                                "3650",
                                "-subj",
                                "/O=Example/CN=" + name,
                                "-addext",
                                "keyUsage=critical,keyCertSign,cRLSign",
                                "-keyout",
                                directory.resolve("tls.key").toString(),
                                "-out",
                                directory.resolve("tls.crt").toString()))
                .orThrow();
        return directory;
    }

    @Test
    void providedAuthority_whole_isUsedAndLeftAlone() throws IOException {
        Path secret = secret("corporate");
        String certificate = Files.readString(secret.resolve("tls.crt"));
        String key = Files.readString(secret.resolve("tls.key"));
        TenantControlPlane wanted = withAuthority("brought", "corporate");

        ControlPlane tenant = hcp.apply(wanted).awaitReady(LIMIT);

        try (Kubectl kubectl = new Kubectl(tenant.kubeconfig(k -> k.user("tester")))) {
            assertThat(kubectl.run("auth", "whoami", "-o", "jsonpath={.status.userInfo.username}")
                            .orThrow())
                    .isEqualTo("tester");
        }
        assertThat(CommandLine.run(
                                SOON,
                                Map.of(),
                                List.of(
                                        "openssl",
                                        "verify",
                                        "-x509_strict",
                                        "-CAfile",
                                        secret.resolve("tls.crt").toString(),
                                        TESTBED.tenant("brought")
                                                .resolve("pki/apiserver.crt")
                                                .toString()))
                        .orThrow())
                .contains("apiserver.crt: OK");
        assertThat(hcp.plan(wanted).steps()).isEmpty();
        assertThat(Files.readString(secret.resolve("tls.crt"))).isEqualTo(certificate);
        assertThat(Files.readString(secret.resolve("tls.key"))).isEqualTo(key);
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> hcp.plan(withAuthority("brought", "another")))
                .satisfies(refused -> assertThat(refused.problems().get(0).path())
                        .isEqualTo("spec.pki.authorities.cluster.secretName"));

        hcp.delete("brought").await(SOON);
        assertThat(secret.resolve("tls.key")).hasContent(key);
    }

    @Test
    void providedAuthority_damaged_blocksBeforeAnythingIsWritten() throws IOException {
        Path secret = secret("damaged");
        Files.copy(secret("other").resolve("tls.key"), secret.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> hcp.apply(withAuthority("blocked", "damaged")))
                .satisfies(blocked -> assertThat(blocked.kind()).isEqualTo(ErrorKind.PKI_DAMAGED))
                .withMessageContaining(secret.resolve("tls.key") + " is not the key of the certificate")
                .withMessageNotContaining("PRIVATE KEY-");
        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> hcp.apply(withAuthority("blocked", "nowhere")))
                .withMessageContaining(
                        TESTBED.directory().resolve("secrets/nowhere/tls.crt").toString());
        assertThat(TESTBED.tenant("blocked")).doesNotExist();
        assertThat(hcp.get("blocked")).isEmpty();
    }

    @Test
    void encryptionKey_lost_blocks() throws IOException {
        TenantControlPlane wanted = describe("locked").withKubernetes(k -> k.encryptionAtRest(e -> {}));
        hcp.apply(wanted).awaitReady(LIMIT);
        Path key = TESTBED.tenant("locked").resolve("pki/encryption/secretbox-1.key");
        String text = Files.readString(key);
        Files.delete(key);

        assertThatExceptionOfType(HcpException.class)
                .isThrownBy(() -> hcp.apply(wanted))
                .satisfies(blocked -> assertThat(blocked.kind()).isEqualTo(ErrorKind.PKI_DAMAGED))
                .withMessageContaining("encryption keys of tenant \"locked\" are missing or damaged: secretbox-1");
        assertThat(hcp.plan(wanted).obstacles())
                .extracting(Obstacle::kind, Obstacle::problem)
                .containsExactly(tuple(
                        ErrorKind.PKI_DAMAGED,
                        "encryption keys of tenant \"locked\" are missing or damaged: secretbox-1"));
        assertThat(key).doesNotExist();

        Files.writeString(key, text);
        assertThat(hcp.plan(wanted).steps()).isEmpty();
        hcp.delete("locked").await(SOON);
    }
}
