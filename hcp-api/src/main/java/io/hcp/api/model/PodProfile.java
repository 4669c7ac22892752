package io.hcp.api.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.immutables.value.Value;

/**
 * Where a tenant's pods run in the under cluster, and what is written on them. They are spread over nodes without being
 * told. Immutable and thread-safe.
 */
@Value.Immutable
@ModelStyle
public abstract class PodProfile implements WithPodProfile {
    PodProfile() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the labels that a node must have; default none} */
    public abstract Map<String, String> nodeSelector();

    /** {@return the taints of nodes that do not matter; default none but what every pod is given} */
    public abstract List<Toleration> tolerations();

    /** {@return a PriorityClass of the under cluster; unset: its default} */
    public abstract Optional<String> priorityClassName();

    /** {@return a RuntimeClass of the under cluster; unset: its default} */
    public abstract Optional<String> runtimeClassName();

    /** {@return more labels of the pods, none of hcp's own keys; default none} */
    public abstract Map<String, String> labels();

    /** {@return more annotations of the pods, none of hcp's own keys; default none} */
    public abstract Map<String, String> annotations();

    /** Builds a {@link PodProfile}. Not thread-safe. */
    public static final class Builder extends ImmutablePodProfile.Builder {
        Builder() {}

        /**
         * Adds a toleration after those already there.
         *
         * @param toleration fills in the description
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder addToleration(Consumer<Toleration.Builder> toleration) {
            Toleration.Builder builder = Toleration.builder();
            toleration.accept(builder);
            return addToleration(builder.build());
        }
    }
}
