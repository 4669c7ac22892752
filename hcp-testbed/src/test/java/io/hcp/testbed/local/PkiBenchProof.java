package io.hcp.testbed.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.api.model.KeyAlgorithm;
import io.hcp.testbed.bench.PkiBench;
import io.hcp.testbed.proof.Figure;
import io.hcp.testbed.proof.Proof;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

@Proof(
        name = "pki-bench",
        shows = "all certificates and keys of a tenant take at most twice as long as openssl takes for the keys alone",
        minutes = 5,
        programs = "kubeadm")
class PkiBenchProof {
    @Test
    void certificates_besideTheKeysAlone(TestReporter reporter) throws Exception {
        PkiBench.Result result = PkiBench.measure(KeyAlgorithm.ECDSA_P256, 15);
        System.out.println(result.describe());
        Figure.publish(
                reporter,
                String.format(
                        Locale.ROOT,
                        "%s %.2f of openssl's keys (%.2f without process starts), %.2f of kubeadm",
                        result.algorithm(),
                        result.besideFloor().ofMedians(),
                        result.besideStrictFloor().ofMedians(),
                        result.besideKubeadm().ofMedians()));
        assertThat(result.besideFloor().ofMedians()).isLessThanOrEqualTo(2);
    }

    /** Told, not promised: how long it takes to find primes is up to the JVM, and to luck. */
    @Test
    void certificates_ofRsa(TestReporter reporter) throws Exception {
        PkiBench.Result result = PkiBench.measure(KeyAlgorithm.RSA_2048, 7);
        System.out.println(result.describe());
        Figure.publish(
                reporter,
                String.format(
                        Locale.ROOT,
                        "%s %.2f of openssl's keys",
                        result.algorithm(),
                        result.besideFloor().ofMedians()));
        assertThat(result.ours()).hasSize(7);
    }
}
