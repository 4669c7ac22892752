package io.hcp.api.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.api.error.InvalidSpecException;
import java.util.Optional;
import java.util.function.Consumer;
import org.immutables.value.Value;

/**
 * The wanted control plane of one tenant. Immutable and thread-safe; made with {@link #builder()}, changed with the
 * {@code with...} methods, which return a copy.
 */
@Value.Immutable
@ModelStyle
public abstract class TenantControlPlane implements WithTenantControlPlane {
    private static final String VERSION_PATH = "spec.kubernetes.version";

    TenantControlPlane() {}

    /**
     * Starts a description. {@code name} and {@code kubernetesVersion} are required.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The tenant's name, unique within its backend: a DNS-1123 label of at most 40 characters, so that the names of a
     * tenant's objects, which have it as prefix, stay within the 63 characters of a label.
     *
     * @return for example {@code acme}
     * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">Object names</a>
     */
    public abstract String name();

    /**
     * The version of kube-apiserver, kube-controller-manager and kube-scheduler.
     *
     * @return a released version
     */
    public abstract KubernetesVersion kubernetesVersion();

    /**
     * What names the tenant wherever its own name could come to mean another one: a tenant that is made anew under an old
     * name never sees the old one's data. Cannot be changed.
     *
     * @return 8 to 40 lower-case letters and digits, a letter first; unset: random, chosen at creation
     */
    public abstract Optional<String> tenantId();

    /** {@return how the programs of the control plane run; default nothing special} */
    @Value.Default
    public ControlPlaneProfile controlPlane() {
        return ControlPlaneProfile.builder().build();
    }

    /** {@return what Kubernetes does in the tenant, besides its version; default as it comes} */
    @Value.Default
    public KubernetesProfile kubernetes() {
        return KubernetesProfile.builder().build();
    }

    /** {@return where the control plane is reached, and what addresses its cluster uses; default all chosen} */
    @Value.Default
    public NetworkProfile networkProfile() {
        return NetworkProfile.builder().build();
    }

    /** {@return where the tenant's objects are stored; default an etcd of its own} */
    @Value.Default
    public DataStoreProfile dataStore() {
        return DataStoreProfile.builder().build();
    }

    /** {@return the certificates and keys; default all made} */
    @Value.Default
    public PkiProfile pki() {
        return PkiProfile.builder().build();
    }

    /** {@return what becomes of the tenant in the course of time; default deleted with its data} */
    @Value.Default
    public LifecycleProfile lifecycle() {
        return LifecycleProfile.builder().build();
    }

    /**
     * Copies this description with another version.
     *
     * @param version as {@link KubernetesVersion#parse} reads it
     * @return the changed copy
     * @throws InvalidSpecException if the text is not a released version
     */
    public final TenantControlPlane withKubernetesVersion(String version) {
        return withKubernetesVersion(Texts.one(VERSION_PATH, KubernetesVersion::parse, version));
    }

    /**
     * Copies this description with a change of how the programs run.
     *
     * @param change made to the present values
     * @return the changed copy
     */
    public final TenantControlPlane withControlPlane(Consumer<ControlPlaneProfile.Builder> change) {
        ControlPlaneProfile.Builder builder = ControlPlaneProfile.builder().from(controlPlane());
        change.accept(builder);
        return withControlPlane(builder.build());
    }

    /**
     * Copies this description with a change of what Kubernetes does.
     *
     * @param change made to the present values
     * @return the changed copy
     */
    public final TenantControlPlane withKubernetes(Consumer<KubernetesProfile.Builder> change) {
        KubernetesProfile.Builder builder = KubernetesProfile.builder().from(kubernetes());
        change.accept(builder);
        return withKubernetes(builder.build());
    }

