package io.hcp.api.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

/**
 * What to log of a set of requests. A request meets every condition that is set; the first rule that fits decides.
 * Immutable and thread-safe.
 */
@Value.Immutable
@ModelStyle
public abstract class AuditRule implements WithAuditRule {
    AuditRule() {}

    /**
     * Starts a description.
     *
     * @return a builder, {@code level} is required
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return how much to log} */
    public abstract AuditLevel level();

    /** {@return the users; default all} */
    public abstract Set<String> users();

    /** {@return the groups, one of which the user is in; default all} */
    public abstract Set<String> userGroups();

    /** {@return the verbs, for example {@code create}; default all} */
    public abstract Set<String> verbs();

    /** {@return the resources; default all; not together with {@link #nonResourceUrls()}} */
    public abstract List<AuditResources> resources();

    /** {@return the namespaces, the empty name for objects outside of them; default all} */
    public abstract Set<String> namespaces();

    /** {@return the paths, for example {@code /healthz*}; default none, as long as resources are named} */
    public abstract Set<String> nonResourceUrls();

    /** {@return the stages not to log, beside those of the policy; default none} */
    public abstract Set<AuditStage> omitStages();

    /** {@return whether to leave out the managed fields of objects; default as the policy says} */
    public abstract Optional<Boolean> omitManagedFields();

    /** Builds an {@link AuditRule}. Not thread-safe. */
    public static final class Builder extends ImmutableAuditRule.Builder {
        Builder() {}
    }
}
