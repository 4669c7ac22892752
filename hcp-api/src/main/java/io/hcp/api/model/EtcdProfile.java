package io.hcp.api.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.api.error.InvalidSpecException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.immutables.value.Value;

/**
 * How the tenant's own etcd is tuned. Immutable and thread-safe.
 *
 * @see <a href="https://etcd.io/docs/v3.6/op-guide/configuration/">etcd: configuration options</a>
 */
@Value.Immutable
@ModelStyle
public abstract class EtcdProfile implements WithEtcdProfile {
    EtcdProfile() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * How many members it has. Cannot be changed.
     *
     * @return 1 or 3; unset: 1, chosen at creation
     */
    public abstract OptionalInt members();

    /** {@return how large the database may grow before it refuses writes: 64Mi to 16Gi; unset: etcd's 2Gi} */
    public abstract Optional<Quantity> quotaBackendBytes();

    /** {@return how often the leader tells that it lives: 10 ms to 10 s; unset: etcd's 100 ms} */
    public abstract Optional<Duration> heartbeatInterval();

    /**
     * {@return how long members wait for the leader: 5 heartbeats to 50 s, on the local backend at most 10 s; unset:
     * etcd's 1 s}
     */
    public abstract Optional<Duration> electionTimeout();

    /** {@return how many changes a member keeps in memory before it writes a snapshot; unset: etcd's 10,000} */
    public abstract OptionalLong snapshotCount();

    /** {@return what the container of each member is given of its node; not on the local backend} */
    @Value.Default
    public ResourceProfile resources() {
        return ResourceProfile.builder().build();
    }

    /** {@return the volume of each member; not on the local backend} */
    @Value.Default
    public StorageProfile storage() {
        return StorageProfile.builder().build();
    }

    /** {@return where its pods run, and what is written on them; not on the local backend} */
    @Value.Default
    public PodProfile pods() {
        return PodProfile.builder().build();
    }

    /** {@return more flags of etcd, without the leading dashes, see {@link ComponentProfile#extraArgs()}} */
    public abstract Map<String, String> extraArgs();

    /** Builds an {@link EtcdProfile}. Not thread-safe. */
    public static final class Builder extends ImmutableEtcdProfile.Builder {
        Builder() {}

        /**
         * Tells what the container of each member is given of its node.
         *
         * @param profile changes the description that is there, or what is default
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder resources(Consumer<ResourceProfile.Builder> profile) {
            ResourceProfile.Builder builder = ResourceProfile.builder().from(build().resources());
            profile.accept(builder);
            return resources(builder.build());
        }

        /**
         * Describes the volume of each member.
         *
         * @param profile changes the description that is there, or what is default
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder storage(Consumer<StorageProfile.Builder> profile) {
            StorageProfile.Builder builder = StorageProfile.builder().from(build().storage());
            profile.accept(builder);
            return storage(builder.build());
        }

        /**
         * Tells where its pods run.
         *
         * @param profile changes the description that is there, or what is default
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder pods(Consumer<PodProfile.Builder> profile) {
            PodProfile.Builder builder = PodProfile.builder().from(build().pods());
            profile.accept(builder);
            return pods(builder.build());
        }

        /**
         * Sets the quota from text.
         *
         * @param text for example {@code 8Gi}
         * @return this builder
         * @throws InvalidSpecException if the text is no quantity
         */
        @CanIgnoreReturnValue
        public Builder quotaBackendBytes(String text) {
            return quotaBackendBytes(Texts.one("spec.dataStore.etcd.quotaBackendBytes", Quantity::parse, text));
        }
    }
}
