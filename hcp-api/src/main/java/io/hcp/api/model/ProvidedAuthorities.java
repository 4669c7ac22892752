package io.hcp.api.model;

import java.util.Optional;
import org.immutables.value.Value;

/**
 * Certificate authorities that the caller brings, each by the name of a secret of the backend with the entries {@code
 * tls.crt} and {@code tls.key}: on the local backend a directory below {@code secrets} in the data directory. They are read
 * when the tenant is created and never written. Those that are not named are made. Immutable and thread-safe.
 */
@Value.Immutable
@ModelStyle
public abstract class ProvidedAuthorities implements WithProvidedAuthorities {
    ProvidedAuthorities() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the authority of the cluster: signs the API server, its clients and the kubelets} */
    public abstract Optional<String> cluster();

    /** {@return the authority of the front proxy: signs the API server as client of extension API servers} */
    public abstract Optional<String> frontProxy();

    /** {@return the authority of etcd} */
    public abstract Optional<String> etcd();

    /** Builds a {@link ProvidedAuthorities}. Not thread-safe. */
    public static final class Builder extends ImmutableProvidedAuthorities.Builder {
        Builder() {}
    }
}
