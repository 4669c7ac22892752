package io.hcp.api.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.api.error.InvalidSpecException;
import java.util.Optional;
import org.immutables.value.Value;

/** The volume of each member of the tenant's own etcd. Cannot be changed. Immutable and thread-safe. */
@Value.Immutable
@ModelStyle
public abstract class StorageProfile implements WithStorageProfile {
    StorageProfile() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * How large it is.
     *
     * @return at least twice the quota of the database, since defragmentation writes it anew; unset: thrice that and 2Gi,
     *     8Gi for etcd's own quota, chosen at creation
     */
    public abstract Optional<Quantity> size();

    /** {@return a StorageClass of the under cluster; unset: its default} */
    public abstract Optional<String> storageClassName();

    /** Builds a {@link StorageProfile}. Not thread-safe. */
    public static final class Builder extends ImmutableStorageProfile.Builder {
        Builder() {}

        /**
         * Sets the size from text.
         *
         * @param text for example {@code 20Gi}
         * @return this builder
         * @throws InvalidSpecException if the text is no quantity
         */
        @CanIgnoreReturnValue
        public Builder size(String text) {
            return size(Texts.one("spec.dataStore.etcd.storage.size", Quantity::parse, text));
        }
    }
}
