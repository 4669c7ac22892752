package io.hcp.api.model;

import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** Where the images of a tenant's programs come from, etcd's included. Immutable and thread-safe. */
@Value.Immutable
@ModelStyle
public abstract class RegistrySettings implements WithRegistrySettings {
    RegistrySettings() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The registry, with a path if the images have one there: each is {@code REGISTRY/PROGRAM:vVERSION}.
     *
     * @return for example {@code registry.example.com:5000/mirror}; unset: {@code registry.k8s.io}, chosen at creation
     */
    public abstract Optional<String> registry();

    /** {@return when nodes fetch images; unset: {@link ImagePullPolicy#IF_NOT_PRESENT}, since a release never changes} */
    public abstract Optional<ImagePullPolicy> imagePullPolicy();

    /** {@return the names of Secrets in the tenant's namespace with which images are fetched; default none} */
    public abstract List<String> imagePullSecrets();

    /** Builds {@link RegistrySettings}. Not thread-safe. */
    public static final class Builder extends ImmutableRegistrySettings.Builder {
        Builder() {}
    }
}
