package io.hcp.api.model;

import java.util.Optional;
import org.immutables.value.Value;

/**
 * How a user's name or groups are taken from a token. Immutable and thread-safe. Exactly one of {@link #claim()} and
 * {@link #expression()} is set.
 */
@Value.Immutable
@ModelStyle
public abstract class ClaimMapping implements WithClaimMapping {
    ClaimMapping() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the claim, for example {@code email}} */
    public abstract Optional<String> claim();

    /**
     * What is put before the claim's value, so that names of this issuer are no names of another.
     *
     * @return for example {@code oidc:}; required with {@link #claim()}, may be empty
     */
    public abstract Optional<String> prefix();

    /** {@return a CEL expression, for example {@code 'oidc:' + claims.email}} */
    public abstract Optional<String> expression();

    /** Builds a {@link ClaimMapping}. Not thread-safe. */
    public static final class Builder extends ImmutableClaimMapping.Builder {
        Builder() {}
    }
}
