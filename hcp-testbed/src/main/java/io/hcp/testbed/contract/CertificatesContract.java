package io.hcp.testbed.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.gateway.Certificates;
import io.hcp.pki.Authority;
import org.junit.jupiter.api.Test;

/** What {@link Certificates} promises. */
public abstract class CertificatesContract extends GatewayContract {
    @Test
    void exist_nothingThere_isFalse() {
        assertThat(certificates().exist()).isFalse();
    }

    @Test
    void load_nothingThere_isDamage() {
        assertFails(ErrorKind.PKI_DAMAGED, () -> certificates().load());
    }

    @Test
    void create_first_makesAuthoritiesAndWhatTheDescriptionAsksFor() {
        certificates().create(lease(), described());
        assertThat(certificates().exist()).isTrue();
        assertThat(certificates().outdated(described())).isEmpty();
        for (Authority authority : Authority.values()) {
            assertThat(certificates().load().trusted(authority)).hasSize(1);
        }
    }

    @Test
    void create_again_keepsTheAuthorities() {
        certificates().create(lease(), described());
        String before = authorities();
        certificates().create(lease(), described());
        assertThat(authorities()).isEqualTo(before);
    }

    @Test
    void create_leaseLost_isRefusedAndNothingIsMade() {
        assertFails(ErrorKind.LOCKED, () -> certificates().create(lost(), described()));
        assertThat(certificates().exist()).isFalse();
    }

    @Test
    void outdated_anotherNameAskedFor_isTheServersCertificate() {
        certificates().create(lease(), described());
        assertThat(certificates().outdated(renamed())).containsExactly("apiserver");
    }

    @Test
    void reissue_anotherNameAskedFor_issuesWithTheSameAuthorities() {
        certificates().create(lease(), described());
        String before = authorities();
        certificates().reissue(lease(), renamed());
        assertThat(certificates().outdated(renamed())).isEmpty();
        assertThat(certificates().outdated(described())).containsExactly("apiserver");
        assertThat(authorities()).isEqualTo(before);
    }

    @Test
    void reissue_nothingOutdated_changesNothing() {
        certificates().create(lease(), described());
        certificates().reissue(lease(), described());
        certificates().reissue(lease(), described());
        assertThat(certificates().outdated(described())).isEmpty();
    }

    @Test
    void reissue_leaseLost_isRefusedAndNothingIsIssued() {
        certificates().create(lease(), described());
        assertFails(ErrorKind.LOCKED, () -> certificates().reissue(lost(), renamed()));
        assertThat(certificates().outdated(renamed())).containsExactly("apiserver");
    }

    @Test
    void reissue_nothingThere_isDamageAndMakesNoAuthority() {
        assertFails(ErrorKind.PKI_DAMAGED, () -> certificates().reissue(lease(), described()));
        assertThat(certificates().exist()).isFalse();
    }

    @Test
    void requireProvided_nothingNamed_isFine() {
        certificates().requireProvided(described());
    }

    @Test
    void requireProvided_authorityThatIsNotThere_isRefused() {
        TenantControlPlane described = described()
                .withPki(pki -> pki.authorities(authorities -> authorities.cluster("nobody-put-this-there")));
        assertFails(ErrorKind.IO, () -> certificates().requireProvided(described));
    }

    private TenantControlPlane described() {
        return subject().described();
    }

    private TenantControlPlane renamed() {
        return described().withNetworkProfile(network -> network.addCertSans("api.example.com"));
    }

    private String authorities() {
        return certificates().load().trustBundle(Authority.CLUSTER)
                + certificates().load().trustBundle(Authority.ETCD);
    }

    private Certificates certificates() {
        return gateways().certificates();
    }
}
