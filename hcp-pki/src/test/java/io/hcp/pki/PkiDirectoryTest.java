package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.KeyAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PkiDirectoryTest {
    private static final TenantPki PKI = TenantPki.create(Fixtures.DEFINITIONS, Fixtures.CLOCK);
    private static final TenantPki OTHER = TenantPki.create(Fixtures.DEFINITIONS, Fixtures.CLOCK);

    @Test
    void create_thenLoad_givesTheSame(@TempDir Path tenant) {
        PkiDirectory directory = PkiDirectory.at(tenant.resolve("acme/pki"));
        assertThat(directory.state()).isEqualTo(PkiDirectory.State.ABSENT);

        directory.create(PKI);

        TenantPki read = directory.load(Fixtures.DEFINITIONS);
        assertThat(directory.state()).isEqualTo(PkiDirectory.State.PRESENT);
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).isEmpty();
        assertThat(read.serviceAccountKey().privateKeyPem())
                .isEqualTo(PKI.serviceAccountKey().privateKeyPem());
        for (Authority authority : Authority.values()) {
            assertThat(read.authority(authority).certificate())
                    .isEqualTo(PKI.authority(authority).certificate());
        }
        for (LeafDefinition leaf : Fixtures.DEFINITIONS) {
            assertThat(read.leaf(leaf.path()).certificate())
                    .isEqualTo(PKI.leaf(leaf.path()).certificate());
        }
    }

    @Test
    void create_files_areLaidOutAsKubeadmDoesAndPrivate(@TempDir Path tenant) throws IOException {
        PkiDirectory directory = created(tenant);

        assertThat(PrivateFilesTest.names(tenant)).containsExactly("pki");
        assertThat(tenant.resolve("pki/ca.crt")).exists();
        assertThat(directory.keyFile("etcd/server")).isEqualTo(tenant.resolve("pki/etcd/server.key"));
        assertThat(directory.serviceAccountPublicKeyFile()).isEqualTo(tenant.resolve("pki/sa.pub"));
        try (Stream<Path> paths = Files.walk(tenant.resolve("pki"))) {
            List<Path> all = paths.toList();
            assertThat(all).hasSize(2 + 2 * (3 + 10 + 1) + 3);
            for (Path path : all) {
                assertThat(PrivateFilesTest.mode(path))
                        .as(path.toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void create_somethingThere_isRefusedAndUntouched(@TempDir Path tenant) throws IOException {
        PkiDirectory directory = created(tenant);

        assertThatThrownBy(() -> directory.create(OTHER))
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BLOCKED))
                .hasMessageContaining(tenant.resolve("pki") + " exists and is never overwritten");
        assertThat(directory.load(List.of()).authority(Authority.CLUSTER).certificate())
                .isEqualTo(PKI.authority(Authority.CLUSTER).certificate());
    }

    @Test
    void create_emptyDirectoryThere_isRefused(@TempDir Path tenant) throws IOException {
        Files.createDirectory(tenant.resolve("pki"));
        PkiDirectory directory = PkiDirectory.at(tenant.resolve("pki"));

        assertThat(directory.state()).isEqualTo(PkiDirectory.State.PRESENT);
        assertThatThrownBy(() -> directory.create(PKI)).isInstanceOf(HcpException.class);
        assertThatThrownBy(() -> directory.load(List.of())).hasMessageContaining("pki/ca.crt is missing");
    }

    @Test
    void create_afterCrash_removesLeftoversOfThisDirectoryOnly(@TempDir Path tenant) throws IOException {
        Files.createDirectories(tenant.resolve("pki.partial-1/etcd"));
        Files.writeString(tenant.resolve("pki.partial-1/etcd/ca.key"), "half");
        Files.createDirectory(tenant.resolve("other.partial-1"));
        PkiDirectory directory = PkiDirectory.at(tenant.resolve("pki"));
        assertThat(directory.state()).as("a leftover is nothing").isEqualTo(PkiDirectory.State.ABSENT);

        directory.create(PKI);

        assertThat(PrivateFilesTest.names(tenant)).containsExactly("other.partial-1", "pki");
    }

    @Test
    void create_parentIsFile_failsNamingIt(@TempDir Path tenant) throws IOException {
        Path file = Files.writeString(tenant.resolve("file"), "");

        assertThatThrownBy(() -> PkiDirectory.at(file.resolve("pki")).create(PKI))
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.IO))
                .hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ca.crt",
                "ca.key",
                "front-proxy-ca.crt",
                "front-proxy-ca.key",
                "etcd/ca.crt",
                "etcd/ca.key",
                "sa.key",
                "sa.pub"
            })
    void load_rootMissingGarbledOrForeign_isDamagedAndNamed(String name, @TempDir Path tenant) throws IOException {
        PkiDirectory directory = created(tenant);
        Path file = tenant.resolve("pki").resolve(name);
        PkiDirectory.at(tenant.resolve("other")).create(OTHER);

        Files.copy(tenant.resolve("other").resolve(name), file, StandardCopyOption.REPLACE_EXISTING);
        assertDamaged(directory, file);
        Files.write(file, new byte[] {(byte) 0xff, 0, 1});
        assertDamaged(directory, file);
        Files.delete(file);
        assertDamaged(directory, file);
        assertThatThrownBy(() -> directory.outdated(Fixtures.DEFINITIONS)).isInstanceOf(HcpException.class);
    }

    @Test
    void load_authorityReplacedByLeaf_isDamaged(@TempDir Path tenant) {
        PkiDirectory directory = created(tenant);
        PrivateFiles.write(directory.keyFile("ca"), PKI.leaf("scheduler").keyPem());
        PrivateFiles.write(
                directory.certificateFile("ca"), PKI.leaf("scheduler").certificatePem());

        assertThatThrownBy(() -> directory.load(List.of()))
                .hasMessageContaining(directory.certificateFile("ca") + " is not a certificate of an authority");
    }

    @Test
    void outdated_missingGarbledMismatchedForeign_areNamedAndReissuable(@TempDir Path tenant) throws IOException {
        PkiDirectory directory = created(tenant);
        Files.delete(directory.certificateFile("apiserver"));
        Files.writeString(directory.keyFile("etcd/peer"), "garbage");
        PrivateFiles.write(
                directory.keyFile("scheduler"), OTHER.leaf("scheduler").keyPem());
        directory.writeLeaf("front-proxy-client", OTHER.leaf("front-proxy-client"));
        directory.writeLeaf("etcd/server", PKI.leaf("apiserver"));

        List<String> missing = directory.outdated(Fixtures.DEFINITIONS);

        assertThat(missing).containsExactly("apiserver", "front-proxy-client", "etcd/server", "etcd/peer", "scheduler");
        TenantPki damaged = directory.load(Fixtures.DEFINITIONS);
        assertThatThrownBy(() -> damaged.leaf("apiserver"))
                .isInstanceOf(HcpException.class)
                .hasMessageContaining("the certificate \"apiserver\" is missing");
        for (LeafDefinition leaf : Fixtures.DEFINITIONS) {
            if (missing.contains(leaf.path())) {
                directory.writeLeaf(leaf.path(), damaged.issue(leaf, Fixtures.CLOCK));
            }
        }
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).isEmpty();
        assertThat(PrivateFilesTest.mode(directory.keyFile("apiserver"))).isEqualTo("rw-------");
    }

    @Test
    void outdated_definitionSaysMore_isReissued(@TempDir Path tenant) {
        PkiDirectory directory = created(tenant);
        CertificateSettings settings = CertificateSettings.of(new ApiServerNames(
                List.of("acme.example.com", "new.example.com"), List.of("127.0.0.1", "10.96.0.1", "fd00:0:0::1")));

        assertThat(directory.outdated(KubernetesCertificates.definitions(settings)))
                .as("a name was added; the address is the same, written otherwise")
                .containsExactly("apiserver");
        assertThat(directory.outdated(KubernetesCertificates.definitions(
                        new CertificateSettings(settings.apiServer(), "acme.internal", "tenant-1", PkiPolicy.DEFAULT))))
                .containsExactly("apiserver", "apiserver-etcd-client");
    }

    @Test
    void outdated_definitionLivesShorter_isKept_andSaysLess_isReissued(@TempDir Path tenant) {
        PkiDirectory directory = created(tenant);
        PkiPolicy shorter = new PkiPolicy(KeyAlgorithm.ECDSA_P256, Duration.ofDays(30), PkiPolicy.AUTHORITY_VALIDITY);

        CertificateSettings fewer = CertificateSettings.of(new ApiServerNames(List.of(), List.of("127.0.0.1")));

        CertificateSettings same = CertificateSettings.of(
                new ApiServerNames(List.of("acme.example.com"), List.of("127.0.0.1", "10.96.0.1", "fd00::1")));

        assertThat(directory.outdated(KubernetesCertificates.definitions(same.withPolicy(shorter))))
                .isEmpty();
        assertThat(directory.outdated(KubernetesCertificates.definitions(fewer)))
                .as("a name that is no longer the tenant's may soon be somebody else's")
                .contains("apiserver");
    }

    @Test
    void outdated_groupsUsagesOrKindOfKeyDiffer_areReissuedYetLoaded(@TempDir Path tenant) {
        PkiDirectory directory = created(tenant);
        LeafDefinition scheduler = definition("scheduler");
        CertificateTemplate template = scheduler.template();
        List<LeafDefinition> changed = List.of(
                leaf(CertificateTemplate.client(template.commonName(), template.validity(), "group")),
                leaf(template.withUsage(CertificateUsage.SERVER_AUTH)),
                new LeafDefinition("scheduler", Authority.CLUSTER, template, KeyAlgorithm.RSA_2048));

        for (LeafDefinition other : changed) {
            assertThat(directory.outdated(List.of(other))).as(other.toString()).containsExactly("scheduler");
            assertThat(directory.load(List.of(other)).leaf("scheduler").certificate())
                    .isEqualTo(PKI.leaf("scheduler").certificate());
        }
    }

    private static LeafDefinition leaf(CertificateTemplate template) {
        return new LeafDefinition("scheduler", Authority.CLUSTER, template, KeyAlgorithm.ECDSA_P256);
    }

    private static LeafDefinition definition(String path) {
        return Fixtures.DEFINITIONS.stream()
                .filter(leaf -> leaf.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void load_tenantOfBeforeBundles_isReadAndItsBundlesDerived(@TempDir Path tenant) throws IOException {
        PkiDirectory directory = created(tenant);
        for (Authority authority : Authority.values()) {
            Files.delete(directory.bundleFile(authority));
        }

        assertThat(directory.load(Fixtures.DEFINITIONS).leaf("apiserver").certificate())
                .isEqualTo(PKI.leaf("apiserver").certificate());
        assertThat(directory.outdated(Fixtures.DEFINITIONS))
                .containsExactly("ca-bundle", "front-proxy-ca-bundle", "etcd/ca-bundle");
        directory.writeDerived();
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).isEmpty();
    }

    @Test
    void writeLeaf_crashBetweenKeyAndCertificate_showsAsMissing(@TempDir Path tenant) throws IOException {
        PkiDirectory directory = created(tenant);
        Path certificate = directory.certificateFile("scheduler");
        Files.delete(certificate);
        Files.createDirectories(certificate.resolve("in-the-way"));
        Credential renewed = PKI.authority(Authority.CLUSTER)
                .issue(CertificateTemplate.client("x", PkiPolicy.LEAF_VALIDITY), Fixtures.CLOCK);

        assertThatThrownBy(() -> directory.writeLeaf("scheduler", renewed))
                .hasMessageContaining(certificate.toString());

        assertThat(directory.keyFile("scheduler")).as("key first").hasContent(renewed.keyPem());
        Files.delete(certificate.resolve("in-the-way"));
        Files.delete(certificate);
        PrivateFiles.write(certificate, PKI.leaf("scheduler").certificatePem());
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).containsExactly("scheduler");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca", "etcd/ca", "sa", "../x"})
    void writeLeaf_notALeaf_isRefused(String path, @TempDir Path tenant) {
        PkiDirectory directory = created(tenant);

        assertThatThrownBy(() -> directory.writeLeaf(path, PKI.leaf("scheduler")))
                .isInstanceOf(InvalidSpecException.class);
    }

    @Test
    void tenantPki_pathTwice_isRefused() {
        LeafDefinition leaf = Fixtures.DEFINITIONS.get(0);

        assertThatThrownBy(() -> TenantPki.create(List.of(leaf, leaf), Fixtures.CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("leaf apiserver is defined twice");
    }

    @Test
    void toString_tenantPki_namesAndNoKey() {
        assertThat(PKI.toString())
                .contains("CLUSTER", "etcd/server")
                .doesNotContain("PRIVATE", Fixtures.body(PKI.serviceAccountKey().privateKeyPem()));
    }

    private static PkiDirectory created(Path tenant) {
        PkiDirectory directory = PkiDirectory.at(tenant.resolve("pki"));
        directory.create(PKI);
        return directory;
    }

    private static void assertDamaged(PkiDirectory directory, Path file) {
        assertThatThrownBy(() -> directory.load(List.of()))
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PKI_DAMAGED))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("from a backup, or delete the tenant");
    }
}
