package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another implementation thinks of our chains. Needs the {@code openssl} program. */
class OpensslTest {
    @Test
    void openssl_strictVerification_acceptsEveryCertificate(@TempDir Path tenant) throws Exception {
        requireOpenssl();
        PkiDirectory directory = PkiDirectory.at(tenant.resolve("pki"));
        directory.create(TenantPki.create(Fixtures.DEFINITIONS, Fixtures.CLOCK));

        for (Authority authority : Authority.values()) {
            Path trusted = directory.certificateFile(authority.path());
            List<Path> servers = files(directory, authority, CertificateUsage.SERVER_AUTH);
            List<Path> clients = files(directory, authority, CertificateUsage.CLIENT_AUTH);
            servers.add(trusted);
            verify(trusted, "sslserver", servers);
            verify(trusted, "sslclient", clients);
        }
    }

    @Test
    void openssl_certificateOfAnotherAuthority_isNotAccepted(@TempDir Path tenant) throws Exception {
        requireOpenssl();
        PkiDirectory directory = PkiDirectory.at(tenant.resolve("pki"));
        directory.create(TenantPki.create(Fixtures.DEFINITIONS, Fixtures.CLOCK));

        String output = run(command(
                directory.certificateFile("ca"), "sslserver", List.of(directory.certificateFile("etcd/server"))));

        assertThat(output).contains("verification failed");
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