    /**
     * Copies this description with a change of its network.
     *
     * @param change made to the present values
     * @return the changed copy
     */
    public final TenantControlPlane withNetworkProfile(Consumer<NetworkProfile.Builder> change) {
        NetworkProfile.Builder builder = NetworkProfile.builder().from(networkProfile());
        change.accept(builder);
        return withNetworkProfile(builder.build());
    }

    /**
     * Copies this description with a change of its datastore.
     *
     * @param change made to the present values
     * @return the changed copy
     */
    public final TenantControlPlane withDataStore(Consumer<DataStoreProfile.Builder> change) {
        DataStoreProfile.Builder builder = DataStoreProfile.builder().from(dataStore());
        change.accept(builder);
        return withDataStore(builder.build());
    }

    /**
     * Copies this description with a change of its certificates and keys.
     *
     * @param change made to the present values
     * @return the changed copy
     */
    public final TenantControlPlane withPki(Consumer<PkiProfile.Builder> change) {
        PkiProfile.Builder builder = PkiProfile.builder().from(pki());
        change.accept(builder);
        return withPki(builder.build());
    }

    /**
     * Copies this description with a change of what becomes of the tenant.
     *
     * @param change made to the present values
     * @return the changed copy
     */
    public final TenantControlPlane withLifecycle(Consumer<LifecycleProfile.Builder> change) {
        LifecycleProfile.Builder builder = LifecycleProfile.builder().from(lifecycle());
        change.accept(builder);
        return withLifecycle(builder.build());
    }

    /** Builds a {@link TenantControlPlane}. Not thread-safe. */
    public static final class Builder extends ImmutableTenantControlPlane.Builder {
        Builder() {}

        /**
         * Sets the version from text.
         *
         * @param version as {@link KubernetesVersion#parse} reads it
         * @return this builder
         * @throws InvalidSpecException if the text is not a released version
         */
        @CanIgnoreReturnValue
        public Builder kubernetesVersion(String version) {
            return kubernetesVersion(Texts.one(VERSION_PATH, KubernetesVersion::parse, version));
        }

        /**
         * Describes how the programs run.
         *
         * @param profile fills in the description, which replaces an earlier one
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder controlPlane(Consumer<ControlPlaneProfile.Builder> profile) {
            ControlPlaneProfile.Builder builder = ControlPlaneProfile.builder();
            profile.accept(builder);
            return controlPlane(builder.build());
        }

        /**
         * Describes what Kubernetes does in the tenant.
         *
         * @param profile fills in the description, which replaces an earlier one
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder kubernetes(Consumer<KubernetesProfile.Builder> profile) {
            KubernetesProfile.Builder builder = KubernetesProfile.builder();
            profile.accept(builder);
            return kubernetes(builder.build());
        }

        /**
         * Describes where the control plane is reached.
         *
         * @param profile fills in the description, which replaces an earlier one
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder networkProfile(Consumer<NetworkProfile.Builder> profile) {
            NetworkProfile.Builder builder = NetworkProfile.builder();
            profile.accept(builder);
            return networkProfile(builder.build());
        }

        /**
         * Describes where objects are stored.
         *
         * @param profile fills in the description, which replaces an earlier one
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder dataStore(Consumer<DataStoreProfile.Builder> profile) {
            DataStoreProfile.Builder builder = DataStoreProfile.builder();
            profile.accept(builder);
            return dataStore(builder.build());
        }

        /**
         * Describes the certificates and keys.
         *
         * @param profile fills in the description, which replaces an earlier one
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder pki(Consumer<PkiProfile.Builder> profile) {
            PkiProfile.Builder builder = PkiProfile.builder();
            profile.accept(builder);
            return pki(builder.build());
        }

        /**
         * Describes what becomes of the tenant in the course of time.
         *
         * @param profile fills in the description, which replaces an earlier one
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder lifecycle(Consumer<LifecycleProfile.Builder> profile) {
            LifecycleProfile.Builder builder = LifecycleProfile.builder();
            profile.accept(builder);
            return lifecycle(builder.build());
        }
    }
}
