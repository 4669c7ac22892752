package io.hcp.testbed.fake;

import io.hcp.pki.CertificateTemplate;
import io.hcp.pki.LeafDefinition;
import java.time.Duration;
import java.time.Instant;

/**
 * A certificate that was issued in an imagined world.
 *
 * @param definition what it says
 * @param issued when
 * @param serial tells it from any other
 */
public record IssuedLeaf(LeafDefinition definition, Instant issued, String serial) {
    /** It is due after this share of its life, like a real one, but for the spread. */
    private static final double DUE_AFTER = 2.0 / 3;

    /** Tells whether it says what it should; how long it is valid does not count. */
    boolean fits(LeafDefinition wanted) {
        return content(definition).equals(content(wanted));
    }

    boolean isDue(Instant now) {
        Duration life = definition.template().validity();
        return !now.isBefore(issued.plusMillis(Math.round(life.toMillis() * DUE_AFTER)));
    }

    private static LeafDefinition content(LeafDefinition leaf) {
        CertificateTemplate says = leaf.template();
        CertificateTemplate timeless = new CertificateTemplate(
                says.commonName(),
                says.organizations(),
                says.usages(),
                says.dnsNames(),
                says.ipAddresses(),
                Duration.ofDays(1));
        return new LeafDefinition(leaf.path(), leaf.issuer(), timeless, leaf.algorithm());
    }
}
