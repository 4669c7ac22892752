package io.hcp.api.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.immutables.value.Value;

/**
 * An OpenID Connect issuer whose tokens the API server accepts. Immutable and thread-safe.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-authentication-configuration">
 *     Authentication configuration</a>, whose field names these are
 */
@Value.Immutable
@ModelStyle
public abstract class JwtIssuer implements WithJwtIssuer {
    JwtIssuer() {}

    /**
     * Starts a description.
     *
     * @return a builder, {@code url} and {@code audiences} are required
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the issuer, as claim {@code iss} has it: an https URL without query and fragment} */
    public abstract String url();

    /** {@return where the issuer's discovery document is, if not at {@link #url()}; https} */
    public abstract Optional<String> discoveryUrl();

    /** {@return who a token may be for, claim {@code aud}: at least one} */
    public abstract Set<String> audiences();

    /** {@return the certificates that the issuer's own may end in, as PEM; default: those of the machine} */
    public abstract Optional<String> certificateAuthority();

    /** {@return what a user is called; default claim {@code sub} with the issuer's URL and {@code #} as prefix} */
    public abstract Optional<ClaimMapping> username();

    /** {@return what groups a user is in; default none} */
    public abstract Optional<ClaimMapping> groups();

    /** {@return what every token has to meet, beside issuer, audience and lifetime; default nothing} */
    public abstract List<TokenRule> claimValidationRules();

    /** {@return what every user has to meet; only expressions; default nothing} */
    public abstract List<TokenRule> userValidationRules();

    /** Builds a {@link JwtIssuer}. Not thread-safe. */
    public static final class Builder extends ImmutableJwtIssuer.Builder {
        Builder() {}

        /**
         * Tells what a user is called.
         *
         * @param mapping fills in the mapping
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder username(Consumer<ClaimMapping.Builder> mapping) {
            ClaimMapping.Builder builder = ClaimMapping.builder();
            mapping.accept(builder);
            return username(builder.build());
        }

        /**
         * Tells what groups a user is in.
         *
         * @param mapping fills in the mapping
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder groups(Consumer<ClaimMapping.Builder> mapping) {
            ClaimMapping.Builder builder = ClaimMapping.builder();
            mapping.accept(builder);
            return groups(builder.build());
        }
    }
}
