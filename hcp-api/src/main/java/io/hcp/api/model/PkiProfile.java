package io.hcp.api.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.immutables.value.Value;

/**
 * The certificates and keys of a tenant. Immutable and thread-safe.
 */
@Value.Immutable
@ModelStyle
public abstract class PkiProfile implements WithPkiProfile {
    PkiProfile() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return of what kind new keys are; authorities that exist keep theirs; unset: {@link KeyAlgorithm#ECDSA_P256}} */
    public abstract Optional<KeyAlgorithm> keyAlgorithm();

    /** {@return how long new leaf certificates are valid: 1 hour to 365 days; unset: 365 days} */
    public abstract Optional<Duration> leafValidity();

    /** {@return how long a new authority is valid: 30 days to 30 years; unset: 3650 days; cannot be changed} */
    public abstract Optional<Duration> authorityValidity();

    /** {@return authorities that the caller brings; default none; cannot be changed} */
    @Value.Default
    public ProvidedAuthorities authorities() {
        return ProvidedAuthorities.builder().build();
    }

    /** Builds a {@link PkiProfile}. Not thread-safe. */
    public static final class Builder extends ImmutablePkiProfile.Builder {
        Builder() {}

        /**
         * Names authorities that the caller brings.
         *
         * @param authorities fills in the names
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder authorities(Consumer<ProvidedAuthorities.Builder> authorities) {
            ProvidedAuthorities.Builder builder = ProvidedAuthorities.builder();
            authorities.accept(builder);
            return authorities(builder.build());
        }
    }
}
