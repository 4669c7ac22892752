package io.hcp.api.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.api.error.InvalidSpecException;
import java.util.Optional;
import org.immutables.value.Value;

/** Amounts of processor time and memory. Immutable and thread-safe. */
@Value.Immutable
@ModelStyle
public abstract class ComputeResources implements WithComputeResources {
    ComputeResources() {}

    /**
     * Starts a description.
     *
     * @return a builder, all fields unset
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return processor time, at least 1m} */
    public abstract Optional<Cpu> cpu();

    /** {@return memory, at least 4Mi} */
    public abstract Optional<Quantity> memory();

    /** Builds {@link ComputeResources}. Not thread-safe. */
    public static final class Builder extends ImmutableComputeResources.Builder {
        Builder() {}

        /**
         * Sets the processor time from text.
         *
         * @param text for example {@code 250m}
         * @return this builder
         * @throws InvalidSpecException if the text is no amount
         */
        @CanIgnoreReturnValue
        public Builder cpu(String text) {
            return cpu(Texts.one("cpu", Cpu::parse, text));
        }

        /**
         * Sets the memory from text.
         *
         * @param text for example {@code 512Mi}
         * @return this builder
         * @throws InvalidSpecException if the text is no quantity
         */
        @CanIgnoreReturnValue
        public Builder memory(String text) {
            return memory(Texts.one("memory", Quantity::parse, text));
        }
    }
}
