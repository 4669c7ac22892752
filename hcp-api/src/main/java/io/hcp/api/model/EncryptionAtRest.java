package io.hcp.api.model;

import java.util.Set;
import org.immutables.value.Value;

/**
 * Which objects the API server encrypts before it stores them. The keys are the tenant's own, made once, and kept: what was
 * encrypted with an earlier provider stays readable. Immutable and thread-safe.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/">Encrypting confidential data at rest</a>
 */
@Value.Immutable
@ModelStyle
public abstract class EncryptionAtRest implements WithEncryptionAtRest {
    EncryptionAtRest() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return how; default {@link EncryptionProvider#SECRETBOX}} */
    @Value.Default
    public EncryptionProvider provider() {
        return EncryptionProvider.SECRETBOX;
    }

    /**
     * Which resources, with their API group if it is not the core group.
     *
     * @return for example {@code configmaps}, {@code widgets.example.com}; default {@code secrets}
     */
    public abstract Set<String> resources();

    /** Builds an {@link EncryptionAtRest}. Not thread-safe. */
    public static final class Builder extends ImmutableEncryptionAtRest.Builder {
        Builder() {}
    }
}
