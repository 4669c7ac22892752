package io.hcp.api.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.function.Consumer;
import org.immutables.value.Value;

/**
 * Where a tenant's objects are stored: in an etcd of its own. Immutable and thread-safe.
 */
@Value.Immutable
@ModelStyle
public abstract class DataStoreProfile implements WithDataStoreProfile {
    DataStoreProfile() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the tenant's own etcd; default as etcd comes} */
    @Value.Default
    public EtcdProfile etcd() {
        return EtcdProfile.builder().build();
    }

    /** Builds a {@link DataStoreProfile}. Not thread-safe. */
    public static final class Builder extends ImmutableDataStoreProfile.Builder {
        Builder() {}

        /**
         * Tunes the tenant's own etcd.
         *
         * @param profile changes the description that is there, or what is default
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder etcd(Consumer<EtcdProfile.Builder> profile) {
            EtcdProfile.Builder builder = EtcdProfile.builder().from(build().etcd());
            profile.accept(builder);
            return etcd(builder.build());
        }
    }
}
