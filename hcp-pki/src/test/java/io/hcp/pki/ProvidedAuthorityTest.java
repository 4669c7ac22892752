package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.KeyAlgorithm;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidedAuthorityTest {
    private static final BasicConstraints ANY_LENGTH = new BasicConstraints(true);

    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            names = {"ECDSA_P256", "RSA_2048"})
    void provided_pkcs8FromFiles_isCopiedAndSigns(KeyAlgorithm algorithm, @TempDir Path directory) throws Exception {
        Credential corporate = selfSigned(Keys.generate(algorithm), ANY_LENGTH);
        Path certificate = Files.writeString(directory.resolve("corp.crt"), corporate.certificatePem());
        Path key = Files.writeString(directory.resolve("corp.key"), KeysTest.pkcs8(corporate.key()));
        PkiDirectory pki = PkiDirectory.at(directory.resolve("pki"));

        ProvidedAuthority provided = ProvidedAuthority.read(certificate, key, Fixtures.CLOCK);
        pki.create(create(Map.of(Authority.CLUSTER, provided)));

        TenantPki read = pki.load(Fixtures.DEFINITIONS);
        assertThat(pki.outdated(Fixtures.DEFINITIONS)).isEmpty();
        assertThat(read.authority(Authority.CLUSTER).certificate()).isEqualTo(corporate.certificate());
        assertThat(read.authority(Authority.ETCD).certificate().getSubjectX500Principal())
                .hasToString("CN=etcd-ca");
        read.leaf("apiserver").certificate().verify(corporate.certificate().getPublicKey());
        assertThat(certificate).as("only read").hasContent(corporate.certificatePem());
        assertThat(provided.toString())
                .contains("CN=Corporate")
                .doesNotContain("PRIVATE", Fixtures.body(corporate.keyPem()));
        PkiRotation.in(pki).addAuthority(Authority.CLUSTER, PkiPolicy.DEFAULT, Fixtures.CLOCK);
        assertThat(pki.load(List.of()).trusted(Authority.CLUSTER)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp384r1", "secp521r1"})
    void provided_otherCurveOfNist_isTaken(String curve) throws Exception {
        Credential corporate = selfSigned(curve(curve), ANY_LENGTH);

        TenantPki pki = create(Map.of(Authority.ETCD, provided(corporate.certificatePem(), corporate.keyPem())));

        assertThat(pki.inventory())
                .filteredOn(entry -> entry.path().equals("etcd/ca"))
                .extracting(InventoryEntry::keyAlgorithm)
                .containsExactly("ECDSA-P" + curve.replaceAll("secp|r1", ""));
        pki.leaf("etcd/server").certificate().verify(corporate.certificate().getPublicKey());
    }

    @Test
    void provided_unusable_isRefusedWithReasonAndRemedy() throws Exception {
        KeyPair keys = Keys.generate(KeyAlgorithm.ECDSA_P256);
        Credential good = selfSigned(keys, ANY_LENGTH);
        Credential other = selfSigned(Keys.generate(KeyAlgorithm.RSA_2048), ANY_LENGTH);
        KeyPairGenerator weak = KeyPairGenerator.getInstance("RSA");
        weak.initialize(1024);

        assertRefused(
                selfSigned(keys, new BasicConstraints(false)), "is not a certificate of an authority", "PEM file");
        assertRefused(
                selfSigned(keys, new BasicConstraints(0)),
                "has a path length constraint of 0: it could not sign its successor",
                "without path length constraint");
        assertRefused(selfSigned(weak.generateKeyPair(), ANY_LENGTH), "has an RSA key of 1024 bits", "use one of 2048");
        assertRefused(
                intermediate(good), "is not self-signed: it is issued by CN=Corporate", "give a self-signed root");
        assertProblem(
                good.certificatePem(),
                other.keyPem(),
                "corp: the private key is not the key of the certificate CN=Corporate. Remedy: give the private key");
        assertProblem(
                good.certificatePem() + good.certificatePem(),
                good.keyPem(),
                "corp: the certificate holds more than one PEM block \"CERTIFICATE\". Remedy: keep the first one only");
        assertProblem("", good.keyPem(), "corp: the certificate holds no complete PEM block \"CERTIFICATE\"");
        assertProblem(
                good.certificatePem(),
                KeysTest.block("ENCRYPTED PRIVATE KEY", new byte[] {1}),
                "corp: the private key is encrypted. Remedy: decrypt it first");
    }

    @Test
    void provided_notValidNow_isRefused() throws Exception {
        Credential good = selfSigned(Keys.generate(KeyAlgorithm.ECDSA_P256), ANY_LENGTH);

        for (Duration offset : List.of(Duration.ofDays(-2), Duration.ofDays(100))) {
            Clock clock = Clock.offset(Fixtures.CLOCK, offset);
            assertThatThrownBy(() -> ProvidedAuthority.parse("corp", good.certificatePem(), good.keyPem(), clock))
                    .isInstanceOfSatisfying(
                            HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PKI_DAMAGED))
                    .hasMessageContaining("corp: the certificate is valid from 2026-02-28T12:00:00Z to")
                    .hasMessageContaining("correct the clock");
        }
    }

    @Test
    void read_fileMissing_isNamed(@TempDir Path directory) {
        Path missing = directory.resolve("corp.crt");

        assertThatThrownBy(() -> ProvidedAuthority.read(missing, missing, Fixtures.CLOCK))
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.IO))
                .hasMessageContaining("cannot read " + missing);
    }

    @Test
    void create_oneKeyForTwoAuthorities_isRefused() throws Exception {
        Credential corporate = selfSigned(Keys.generate(KeyAlgorithm.ECDSA_P256), ANY_LENGTH);
        ProvidedAuthority provided = provided(corporate.certificatePem(), corporate.keyPem());

        assertThatThrownBy(() -> create(Map.of(Authority.CLUSTER, provided, Authority.ETCD, provided)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("AuthorityShared: authorities.")
                .hasMessageContaining("give each authority a key of its own");
    }

    private static void assertRefused(Credential corporate, String problem, String remedy) {
        assertProblem(corporate.certificatePem(), corporate.keyPem(), "corp: the certificate " + problem);
        assertThatThrownBy(() -> provided(corporate.certificatePem(), corporate.keyPem()))
                .hasMessageContaining(remedy);
    }

    private static void assertProblem(String certificate, String key, String message) {
        assertThatThrownBy(() -> provided(certificate, key))
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PKI_DAMAGED))
                .hasMessageContaining(message);
    }

    private static TenantPki create(Map<Authority, ProvidedAuthority> provided) {
        return TenantPki.create(Fixtures.DEFINITIONS, PkiPolicy.DEFAULT, provided, Fixtures.CLOCK);
    }

    private static ProvidedAuthority provided(String certificate, String key) {
        return ProvidedAuthority.parse("corp", certificate, key, Fixtures.CLOCK);
    }

    private static KeyPair curve(String name) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(name));
        return generator.generateKeyPair();
    }

    private static Credential selfSigned(KeyPair keys, BasicConstraints constraints) throws Exception {
        return certificate("CN=Corporate", keys, constraints, keys);
    }

    private static Credential intermediate(Credential root) throws Exception {
        KeyPair issuer = new KeyPair(root.certificate().getPublicKey(), root.key());
        return certificate("CN=Below", Keys.generate(KeyAlgorithm.ECDSA_P256), ANY_LENGTH, issuer);
    }

    private static Credential certificate(String subject, KeyPair keys, BasicConstraints constraints, KeyPair issuer)
            throws Exception {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                new X500Name("CN=Corporate"),
                BigInteger.TEN,
                Date.from(Fixtures.NOW.minus(Duration.ofDays(1))),
                Date.from(Fixtures.NOW.plus(Duration.ofDays(99))),
                new X500Name(subject),
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        builder.addExtension(Extension.basicConstraints, true, constraints);
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(
                        new JcaContentSignerBuilder(Keys.signature(issuer.getPrivate())).build(issuer.getPrivate())));
        return Credential.of(certificate, keys.getPrivate());
    }
}
