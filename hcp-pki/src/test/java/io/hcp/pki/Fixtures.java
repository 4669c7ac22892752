package io.hcp.pki;

import io.hcp.api.model.KeyAlgorithm;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** What several tests start from. */
final class Fixtures {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final List<LeafDefinition> DEFINITIONS = definitions(KeyAlgorithm.ECDSA_P256);

    private Fixtures() {}

    static List<LeafDefinition> definitions(KeyAlgorithm algorithm) {
        return KubernetesCertificates.definitions(CertificateSettings.of(
                        new ApiServerNames(List.of("acme.example.com"), List.of("127.0.0.1", "10.96.0.1", "fd00::1")))
                .withPolicy(PkiPolicy.DEFAULT.withAlgorithm(algorithm)));
    }

    /** Returns the base64 of a PEM text without its frame, which must not appear where a key is redacted. */
    static String body(String pem) {
        return pem.lines().toList().get(1);
    }
}
