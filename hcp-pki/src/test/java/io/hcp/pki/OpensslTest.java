package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hcp.api.model.KeyAlgorithm;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What another implementation thinks of our chains. Needs the {@code openssl} program. */
class OpensslTest {
    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            names = {"ECDSA_P256", "RSA_2048"})
    void openssl_strictVerification_acceptsEveryCertificate(KeyAlgorithm algorithm, @TempDir Path tenant)
            throws Exception {
        requireOpenssl();
        PkiDirectory directory = created(algorithm, tenant);

        for (Authority authority : Authority.values()) {
            Path trusted = directory.bundleFile(authority);
            List<Path> servers = files(directory, authority, CertificateUsage.SERVER_AUTH);
            List<Path> clients = files(directory, authority, CertificateUsage.CLIENT_AUTH);
            servers.add(directory.certificateFile(authority.path()));
            verify(trusted, "sslserver", servers);
            verify(trusted, "sslclient", clients);
        }
    }

    /** Old and new authority have keys of different kinds: the chain goes from one to the other. */
    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            names = {"ECDSA_P256", "RSA_2048"})
    void openssl_rotatedAuthority_isAcceptedByWhoTrustsOldNewOrBoth(KeyAlgorithm algorithm, @TempDir Path tenant)
            throws Exception {
        requireOpenssl();
        boolean rsa = algorithm == KeyAlgorithm.RSA_2048;
        PkiDirectory directory = created(rsa ? KeyAlgorithm.ECDSA_P256 : KeyAlgorithm.RSA_2048, tenant);
        Path old = Files.copy(directory.certificateFile("scheduler-server"), tenant.resolve("old.crt"));
        PkiRotation rotation = PkiRotation.in(directory);
        rotation.addAuthority(Authority.CLUSTER, PkiPolicy.DEFAULT.withAlgorithm(algorithm), Fixtures.CLOCK);
        verify(directory.bundleFile(Authority.CLUSTER), "sslserver", List.of(old));
        rotation.change(Authority.CLUSTER, g -> g.promoting(2));
        TenantPki pki = directory.load(List.of());
        for (LeafDefinition leaf : Fixtures.definitions(algorithm)) {
            if (leaf.issuer() == Authority.CLUSTER) {
                directory.writeLeaf(leaf.path(), pki.issue(leaf, Fixtures.CLOCK));
            }
        }

        for (Path trusted : List.of(
                directory.certificateFile("ca"),
                directory.certificateFile("ca-2"),
                directory.bundleFile(Authority.CLUSTER))) {
            verifyChains(trusted, "sslserver", files(directory, Authority.CLUSTER, CertificateUsage.SERVER_AUTH));
            verifyChains(trusted, "sslclient", files(directory, Authority.CLUSTER, CertificateUsage.CLIENT_AUTH));
        }
        assertThat(run(command(
                        directory.certificateFile("ca"),
                        "sslserver",
                        List.of(directory.certificateFile("scheduler-server")))))
                .as("without the chain the old authority does not know it")
                .contains("verification failed");
        verify(directory.bundleFile(Authority.CLUSTER), "sslserver", List.of(old));

        rotation.change(Authority.CLUSTER, g -> g.withdrawing(1));

        assertThat(run(command(directory.bundleFile(Authority.CLUSTER), "sslserver", List.of(old))))
                .contains("verification failed");
        verify(
                directory.bundleFile(Authority.CLUSTER),
                "sslserver",
                files(directory, Authority.CLUSTER, CertificateUsage.SERVER_AUTH));
    }

    @Test
    void openssl_keys_areReadByItAndItsKeysByUs(@TempDir Path tenant) throws Exception {
        requireOpenssl();
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            Credential credential = CertificateAuthority.create("kubernetes", Duration.ofDays(1), Fixtures.CLOCK)
                    .issue(CertificateTemplate.client("ops", Duration.ofHours(1)), algorithm, Fixtures.CLOCK);
            Path key = tenant.resolve(algorithm + ".key");
            PrivateFiles.write(key, credential.keyPem());

            assertThat(run(List.of("openssl", "pkey", "-check", "-noout", "-in", key.toString())))
                    .startsWith("Key is valid");
            String pkcs8 = run(List.of("openssl", "pkey", "-in", key.toString()));
            assertThat(pkcs8).startsWith("-----BEGIN PRIVATE KEY-----");
            assertThat(Credential.parse(credential.certificatePem(), pkcs8).keyPem())
                    .isEqualTo(credential.keyPem());
        }
    }

    @Test
    void openssl_certificateOfAnotherAuthority_isNotAccepted(@TempDir Path tenant) throws Exception {
        requireOpenssl();
        PkiDirectory directory = created(KeyAlgorithm.ECDSA_P256, tenant);

        String output = run(command(
                directory.certificateFile("ca"), "sslserver", List.of(directory.certificateFile("etcd/server"))));

        assertThat(output).contains("verification failed");
    }

    private static PkiDirectory created(KeyAlgorithm algorithm, Path tenant) {
        PkiDirectory directory = PkiDirectory.at(tenant.resolve("pki"));
        directory.create(TenantPki.create(
                Fixtures.definitions(algorithm), PkiPolicy.DEFAULT.withAlgorithm(algorithm), Map.of(), Fixtures.CLOCK));
        return directory;
    }

    private static void requireOpenssl() {
        String path = System.getenv().getOrDefault("PATH", "");
        boolean found = Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "openssl")));
        String reason = "openssl is not on the PATH, so the chains are not checked by another implementation";
        if ("true".equals(System.getenv("CI"))) {
            assertThat(found).as(reason).isTrue();
        }
        if (!found) {
            System.out.println("skipped: " + reason);
        }
        assumeTrue(found, reason);
    }

    private static List<Path> files(PkiDirectory directory, Authority issuer, CertificateUsage usage) {
        return new ArrayList<>(Fixtures.DEFINITIONS.stream()
                .filter(leaf ->
                        leaf.issuer() == issuer && leaf.template().usages().contains(usage))
                .map(leaf -> directory.certificateFile(leaf.path()))
                .toList());
    }

    private static void verify(Path trusted, String purpose, List<Path> certificates) throws Exception {
        assertThat(certificates).isNotEmpty();
        assertThat(run(command(trusted, purpose, certificates)).lines())
                .containsExactlyElementsOf(certificates.stream()
                        .map(certificate -> certificate + ": OK")
                        .toList());
    }

    /** With what the files hold after the first certificate, as a server or client sends it. */
    private static void verifyChains(Path trusted, String purpose, List<Path> certificates) throws Exception {
        for (Path certificate : certificates) {
            List<String> command = command(trusted, purpose, List.of(certificate));
            command.addAll(command.size() - 1, List.of("-untrusted", certificate.toString()));
            assertThat(run(command)).isEqualTo(certificate + ": OK\n");
        }
    }

    private static List<String> command(Path trusted, String purpose, List<Path> certificates) {
        List<String> command = new ArrayList<>(List.of("openssl", "verify", "-x509_strict", "-purpose", purpose));
        command.addAll(List.of("-attime", Long.toString(Fixtures.NOW.getEpochSecond())));
        command.addAll(List.of("-no-CApath", "-no-CAstore", "-CAfile", trusted.toString()));
        certificates.forEach(certificate -> command.add(certificate.toString()));
        return command;
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
