package io.hcp.api.model;

import java.util.Optional;
import org.immutables.value.Value;

/** What becomes of a tenant in the course of time. Immutable and thread-safe. */
@Value.Immutable
@ModelStyle
public abstract class LifecycleProfile implements WithLifecycleProfile {
    LifecycleProfile() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return what becomes of the data when the tenant is deleted; unset: {@link DeletionPolicy#DELETE}} */
    public abstract Optional<DeletionPolicy> deletionPolicy();

    /** Builds a {@link LifecycleProfile}. Not thread-safe. */
    public static final class Builder extends ImmutableLifecycleProfile.Builder {
        Builder() {}
    }
}
