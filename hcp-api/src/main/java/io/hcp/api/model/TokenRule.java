package io.hcp.api.model;

import java.util.Optional;
import org.immutables.value.Value;

/**
 * A condition that a token or the user made from it has to meet. Immutable and thread-safe. Either {@link #claim()} with
 * {@link #requiredValue()}, for claims only, or {@link #expression()} is set.
 */
@Value.Immutable
@ModelStyle
public abstract class TokenRule implements WithTokenRule {
    TokenRule() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the claim to compare} */
    public abstract Optional<String> claim();

    /** {@return the value that the claim must have} */
    public abstract Optional<String> requiredValue();

    /** {@return a CEL expression that must be true, for example {@code claims.hd == "example.com"}} */
    public abstract Optional<String> expression();

    /** {@return what the API server logs if the expression is false} */
    public abstract Optional<String> message();

    /** Builds a {@link TokenRule}. Not thread-safe. */
    public static final class Builder extends ImmutableTokenRule.Builder {
        Builder() {}
    }
}
