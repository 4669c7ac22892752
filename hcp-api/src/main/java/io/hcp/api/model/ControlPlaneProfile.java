package io.hcp.api.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.immutables.value.Value;

/**
 * How the programs of a control plane run. Immutable and thread-safe.
 */
@Value.Immutable
@ModelStyle
public abstract class ControlPlaneProfile implements WithControlPlaneProfile {
    ControlPlaneProfile() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * How many copies of API server, controller manager and scheduler run.
     *
     * @return 1 to 9; unset: chosen at creation, 1 on the local backend, else 2
     */
    public abstract OptionalInt replicas();

    /** {@return kube-apiserver; default nothing special} */
    @Value.Default
    public ComponentProfile apiServer() {
        return ComponentProfile.builder().build();
    }

    /** {@return kube-controller-manager; default nothing special} */
    @Value.Default
    public ComponentProfile controllerManager() {
        return ComponentProfile.builder().build();
    }

    /** {@return kube-scheduler; default nothing special} */
    @Value.Default
    public ComponentProfile scheduler() {
        return ComponentProfile.builder().build();
    }

    /** {@return where its pods run, and what is written on them; not on the local backend} */
    @Value.Default
    public PodProfile pods() {
        return PodProfile.builder().build();
    }

    /** {@return where images come from, etcd's included; not on the local backend} */
    @Value.Default
    public RegistrySettings registrySettings() {
        return RegistrySettings.builder().build();
    }

    /**
     * How long a program may take to start, etcd included, before its container is started anew.
     *
     * @return whole seconds, 1 minute to 1 hour; unset: 5 minutes, chosen at creation; not on the local backend
     */
    public abstract Optional<Duration> startupTimeout();

    /** Builds a {@link ControlPlaneProfile}. Not thread-safe. */
    public static final class Builder extends ImmutableControlPlaneProfile.Builder {
        Builder() {}

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
         * Tells where images come from.
         *
         * @param profile changes the description that is there, or what is default
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder registrySettings(Consumer<RegistrySettings.Builder> profile) {
            RegistrySettings.Builder builder = RegistrySettings.builder().from(build().registrySettings());
            profile.accept(builder);
            return registrySettings(builder.build());
        }

        /**
         * Describes kube-apiserver.
         *
         * @param profile changes the description that is there, or what is default
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder apiServer(Consumer<ComponentProfile.Builder> profile) {
            ComponentProfile.Builder builder = ComponentProfile.builder().from(build().apiServer());
            profile.accept(builder);
            return apiServer(builder.build());
        }

        /**
         * Describes kube-controller-manager.
         *
         * @param profile changes the description that is there, or what is default
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder controllerManager(Consumer<ComponentProfile.Builder> profile) {
            ComponentProfile.Builder builder = ComponentProfile.builder().from(build().controllerManager());
            profile.accept(builder);
            return controllerManager(builder.build());
        }

        /**
         * Describes kube-scheduler.
         *
         * @param profile changes the description that is there, or what is default
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder scheduler(Consumer<ComponentProfile.Builder> profile) {
            ComponentProfile.Builder builder = ComponentProfile.builder().from(build().scheduler());
            profile.accept(builder);
            return scheduler(builder.build());
        }
    }
}
