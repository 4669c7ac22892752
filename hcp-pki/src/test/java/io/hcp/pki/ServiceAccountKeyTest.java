package io.hcp.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.KeyAlgorithm;
import org.junit.jupiter.api.Test;

class ServiceAccountKeyTest {
    @Test
    void key_pemRoundTrip_keepsBoth() {
        ServiceAccountKey key = ServiceAccountKey.create(KeyAlgorithm.ECDSA_P256);

        ServiceAccountKey read = ServiceAccountKey.parse(key.privateKeyPem(), key.publicKeyPem());

        assertThat(read.privateKeyPem()).isEqualTo(key.privateKeyPem()).startsWith("-----BEGIN EC PRIVATE KEY-----\n");
        assertThat(read.publicKeyPem()).isEqualTo(key.publicKeyPem()).startsWith("-----BEGIN PUBLIC KEY-----\n");
    }

    @Test
    void parse_halvesOfTwoKeys_isDamaged() {
        ServiceAccountKey one = ServiceAccountKey.create(KeyAlgorithm.ECDSA_P256);
        ServiceAccountKey other = ServiceAccountKey.create(KeyAlgorithm.ECDSA_P256);

        assertThatThrownBy(() -> ServiceAccountKey.parse(one.privateKeyPem(), other.publicKeyPem()))
                .isInstanceOfSatisfying(
                        HcpException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PKI_DAMAGED))
                .hasMessageContaining(
                        "the public service-account key does not belong to the private service-account key");
    }

    @Test
    void parse_notPem_isDamaged() {
        ServiceAccountKey key = ServiceAccountKey.create(KeyAlgorithm.ECDSA_P256);

        assertThatThrownBy(() -> ServiceAccountKey.parse(key.publicKeyPem(), key.publicKeyPem()))
                .hasMessageContaining("the private service-account key holds no complete PEM block");
        assertThatThrownBy(() -> ServiceAccountKey.parse(key.privateKeyPem(), key.privateKeyPem()))
                .hasMessageContaining("the public service-account key holds no complete PEM block")
                .hasMessageNotContaining(Fixtures.body(key.privateKeyPem()));
    }

    @Test
    void toString_key_isRedacted() {
        assertThat(ServiceAccountKey.create(KeyAlgorithm.ECDSA_P256)).hasToString("ServiceAccountKey[ECDSA-P256]");
    }
}
