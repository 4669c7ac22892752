package io.hcp.api.model;

import java.util.Set;
import org.immutables.value.Value;

/**
 * Which admission plugins the API server runs, as changes to the defaults of its minor. Immutable and thread-safe.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/">Admission control</a>
 */
@Value.Immutable
@ModelStyle
public abstract class AdmissionPlugins implements WithAdmissionPlugins {
    AdmissionPlugins() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Plugins to run beside the defaults. {@code NodeRestriction} always runs: without it one node could change the
     * others.
     *
     * @return for example {@code AlwaysPullImages}; default none
     */
    public abstract Set<String> enabled();

    /**
     * Plugins of the defaults not to run.
     *
     * @return default none
     */
    public abstract Set<String> disabled();

    /** Builds an {@link AdmissionPlugins}. Not thread-safe. */
    public static final class Builder extends ImmutableAdmissionPlugins.Builder {
        Builder() {}
    }
}
