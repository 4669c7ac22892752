package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.KeyAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PkiRotationTest {
    private static final TenantPki PKI = TenantPki.create(Fixtures.DEFINITIONS, Fixtures.CLOCK);

    @TempDir
    private Path tenant;

    private PkiDirectory directory = PkiDirectory.at(Path.of("pki"));
    private PkiRotation rotation = PkiRotation.in(directory);

    @BeforeEach
    void create() {
        directory = PkiDirectory.at(tenant.resolve("pki"));
        directory.create(PKI);
        rotation = PkiRotation.in(directory);
    }

    @ParameterizedTest
    @EnumSource(Authority.class)
    void addAuthority_anyAuthority_isTrustedAndChangesNoLeaf(Authority authority) throws Exception {
        Generation<CertificateAuthority> added = rotation.addAuthority(authority, PkiPolicy.DEFAULT, Fixtures.CLOCK);

        TenantPki read = directory.load(Fixtures.DEFINITIONS);
        assertThat(added.number()).isEqualTo(2);
        assertThat(read.generations(authority)).hasToString("Generations[1 signing, 2 trusted]");
        assertThat(read.authority(authority).certificate())
                .isEqualTo(PKI.authority(authority).certificate());
        assertThat(read.trusted(authority))
                .containsExactly(
                        PKI.authority(authority).certificate(), added.value().certificate());
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).isEmpty();
        assertThat(directory.bundleFile(authority)).hasContent(read.trustBundle(authority));
        X509Certificate cross =
                read.generations(authority).get(2).value().cross().get(0);
        cross.verify(PKI.authority(authority).certificate().getPublicKey());
        assertThat(cross.getPublicKey()).isEqualTo(added.value().certificate().getPublicKey());
        assertThat(cross.getSubjectX500Principal()).hasToString("CN=" + authority.commonName() + "-2");
        assertThat(cross.getBasicConstraints()).as("no path length").isEqualTo(Integer.MAX_VALUE);
        assertThat(PrivateFilesTest.mode(directory.keyFile(authority.path(2)))).isEqualTo("rw-------");
        assertThat(directory.certificateFile(authority.path()))
                .as("never replaced")
                .hasContent(PKI.authority(authority).credential().certificatePem());
    }

    @Test
    void promoting_cluster_hasItsLeavesReissuedWithChainAndThenWithdrawn() {
        rotation.addAuthority(Authority.CLUSTER, PkiPolicy.DEFAULT, Fixtures.CLOCK);
        rotation.change(Authority.CLUSTER, g -> g.promoting(2));

        List<String> outdated = directory.outdated(Fixtures.DEFINITIONS);
        assertThat(outdated)
                .containsExactly(
                        "apiserver",
                        "apiserver-kubelet-client",
                        "controller-manager",
                        "controller-manager-server",
                        "scheduler",
                        "scheduler-server");
        TenantPki promoted = directory.load(Fixtures.DEFINITIONS);
        assertThat(promoted.leaf("scheduler").certificate())
                .as("what the old one signed stays accepted")
                .isEqualTo(PKI.leaf("scheduler").certificate());
        reissue(outdated);
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).isEmpty();
        Credential renewed = directory.load(Fixtures.DEFINITIONS).leaf("scheduler");
        assertThat(renewed.chain())
                .containsExactly(
                        renewed.certificate(),
                        promoted.authority(Authority.CLUSTER).cross().get(0));
        assertThat(directory.certificateFile("scheduler"))
                .content()
                .containsOnlyOnce(Pem.encode(renewed.certificate()));

        directory.writeLeaf("scheduler", PKI.leaf("scheduler"));
        rotation.change(Authority.CLUSTER, g -> g.withdrawing(1));

        assertThat(directory.outdated(Fixtures.DEFINITIONS)).containsExactly("scheduler");
        TenantPki withdrawn = directory.load(Fixtures.DEFINITIONS);
        assertThat(withdrawn.trusted(Authority.CLUSTER))
                .containsExactly(withdrawn.authority(Authority.CLUSTER).certificate());
        assertThatThrownBy(() -> withdrawn.leaf("scheduler"))
                .isInstanceOf(HcpException.class)
                .hasMessageContaining("the certificate \"scheduler\" is missing");
    }

    @Test
    void addAuthority_twice_chainsThroughAllPredecessors() {
        rotation.addAuthority(Authority.ETCD, PkiPolicy.DEFAULT.withAlgorithm(KeyAlgorithm.RSA_2048), Fixtures.CLOCK);
        rotation.change(Authority.ETCD, g -> g.promoting(2));
        rotation.addAuthority(Authority.ETCD, PkiPolicy.DEFAULT, Fixtures.CLOCK);
        rotation.change(Authority.ETCD, g -> g.promoting(3).withdrawing(1));

        CertificateAuthority third = directory.load(List.of()).authority(Authority.ETCD);
        Credential leaf = third.issue(CertificateTemplate.client("ops", Duration.ofDays(1)), Fixtures.CLOCK);

        assertThat(leaf.chain().stream().map(c -> c.getIssuerX500Principal().toString()))
                .containsExactly("CN=etcd-ca-3", "CN=etcd-ca-2", "CN=etcd-ca");
        assertThat(directory.load(List.of()).generations(Authority.ETCD))
                .hasToString("Generations[1 withdrawn, 2 trusted, 3 signing]");
    }

    @Test
    void addAuthority_predecessorEnded_isNotCrossSigned() {
        Clock later = Clock.offset(Fixtures.CLOCK, PkiPolicy.AUTHORITY_VALIDITY);

        rotation.addAuthority(Authority.CLUSTER, PkiPolicy.DEFAULT, later);
        rotation.change(Authority.CLUSTER, g -> g.promoting(2));

        Credential leaf = directory.load(List.of()).issue(Fixtures.DEFINITIONS.get(0), later);
        assertThat(leaf.chain()).containsExactly(leaf.certificate());
    }

    /** Every state that a crash may leave, made from what a whole run writes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void addAuthority_crashAfterAnyFile_leavesALoadableDirectory(int filesWritten) throws IOException {
        rotation.addAuthority(Authority.ETCD, PkiPolicy.DEFAULT, Fixtures.CLOCK);
        String path = Authority.ETCD.path(2);
        List<Path> inOrder = List.of(
                directory.keyFile(path),
                directory.crossFile(path),
                directory.certificateFile(path),
                tenant.resolve("pki/etcd/ca.stages"));
        String stages = Files.readString(inOrder.get(3));
        for (int i = filesWritten; i < inOrder.size(); i++) {
            Files.delete(inOrder.get(i));
        }
        if (filesWritten < inOrder.size()) {
            Files.writeString(inOrder.get(3), stages.replace("2 trusted", "2 preparing"));
        }
        PrivateFiles.write(directory.bundleFile(Authority.ETCD), PKI.trustBundle(Authority.ETCD));

        boolean done = filesWritten == inOrder.size();
        assertThat(directory
                        .load(Fixtures.DEFINITIONS)
                        .generations(Authority.ETCD)
                        .all())
                .hasSize(done ? 2 : 1);
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).isEqualTo(done ? List.of("etcd/ca-bundle") : List.of());
        directory.writeDerived();
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).isEmpty();
        assertThat(rotation.addAuthority(Authority.ETCD, PkiPolicy.DEFAULT, Fixtures.CLOCK)
                        .number())
                .isEqualTo(done ? 3 : 2);
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca-2.key", "ca-2.cross.crt", "ca-2.crt", "ca.stages"})
    void addAuthority_writeFails_leavesALoadableDirectory(String name) throws IOException {
        Path inTheWay = tenant.resolve("pki").resolve(name);
        Files.createDirectories(inTheWay.resolve("below"));

        assertThatThrownBy(() -> rotation.addAuthority(Authority.CLUSTER, PkiPolicy.DEFAULT, Fixtures.CLOCK))
                .isInstanceOf(HcpException.class)
                .hasMessageContaining(inTheWay.toString());

        Files.delete(inTheWay.resolve("below"));
        Files.delete(inTheWay);
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).isEmpty();
        rotation.addAuthority(Authority.CLUSTER, PkiPolicy.DEFAULT, Fixtures.CLOCK);
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1 signing\n2 signing\n",
                "1 trusted\n2 trusted\n",
                "2 signing\n",
                "1 signing\n2 \n",
                "1 signing\n2 preparing\n3 trusted\n",
                "1 signing\n"
            })
    void load_stagesDamaged_isDamagedAndNeverAnotherAuthority(String text) throws IOException {
        rotation.addAuthority(Authority.CLUSTER, PkiPolicy.DEFAULT, Fixtures.CLOCK);
        Path file = tenant.resolve("pki/ca.stages");
        Files.writeString(file, text);

        assertDamaged(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.stages", "ca-2.crt", "ca-2.key", "ca-2.cross.crt", "sa.stages", "sa-2.key", "sa-1.pub"})
    void load_fileOfAGenerationMissing_isDamagedAndNamed(String name) throws IOException {
        rotation.addAuthority(Authority.CLUSTER, PkiPolicy.DEFAULT, Fixtures.CLOCK);
        rotation.addServiceAccountKey(KeyAlgorithm.ECDSA_P256);
        Path file = tenant.resolve("pki").resolve(name);
        Files.delete(file);

        assertDamaged(file);
    }

    @Test
    void load_crossOfAnotherAuthority_isDamaged() throws IOException {
        rotation.addAuthority(Authority.CLUSTER, PkiPolicy.DEFAULT, Fixtures.CLOCK);
        Path file = tenant.resolve("pki/ca-2.cross.crt");
        Files.writeString(file, PKI.trustBundle(Authority.CLUSTER));

        assertThatThrownBy(() -> directory.load(List.of()))
                .isInstanceOf(HcpException.class)
                .hasMessageContaining(file + " is not about CN=kubernetes-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca-bundle.crt", "etcd/ca-bundle.crt", "front-proxy-ca-bundle.crt"})
    void outdated_bundleMissingOrForeign_isNamedAndDerivedAgain(String name) throws IOException {
        Path file = tenant.resolve("pki").resolve(name);
        String path = name.substring(0, name.length() - ".crt".length());
        Files.writeString(file, "");
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).containsExactly(path);
        Files.delete(file);
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).containsExactly(path);

        directory.writeDerived();

        assertThat(directory.outdated(Fixtures.DEFINITIONS)).isEmpty();
        assertThat(PrivateFilesTest.mode(file)).isEqualTo("rw-------");
    }

    @Test
    void serviceAccountKeys_addedPromotedWithdrawn_areAcceptedMeanwhile() {
        ServiceAccountKey first = PKI.serviceAccountKey();

        ServiceAccountKey second =
                rotation.addServiceAccountKey(KeyAlgorithm.RSA_2048).value();

        assertThat(directory.load(List.of()).serviceAccountKey().privateKeyPem())
                .isEqualTo(first.privateKeyPem());
        assertThat(directory.serviceAccountPublicKeyFile()).hasContent(first.publicKeyPem() + second.publicKeyPem());
        rotation.changeServiceAccountKeys(g -> g.promoting(2));
        assertThat(directory.load(List.of()).serviceAccountKey().privateKeyPem())
                .isEqualTo(second.privateKeyPem());
        assertThat(directory.serviceAccountKeyFile(2)).hasContent(second.privateKeyPem());
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).isEmpty();
        rotation.changeServiceAccountKeys(g -> g.withdrawing(1));
        assertThat(directory.serviceAccountPublicKeyFile()).hasContent(second.publicKeyPem());
        assertThat(directory.serviceAccountKeyFile(1)).as("never replaced").hasContent(first.privateKeyPem());
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).isEmpty();
    }

    @Test
    void serviceAccountKeys_publicKeysLostDuringRotation_areDerivedAgain() throws IOException {
        rotation.addServiceAccountKey(KeyAlgorithm.ECDSA_P256);
        String both = Files.readString(directory.serviceAccountPublicKeyFile());
        Files.delete(directory.serviceAccountPublicKeyFile());
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).containsExactly("sa");

        directory.writeDerived();

        assertThat(directory.serviceAccountPublicKeyFile()).hasContent(both);
    }

    @Test
    void addServiceAccountKey_crashBeforeStages_leavesOneKey() throws IOException {
        rotation.addServiceAccountKey(KeyAlgorithm.ECDSA_P256);
        Files.writeString(tenant.resolve("pki/sa.stages"), "1 signing\n2 preparing\n");
        PrivateFiles.write(directory.serviceAccountPublicKeyFile(), PKI.serviceAccountPublicKeysPem());

        assertThat(directory.outdated(Fixtures.DEFINITIONS)).isEmpty();
        assertThat(directory.load(List.of()).serviceAccountKeys()).hasToString("Generations[1 signing]");
        assertThat(rotation.addServiceAccountKey(KeyAlgorithm.ECDSA_P256).number())
                .isEqualTo(2);
        assertThat(directory.outdated(Fixtures.DEFINITIONS)).isEmpty();
    }

    @Test
    void change_notPossible_isRefusedAndWritesNothing() {
        rotation.addAuthority(Authority.CLUSTER, PkiPolicy.DEFAULT, Fixtures.CLOCK);

        assertRefused(g -> g.withdrawing(1), ErrorKind.BLOCKED, "generation 1 signs and cannot be withdrawn");
        assertRefused(g -> g.promoting(3), ErrorKind.NOT_FOUND, "there is no generation 3");
        assertRefused(
                g -> g.promoting(2).withdrawing(1).promoting(1),
                ErrorKind.BLOCKED,
                "generation 1 was withdrawn and never signs again");
        assertThatThrownBy(() -> rotation.change(
                        Authority.CLUSTER, g -> g.adding(g.signing().value())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a change of stages adds no generation to ca");
        assertThat(directory.load(List.of()).generations(Authority.CLUSTER))
                .hasToString("Generations[1 signing, 2 trusted]");
    }

    @Test
    void create_rotatedTenant_copiesEveryGeneration() {
        rotation.addAuthority(Authority.CLUSTER, PkiPolicy.DEFAULT, Fixtures.CLOCK);
        rotation.change(Authority.CLUSTER, g -> g.promoting(2));
        rotation.addServiceAccountKey(KeyAlgorithm.ECDSA_P256);
        reissue(directory.outdated(Fixtures.DEFINITIONS));
        TenantPki rotated = directory.load(Fixtures.DEFINITIONS);
        PkiDirectory copy = PkiDirectory.at(tenant.resolve("copy"));

        copy.create(rotated);

        assertThat(copy.outdated(Fixtures.DEFINITIONS)).isEmpty();
        assertThat(copy.load(Fixtures.DEFINITIONS)).hasToString(rotated.toString());
        assertThat(copy.load(Fixtures.DEFINITIONS).leaf("apiserver").chain()).hasSize(2);
    }

    private void reissue(List<String> paths) {
        TenantPki pki = directory.load(List.of());
        Fixtures.DEFINITIONS.stream()
                .filter(leaf -> paths.contains(leaf.path()))
                .forEach(leaf -> directory.writeLeaf(leaf.path(), pki.issue(leaf, Fixtures.CLOCK)));
    }

    private void assertRefused(
            UnaryOperator<Generations<CertificateAuthority>> change, ErrorKind kind, String problem) {
        assertThatThrownBy(() -> rotation.change(Authority.CLUSTER, change))
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(problem);
    }

    private void assertDamaged(Path file) {
        assertThatThrownBy(() -> directory.load(List.of()))
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PKI_DAMAGED))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("restore ");
    }
}
