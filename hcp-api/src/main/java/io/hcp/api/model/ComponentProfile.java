package io.hcp.api.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Map;
import java.util.function.Consumer;
import org.immutables.value.Value;

/**
 * How one program of the control plane runs, beyond what the rest of the description says. Immutable and thread-safe.
 */
@Value.Immutable
@ModelStyle
public abstract class ComponentProfile implements WithComponentProfile {
    ComponentProfile() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Flags to add to the program's own, without the leading dashes. Those that the description has a field for, and
     * those that isolate tenants from each other, are refused; a flag must exist in the tenant's Kubernetes minor.
     *
     * @return for example {@code max-requests-inflight} → {@code 800}; default none
     */
    public abstract Map<String, String> extraArgs();

    /** {@return what its container is given of its node; not on the local backend} */
    @Value.Default
    public ResourceProfile resources() {
        return ResourceProfile.builder().build();
    }

    /** Builds a {@link ComponentProfile}. Not thread-safe. */
    public static final class Builder extends ImmutableComponentProfile.Builder {
        Builder() {}

        /**
         * Tells what its container is given of its node.
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
    }
}
