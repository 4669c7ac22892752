package io.hcp.api.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.function.Consumer;
import org.immutables.value.Value;

/**
 * What a container is given of its node. Immutable and thread-safe.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/">Resource management for
 *     pods and containers</a>
 */
@Value.Immutable
@ModelStyle
public abstract class ResourceProfile implements WithResourceProfile {
    ResourceProfile() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return what is kept free for it; unset parts: chosen at creation, about what a tenant needs that does little} */
    @Value.Default
    public ComputeResources requests() {
        return ComputeResources.builder().build();
    }

    /** {@return more than which it cannot have; default unlimited, since both slow starts and ends by force cost more} */
    @Value.Default
    public ComputeResources limits() {
        return ComputeResources.builder().build();
    }

    /** Builds a {@link ResourceProfile}. Not thread-safe. */
    public static final class Builder extends ImmutableResourceProfile.Builder {
        Builder() {}

        /**
         * Tells what is kept free.
         *
         * @param amounts changes the amounts that are there
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder requests(Consumer<ComputeResources.Builder> amounts) {
            ComputeResources.Builder builder = ComputeResources.builder().from(build().requests());
            amounts.accept(builder);
            return requests(builder.build());
        }

        /**
         * Tells what it cannot have more of.
         *
         * @param amounts changes the amounts that are there
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder limits(Consumer<ComputeResources.Builder> amounts) {
            ComputeResources.Builder builder = ComputeResources.builder().from(build().limits());
            amounts.accept(builder);
            return limits(builder.build());
        }
    }
}
