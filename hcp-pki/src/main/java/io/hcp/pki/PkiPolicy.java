package io.hcp.pki;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.KeyAlgorithm;
import java.time.Duration;

/**
 * How a tenant's keys are made and how long its certificates live. Immutable and thread-safe.
 *
 * @param algorithm of every key that is made: of authorities, leaves and service accounts
 * @param leafValidity how long a leaf is valid; more than zero, at most 365 days
 * @param authorityValidity how long an authority is valid; at least as long as a leaf, at most 36500 days
 */
public record PkiPolicy(KeyAlgorithm algorithm, Duration leafValidity, Duration authorityValidity) {
    /** The longest life of a leaf, and as long as kubeadm's: a longer one would outlast the yearly upgrade. */
    public static final Duration LEAF_VALIDITY = Duration.ofDays(365);

    /** How long kubeadm's authorities live. Replacing one reaches every node and every kubeconfig. */
    public static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);

    // Before DEFAULT, which is checked against it.
    private static final Duration AUTHORITY_MOST = Duration.ofDays(36500);

    /** Keys on P-256, leaves for {@link #LEAF_VALIDITY}, authorities for {@link #AUTHORITY_VALIDITY}. */
    public static final PkiPolicy DEFAULT = new PkiPolicy(KeyAlgorithm.ECDSA_P256, LEAF_VALIDITY, AUTHORITY_VALIDITY);

    /**
     * Makes a policy.
     *
     * @throws InvalidSpecException if a validity is out of its range
     */
    public PkiPolicy {
        if (leafValidity.isNegative() || leafValidity.isZero() || leafValidity.compareTo(LEAF_VALIDITY) > 0) {
            throw new InvalidSpecException(Problem.of(
                    "ValidityInvalid", "pki.leafValidity", leafValidity, "give more than zero and at most 365 days"));
        }
        if (authorityValidity.compareTo(leafValidity) < 0 || authorityValidity.compareTo(AUTHORITY_MOST) > 0) {
            throw new InvalidSpecException(Problem.of(
                    "ValidityInvalid",
                    "pki.authorityValidity",
                    authorityValidity,
                    "give at least the validity of a leaf and at most 36500 days"));
        }
    }

    /**
     * Changes the algorithm.
     *
     * @param other of every key that is made from now on
     * @return a new policy
     */
    public PkiPolicy withAlgorithm(KeyAlgorithm other) {
        return new PkiPolicy(other, leafValidity, authorityValidity);
    }
}
