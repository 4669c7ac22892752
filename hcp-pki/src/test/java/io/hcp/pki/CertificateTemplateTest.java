package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.KeyAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateTemplateTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void template_names_areKeptOnceInOrder() {
        CertificateTemplate template = CertificateTemplate.server("s", DAY)
                .withDnsNames("b", "a", "b")
                .withDnsNames(List.of("*.example.com"))
                .withIpAddresses("10.0.0.1")
                .withIpAddresses(List.of("10.0.0.1", "::1"));

        assertThat(template.dnsNames()).containsExactly("b", "a", "*.example.com");
        assertThat(template.ipAddresses()).containsExactly("10.0.0.1", "::1");
    }

    @Test
    void template_withUsage_addsIt() {
        assertThat(CertificateTemplate.server("s", DAY)
                        .withUsage(CertificateUsage.CLIENT_AUTH)
                        .usages())
                .containsExactly(CertificateUsage.SERVER_AUTH, CertificateUsage.CLIENT_AUTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.1", "a b", "-a", "a..b", "a\n", "bücher.example", "a.*.b"})
    void template_malformedDnsName_isRefused(String name) {
        assertThatThrownBy(() -> CertificateTemplate.server("s", DAY).withDnsNames(name))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("DnsNameInvalid: certificate.dnsNames is \"" + name + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "10.0.0", "10.0.0.0/8", "10.0.0.256", "fe80::1%eth0", "fd00::/8"})
    void template_malformedAddress_isRefused(String address) {
        assertThatThrownBy(() -> CertificateTemplate.server("s", DAY).withIpAddresses(address))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("IpAddressInvalid: certificate.ipAddresses is \"" + address + "\"");
    }

    @Test
    void template_blankNameNoUsageNoValidity_areRefused() {
        assertThatThrownBy(() -> CertificateTemplate.client(" ", DAY)).hasMessageContaining("certificate.commonName");
        assertThatThrownBy(() -> CertificateTemplate.client("u", DAY, ""))
                .hasMessageContaining("certificate.organizations");
        assertThatThrownBy(() -> CertificateTemplate.client("u", Duration.ZERO))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("ValidityInvalid");
        assertThatThrownBy(() -> new CertificateTemplate("u", List.of(), Set.of(), List.of(), List.of(), DAY))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("CertificateUsageMissing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ca",
                "etcd/ca",
                "front-proxy-ca",
                "sa",
                "ca-2",
                "etcd/ca-bundle",
                "sa-3",
                "../apiserver",
                "/a",
                "a/b/c",
                "a.crt",
                ""
            })
    void leafPath_takenOrMalformed_isRefused(String path) {
        assertThatThrownBy(() -> new LeafDefinition(
                        path, Authority.CLUSTER, CertificateTemplate.client("u", DAY), KeyAlgorithm.ECDSA_P256))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("LeafPathInvalid: leaf.path is \"" + path + "\"");
    }
}
