package io.hcp.api.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.immutables.value.Value;

/**
 * What the API server writes to its audit log. Immutable and thread-safe.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/">Auditing</a>, whose field names these are
 */
@Value.Immutable
@ModelStyle
public abstract class AuditPolicy implements WithAuditPolicy {
    AuditPolicy() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the rules, in the order in which they are tried; none: nothing is logged} */
    public abstract List<AuditRule> rules();

    /** {@return the stages not to log; default none} */
    public abstract Set<AuditStage> omitStages();

    /** {@return whether to leave out the managed fields of objects; default false} */
    @Value.Default
    public boolean omitManagedFields() {
        return false;
    }

    /** Builds an {@link AuditPolicy}. Not thread-safe. */
    public static final class Builder extends ImmutableAuditPolicy.Builder {
        Builder() {}

        /**
         * Adds a rule after those already there.
         *
         * @param rule fills in the rule
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder addRule(Consumer<AuditRule.Builder> rule) {
            AuditRule.Builder builder = AuditRule.builder();
            rule.accept(builder);
            return addRule(builder.build());
        }
    }
}
