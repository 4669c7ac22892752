package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.HcpException;
import io.hcp.api.model.KeyAlgorithm;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeysTest {
    private static final CertificateTemplate CLIENT = CertificateTemplate.client("ops", Duration.ofDays(1));

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void authority_ofAnyAlgorithm_issuesForAnyKeyAndSignsAsItsOwnKeyDoes(KeyAlgorithm algorithm) {
        CertificateAuthority authority =
                CertificateAuthority.create("kubernetes", algorithm, Duration.ofDays(10), Fixtures.CLOCK);
        boolean rsa = algorithm != KeyAlgorithm.ECDSA_P256;

        X509Certificate leaf = authority.issue(CLIENT, Fixtures.CLOCK).certificate();

        assertThat(KeyStrength.name(authority.certificate().getPublicKey())).isEqualTo(algorithm.toString());
        assertThat(KeyStrength.name(leaf.getPublicKey())).isEqualTo("ECDSA-P256");
        assertThat(leaf.getSigAlgName()).isEqualTo(rsa ? "SHA256withRSA" : "SHA256withECDSA");
        assertThat(authority.signed(leaf)).isTrue();
        assertThat(usages(authority.certificate()))
                .as("signature and cert sign, never encipherment")
                .containsExactly(0, 5);
    }

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void tenant_leafAndServiceAccountKeyOfAnyAlgorithm_roundTripThroughDisk(
            KeyAlgorithm algorithm, @TempDir Path tenant) {
        List<LeafDefinition> definitions =
                List.of(new LeafDefinition("scheduler", Authority.CLUSTER, CLIENT, algorithm));
        TenantPki pki = TenantPki.create(definitions, Fixtures.CLOCK);
        ServiceAccountKey key = ServiceAccountKey.create(algorithm);
        PkiDirectory directory = PkiDirectory.at(tenant.resolve("pki"));

        directory.create(new TenantPki(
                Arrays.stream(Authority.values()).collect(Collectors.toMap(a -> a, pki::generations)),
                pki.leaves(),
                Generations.first(key)));

        TenantPki read = directory.load(definitions);
        assertThat(directory.outdated(definitions)).isEmpty();
        assertThat(read.leaf("scheduler").keyPem())
                .isEqualTo(pki.leaf("scheduler").keyPem())
                .startsWith(
                        algorithm == KeyAlgorithm.ECDSA_P256
                                ? "-----BEGIN EC PRIVATE KEY-----\n"
                                : "-----BEGIN RSA PRIVATE KEY-----\n");
        assertThat(read.serviceAccountKey()).hasToString("ServiceAccountKey[" + algorithm + "]");
        assertThat(read.serviceAccountKey().privateKeyPem()).isEqualTo(key.privateKeyPem());
        assertThat(usages(read.leaf("scheduler").certificate()))
                .as("encipherment for RSA only")
                .isEqualTo(algorithm == KeyAlgorithm.ECDSA_P256 ? List.of(0) : List.of(0, 2));
    }

    @Test
    void tenant_rsaPolicy_makesEveryKeyRsa(@TempDir Path tenant) {
        PkiPolicy policy = PkiPolicy.DEFAULT.withAlgorithm(KeyAlgorithm.RSA_2048);
        List<LeafDefinition> definitions = Fixtures.definitions(KeyAlgorithm.RSA_2048);
        PkiDirectory directory = PkiDirectory.at(tenant.resolve("pki"));

        directory.create(TenantPki.create(definitions, policy, Map.of(), Fixtures.CLOCK));

        assertThat(directory.load(definitions).inventory())
                .hasSize(13)
                .allSatisfy(entry -> assertThat(entry.keyAlgorithm()).isEqualTo("RSA-2048"));
        assertThat(directory.outdated(definitions)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            names = {"ECDSA_P256", "RSA_2048"})
    void parse_pkcs8_isRead(KeyAlgorithm algorithm) {
        Credential original = credential(algorithm);

        Credential read = Credential.parse(original.certificatePem(), pkcs8(original.key()));

        assertThat(read.keyPem()).isEqualTo(original.keyPem());
    }

    @Test
    void parse_encryptedKey_isDamagedWithTheRemedy() {
        Credential original = credential(KeyAlgorithm.RSA_2048);
        String pkcs8 = block("ENCRYPTED PRIVATE KEY", new byte[] {1});
        String pkcs1 = original.keyPem().replace("KEY-----\nM", "KEY-----\nProc-Type: 4,ENCRYPTED\n\nM");

        for (String encrypted : List.of(pkcs8, pkcs1)) {
            assertThatThrownBy(() -> Credential.parse(original.certificatePem(), encrypted))
                    .isInstanceOf(HcpException.class)
                    .hasMessage("the private key of CN=ops is encrypted. Remedy: decrypt it first, for example with"
                            + " openssl pkey");
        }
    }

    @Test
    void parse_garbledOrForeignKeys_areDamagedAndNotQuoted() {
        Credential original = credential(KeyAlgorithm.RSA_2048);
        String two = original.keyPem() + pkcs8(original.key());
        byte[] ed25519 = HexFormat.of().parseHex("302e020100300506032b657004220420" + "00".repeat(32));

        assertDamaged(original, two, "holds more than one PEM block \"PRIVATE KEY\"");
        assertDamaged(original, block("PRIVATE KEY", ed25519), "is neither an elliptic-curve key nor an RSA key");
        assertDamaged(original, block("PRIVATE KEY", new byte[] {0x30, 0}), "is not a readable private key");
        assertDamaged(original, block("RSA PRIVATE KEY", new byte[] {0x30, 0}), "is not a readable RSA private key");
        assertDamaged(
                original,
                block("DSA PRIVATE KEY", new byte[] {0x30, 0}),
                "holds a private key that is neither elliptic-curve nor RSA");
    }

    @Test
    void belongTogether_keysOfTwoKinds_isNo() {
        KeyPair ec = Keys.generate(KeyAlgorithm.ECDSA_P256);
        KeyPair rsa = Keys.generate(KeyAlgorithm.RSA_2048);

        assertThat(Keys.belongTogether(ec.getPublic(), rsa.getPrivate())).isFalse();
        assertThat(Keys.belongTogether(rsa.getPublic(), ec.getPrivate())).isFalse();
        assertThat(Keys.belongTogether(rsa.getPublic(), rsa.getPrivate())).isTrue();
    }

    private static void assertDamaged(Credential original, String key, String problem) {
        assertThatThrownBy(() -> Credential.parse(original.certificatePem(), key))
                .isInstanceOf(HcpException.class)
                .hasMessageContaining("the private key of CN=ops " + problem)
                .hasMessageNotContaining(Fixtures.body(original.keyPem()));
    }

    private static Credential credential(KeyAlgorithm algorithm) {
        return CertificateAuthority.create("kubernetes", Duration.ofDays(10), Fixtures.CLOCK)
                .issue(CLIENT, algorithm, Fixtures.CLOCK);
    }

    static String pkcs8(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    static String block(String label, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), label);
    }

    private static List<Integer> usages(X509Certificate certificate) {
        boolean[] usages = certificate.getKeyUsage();
        return IntStream.range(0, usages.length)
                .filter(bit -> usages[bit])
                .boxed()
                .toList();
    }
}
