package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.KeyAlgorithm;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertificateRequestTest {
    private static final CertificateTemplate TEMPLATE =
            CertificateTemplate.server("worker", Duration.ofDays(1)).withDnsNames("worker.example.com");
    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("kubernetes", Duration.ofDays(10), Fixtures.CLOCK);

    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            names = {"ECDSA_P256", "RSA_2048"})
    void sign_greedyRequest_takesItsKeyAndNothingElse(KeyAlgorithm algorithm) throws Exception {
        KeyPair keys = Keys.generate(algorithm);

        List<X509Certificate> signed = AUTHORITY.sign(request(keys, keys.getPrivate()), TEMPLATE, Fixtures.CLOCK);

        assertThat(signed).hasSize(1);
        X509Certificate certificate = signed.get(0);
        certificate.verify(AUTHORITY.certificate().getPublicKey());
        assertThat(certificate.getPublicKey()).isEqualTo(keys.getPublic());
        assertThat(certificate.getSubjectX500Principal()).hasToString("CN=worker");
        assertThat(X509Names.organizations(certificate)).isEmpty();
        assertThat(certificate.getBasicConstraints()).as("no authority").isEqualTo(-1);
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactly("worker.example.com");
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(Fixtures.NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void sign_rotatedAuthority_givesTheChain() throws Exception {
        KeyPair keys = Keys.generate(KeyAlgorithm.ECDSA_P256);
        CertificateAuthority next = AUTHORITY.next("kubernetes-2", PkiPolicy.DEFAULT, Fixtures.CLOCK);

        List<X509Certificate> signed = next.sign(request(keys, keys.getPrivate()), TEMPLATE, Fixtures.CLOCK);

        assertThat(signed.stream().map(c -> c.getIssuerX500Principal().toString()))
                .containsExactly("CN=kubernetes-2", "CN=kubernetes");
    }

    @Test
    void sign_withoutProofOfPossession_isRefused() throws Exception {
        KeyPair victim = Keys.generate(KeyAlgorithm.ECDSA_P256);
        KeyPair thief = Keys.generate(KeyAlgorithm.ECDSA_P256);
        KeyPair otherKind = Keys.generate(KeyAlgorithm.RSA_2048);

        assertRefused(request(victim, thief.getPrivate()), "is not signed with the private half of the key in it");
        assertRefused(request(victim, otherKind.getPrivate()), "is not signed with the private half of the key in it");
    }

    @Test
    void sign_weakKey_isRefused() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);
        KeyPair small = rsa.generateKeyPair();
        rsa.initialize(new RSAKeyGenParameterSpec(2048, BigInteger.valueOf(3)));
        KeyPair exponent = rsa.generateKeyPair();

        assertRefused(request(small, small.getPrivate()), "has an RSA key of 1024 bits");
        assertRefused(request(exponent, exponent.getPrivate()), "has an RSA key with an unusual public exponent");
    }

    @Test
    void sign_unsupportedKey_isRefused() throws Exception {
        KeyPairGenerator edwards = KeyPairGenerator.getInstance("Ed25519");
        KeyPair keys = edwards.generateKeyPair();
        PKCS10CertificationRequest request =
                builder(keys).build(new JcaContentSignerBuilder("Ed25519").build(keys.getPrivate()));
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        curve.initialize(new ECGenParameterSpec("secp384r1"));
        KeyPair larger = curve.generateKeyPair();

        assertRefused(pem(request), "is neither an elliptic-curve key nor an RSA key");
        assertThat(AUTHORITY.sign(request(larger, larger.getPrivate()), TEMPLATE, Fixtures.CLOCK))
                .hasSize(1);
    }

    @Test
    void sign_unreadable_isRefused() throws Exception {
        KeyPair keys = Keys.generate(KeyAlgorithm.ECDSA_P256);
        String good = request(keys, keys.getPrivate());

        assertRefused("", "holds no complete PEM block \"CERTIFICATE REQUEST\"");
        assertRefused(good + good, "holds more than one PEM block \"CERTIFICATE REQUEST\"");
        assertRefused(KeysTest.block("CERTIFICATE REQUEST", new byte[] {0x30, 0}), "is not readable as PKCS #10");
        assertRefused(KeysTest.block("CERTIFICATE REQUEST", new byte[] {1, 2, 3}), "is not readable as PKCS #10");
    }

    @Test
    void sign_authorityEnded_isRefused() throws Exception {
        KeyPair keys = Keys.generate(KeyAlgorithm.ECDSA_P256);
        String request = request(keys, keys.getPrivate());
        Clock later = Clock.offset(Fixtures.CLOCK, Duration.ofDays(11));

        assertThatThrownBy(() -> AUTHORITY.sign(request, TEMPLATE, later))
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PKI_DAMAGED))
                .hasMessageContaining("the authority CN=kubernetes is valid from");
    }

    private static void assertRefused(String request, String problem) {
        assertThatThrownBy(() -> AUTHORITY.sign(request, TEMPLATE, Fixtures.CLOCK))
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_SPEC))
                .hasMessageContaining("the certificate request " + problem)
                .hasMessageContaining("Remedy: ");
    }

    private static String request(KeyPair keys, PrivateKey signer) throws Exception {
        return pem(builder(keys).build(new JcaContentSignerBuilder(Keys.signature(signer)).build(signer)));
    }

    /** Asks for more than anybody should get. */
    private static PKCS10CertificationRequestBuilder builder(KeyPair keys) throws Exception {
        ExtensionsGenerator wishes = new ExtensionsGenerator();
        wishes.addExtension(
                Extension.subjectAlternativeName, false, SubjectNames.encode(List.of("kubernetes"), List.of()));
        return new PKCS10CertificationRequestBuilder(
                        new X500Name("O=system:masters,CN=root"),
                        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
                .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, wishes.generate());
    }

    private static String pem(PKCS10CertificationRequest request) throws Exception {
        return KeysTest.block("CERTIFICATE REQUEST", request.getEncoded());
    }
}
