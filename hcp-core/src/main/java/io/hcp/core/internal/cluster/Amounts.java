package io.hcp.core.internal.cluster;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.Cpu;
import io.hcp.api.model.Quantity;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Amounts of CPU and memory in objects of the under cluster. Pure. */
final class Amounts {
    private static final double MILLIS = 1_000;

    private Amounts() {}

    static OptionalDouble cores(Map<String, Object> amounts) {
        @Nullable Object text = amounts.get("cpu");
        try {
            return text == null
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Cpu.parse(text.toString()).millis() / MILLIS);
        } catch (InvalidSpecException e) {
            return OptionalDouble.empty(); // in a form that Kubernetes takes and does not write
        }
    }

    static OptionalLong bytes(Map<String, Object> amounts) {
        return whole(amounts.get("memory"));
    }

    static OptionalLong pods(Map<String, Object> amounts) {
        return whole(amounts.get("pods"));
    }

    private static OptionalLong whole(@Nullable Object text) {
        try {
            return text == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(Quantity.parse(text.toString()).bytes());
        } catch (InvalidSpecException e) {
            return OptionalLong.empty();
        }
    }
}
