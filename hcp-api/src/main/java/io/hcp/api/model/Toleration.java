package io.hcp.api.model;

import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A taint of nodes that pods may be placed on nevertheless. Immutable and thread-safe.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/">Taints and tolerations</a>
 */
@Value.Immutable
@ModelStyle
public abstract class Toleration implements WithToleration {
    Toleration() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the taint's key; unset: every key, only with {@link TolerationOperator#EXISTS}} */
    public abstract Optional<String> key();

    /** {@return how it is compared; unset: {@link TolerationOperator#EQUAL}} */
    public abstract Optional<TolerationOperator> operator();

    /** {@return the taint's value; unset: the empty one; not with {@link TolerationOperator#EXISTS}} */
    public abstract Optional<String> value();

    /** {@return which effect; unset: each} */
    public abstract Optional<TaintEffect> effect();

    /** {@return for how long, in whole seconds; unset: for ever; only with {@link TaintEffect#NO_EXECUTE}} */
    public abstract Optional<Duration> tolerationSeconds();

    /** Builds a {@link Toleration}. Not thread-safe. */
    public static final class Builder extends ImmutableToleration.Builder {
        Builder() {}
    }
}
