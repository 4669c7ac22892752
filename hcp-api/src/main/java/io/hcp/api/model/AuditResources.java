package io.hcp.api.model;

import java.util.Set;
import org.immutables.value.Value;

/**
 * Resources that an audit rule is about. Immutable and thread-safe.
 */
@Value.Immutable
@ModelStyle
public abstract class AuditResources implements WithAuditResources {
    AuditResources() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the API group; default the core group, which has an empty name} */
    @Value.Default
    public String group() {
        return "";
    }

    /** {@return for example {@code pods}, {@code pods/log}, {@code pods/*}; default all of the group} */
    public abstract Set<String> resources();

    /** {@return the names of the objects; default all; needs {@link #resources()}} */
    public abstract Set<String> resourceNames();

    /** Builds an {@link AuditResources}. Not thread-safe. */
    public static final class Builder extends ImmutableAuditResources.Builder {
        Builder() {}
    }
}
