package io.hcp.pki;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** What several tests start from. */
final class Fixtures {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final List<LeafDefinition> DEFINITIONS = KubernetesCertificates.definitions(
            new ApiServerNames(List.of("acme.example.com"), List.of("127.0.0.1", "10.96.0.1", "fd00::1")));

    private Fixtures() {}

    /** Returns the base64 of a PEM text without its frame, which must not appear where a key is redacted. */
    static String body(String pem) {
        return pem.lines().toList().get(1);
    }
}
