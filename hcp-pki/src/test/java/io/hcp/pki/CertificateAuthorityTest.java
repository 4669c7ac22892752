package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.error.InvalidSpecException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final Duration DAY = Duration.ofDays(1);
    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("kubernetes", Duration.ofDays(10), Fixtures.CLOCK);

    @Test
    void authority_created_hasTheExtensionsOfKubeadm() throws Exception {
        X509Certificate certificate = AUTHORITY.certificate();

        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getSubjectX500Principal()).hasToString("CN=kubernetes");
        assertThat(certificate.getBasicConstraints()).as("no path length").isEqualTo(Integer.MAX_VALUE);
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder(BASIC_CONSTRAINTS, KEY_USAGE);
        assertThat(keyUsages(certificate)).as("signature, cert sign").containsExactly(0, 5);
        assertThat(alternativeNames(certificate)).containsExactly("kubernetes");
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(Fixtures.NOW.minus(Duration.ofMinutes(5)));
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(Fixtures.NOW.plus(Duration.ofDays(10)));
    }

    @Test
    void leaf_issued_hasTheExtensionsOfItsTemplate() throws Exception {
        X509Certificate leaf = AUTHORITY
                .issue(
                        CertificateTemplate.server("kube-apiserver", DAY)
                                .withDnsNames("kubernetes")
                                .withIpAddresses("10.96.0.1"),
                        Fixtures.CLOCK)
                .certificate();

        leaf.verify(AUTHORITY.certificate().getPublicKey());
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.getCriticalExtensionOIDs()).containsExactlyInAnyOrder(BASIC_CONSTRAINTS, KEY_USAGE);
        assertThat(keyUsages(leaf)).containsExactly(0);
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(alternativeNames(leaf)).containsExactly("kubernetes", "10.96.0.1");
        assertThat(((ECPublicKey) leaf.getPublicKey()).getParams().getOrder().bitLength())
                .isEqualTo(256);
    }

    @Test
    void leaf_authorityKeyIdentifier_namesTheKeyOnly() throws Exception {
        X509Certificate leaf = client(DAY, Fixtures.CLOCK).certificate();

        AuthorityKeyIdentifier identifier = AuthorityKeyIdentifier.fromExtensions(extensions(leaf));
        assertThat(identifier.getKeyIdentifierOctets())
                .isEqualTo(SubjectKeyIdentifier.fromExtensions(extensions(AUTHORITY.certificate()))
                        .getKeyIdentifier());
        assertThat(identifier.getAuthorityCertIssuer()).isNull();
        assertThat(SubjectKeyIdentifier.fromExtensions(extensions(leaf))).isNotNull();
    }

    @Test
    void client_issued_hasUserAndGroupsAndNoNames() throws Exception {
        X509Certificate leaf = AUTHORITY
                .issue(CertificateTemplate.client("ops, \"x\"", DAY, "platform", "on-call"), Fixtures.CLOCK)
                .certificate();

        assertThat(leaf.getSubjectX500Principal().getName())
                .contains("O=platform", "O=on-call")
                .doesNotContain("+");
        assertThat(X509Names.commonName(leaf)).isEqualTo("ops, \"x\"");
        assertThat(leaf.getSubjectAlternativeNames()).isNull();
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    }

    @Test
    void leaf_validity_startsBeforeNowAndEndsAsAsked() {
        Clock later = Clock.offset(Fixtures.CLOCK, DAY);

        X509Certificate leaf = client(DAY, later).certificate();

        assertThat(leaf.getNotBefore().toInstant()).isEqualTo(later.instant().minus(Duration.ofMinutes(5)));
        assertThat(leaf.getNotAfter().toInstant()).isEqualTo(later.instant().plus(DAY));
    }

    @Test
    void leaf_validity_neverLeavesTheAuthoritys() {
        X509Certificate long1 = client(Duration.ofDays(400), Fixtures.CLOCK).certificate();

        assertThat(long1.getNotAfter()).isEqualTo(AUTHORITY.certificate().getNotAfter());
        assertThat(client(DAY, Clock.offset(Fixtures.CLOCK, Duration.ofMinutes(-4)))
                        .certificate()
                        .getNotBefore())
                .isEqualTo(AUTHORITY.certificate().getNotBefore());
    }

    @Test
    void issue_authorityNotValidNow_isRefused() {
        for (Duration offset : List.of(Duration.ofDays(10), Duration.ofDays(11), Duration.ofMinutes(-6))) {
            assertThatThrownBy(() -> client(DAY, Clock.offset(Fixtures.CLOCK, offset)))
                    .isInstanceOfSatisfying(
                            HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PKI_DAMAGED))
                    .hasMessageContaining("the authority CN=kubernetes is valid from 2026-03-01T11:55:00Z to");
        }
    }

    @Test
    void issue_twice_differsInSerialAndKey() {
        X509Certificate one = client(DAY, Fixtures.CLOCK).certificate();
        X509Certificate other = client(DAY, Fixtures.CLOCK).certificate();

        assertThat(one.getSerialNumber()).isPositive().isNotEqualTo(other.getSerialNumber());
        assertThat(one.getSerialNumber().bitLength()).isBetween(127, 159);
        assertThat(one.getPublicKey()).isNotEqualTo(other.getPublicKey());
    }

    @Test
    void of_authority_issuesAsBefore() {
        Credential stored = AUTHORITY.credential();
        CertificateAuthority read = CertificateAuthority.of(Credential.parse(stored.certificatePem(), stored.keyPem()));

        Credential leaf = read.issue(CertificateTemplate.client("ops", DAY), Fixtures.CLOCK);

        assertThat(AUTHORITY.signed(leaf.certificate())).isTrue();
        assertThat(CertificateAuthority.create("kubernetes", DAY, Fixtures.CLOCK)
                        .signed(leaf.certificate()))
                .as("same name, another key")
                .isFalse();
    }

    @Test
    void of_leaf_isRefused() {
        Credential leaf = client(DAY, Fixtures.CLOCK);

        assertThatThrownBy(() -> CertificateAuthority.of(leaf))
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PKI_DAMAGED))
                .hasMessageContaining("the certificate CN=ops is not a certificate of an authority");
    }

    @Test
    void create_malformedName_isRefused() {
        assertThatThrownBy(() -> CertificateAuthority.create("no name", DAY, Fixtures.CLOCK))
                .isInstanceOf(InvalidSpecException.class);
    }

    private static Credential client(Duration validity, Clock clock) {
        return AUTHORITY.issue(CertificateTemplate.client("ops", validity), clock);
    }

    private static List<Integer> keyUsages(X509Certificate certificate) {
        boolean[] usages = certificate.getKeyUsage();
        return IntStream.range(0, usages.length)
                .filter(bit -> usages[bit])
                .boxed()
                .toList();
    }

    private static Stream<String> alternativeNames(X509Certificate certificate) throws CertificateParsingException {
        return certificate.getSubjectAlternativeNames().stream().map(name -> (String) name.get(1));
    }

    private static Extensions extensions(X509Certificate certificate) throws Exception {
        return new JcaX509CertificateHolder(certificate).getExtensions();
    }
}
