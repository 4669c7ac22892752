package io.hcp.api.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.api.error.InvalidSpecException;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * The wanted control plane of one tenant. Immutable and thread-safe; made with {@link #builder()}, changed with the
 * {@code with...} methods, which return a copy.
 */
@Value.Immutable
@ModelStyle
public abstract class TenantControlPlane implements WithTenantControlPlane {
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
     * The TCP port of the API server, 1024 to 65535. Empty, the default: a free port is chosen once and kept for the
     * tenant's life.
     *
     * @return the wanted port, if one is wanted
     */
    public abstract OptionalInt port();

    /**
     * Copies this description with another version.
     *
     * @param version as {@link KubernetesVersion#parse} reads it
     * @return the changed copy
     * @throws InvalidSpecException if the text is not a released version
     */
    public final TenantControlPlane withKubernetesVersion(String version) {
        return withKubernetesVersion(KubernetesVersion.parse(version));
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
            return kubernetesVersion(KubernetesVersion.parse(version));
        }
    }
}
